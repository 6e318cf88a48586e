"""Migrations of the dossier tables; run by `dossiers.schema.upgrade_schema`."""
