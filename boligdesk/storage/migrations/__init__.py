"""Alembic environment; configured in Python by ``storage.schema``, no ini file."""
