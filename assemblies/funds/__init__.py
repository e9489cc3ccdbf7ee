"""The funds room."""
