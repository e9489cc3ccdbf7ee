"""Reads of the committees room."""
