"""Verbs of the seals room."""
