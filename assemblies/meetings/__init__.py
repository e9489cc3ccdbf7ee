"""The meetings room."""
