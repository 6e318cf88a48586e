"""Where dossiers are looked up: the project's own registry and other systems."""
