"""When a person must answer: questions left for the officers, and conversations they take over."""
