"""Citizens' dossiers (hồ sơ): codes, statuses, deadlines, registry, connectors, disclosure."""
