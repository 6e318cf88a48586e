"""Forms being filled in the chat, and the files made of them: in memory of this process alone."""
