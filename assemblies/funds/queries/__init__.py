"""Reads of the funds room."""
