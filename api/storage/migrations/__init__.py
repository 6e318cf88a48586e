"""Alembic's folder for the gateway's tables."""
