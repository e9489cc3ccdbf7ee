"""Verbs of the resolutions room."""
