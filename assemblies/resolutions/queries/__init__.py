"""Reads of the resolutions room."""
