"""The committees room."""
