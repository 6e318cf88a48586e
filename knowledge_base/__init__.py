"""What is known about procedures: catalogue, search, answers. No Rasa, no web framework."""
