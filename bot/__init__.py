"""What Rasa trains on and loads."""
