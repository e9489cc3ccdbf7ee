"""What follows from the demonstration's decisions, driven through the verbs of every room."""
