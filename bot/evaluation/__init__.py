"""Reports on how well the bot understands."""
