"""The repairs room."""
