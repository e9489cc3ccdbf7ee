"""Reads of the seals room."""
