"""JSON for machines under /api/v1, wire names in Dutch."""
