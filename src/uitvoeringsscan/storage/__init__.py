"""The only room that knows SQLAlchemy: tables, rows <-> values, the unit of work, the schema's history."""
