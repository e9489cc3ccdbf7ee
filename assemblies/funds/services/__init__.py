"""Verbs of the funds room."""
