"""The schema's history: Alembic, run from code so that it works from a wheel as well as from a checkout."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from uitvoeringsscan.resources import migrations_dir
from uitvoeringsscan.storage import outbox
from uitvoeringsscan.storage.engine import open_engine


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to `revision`. Several processes may do this at once: the database makes them wait for each other."""
    command.upgrade(_config(url), revision)
    outbox.upgrade(url)


def downgrade(url: str, revision: str) -> None:
    command.downgrade(_config(url), revision)


def check(url: str) -> None:
    """Raise when the tables in the database differ from `storage.tables`."""
    command.check(_config(url))


def is_current(url: str) -> bool:
    """Whether the database is at the newest revision this version knows."""
    newest = ScriptDirectory.from_config(_config(url)).get_current_head()
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == newest
    finally:
        engine.dispose()
