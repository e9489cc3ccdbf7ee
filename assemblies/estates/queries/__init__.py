"""Reads of the estates room, one file a noun."""
