"""The seals room."""
