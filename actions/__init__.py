"""What Rasa calls: thin actions that ask the knowledge base and the dossiers and send an Answer."""
