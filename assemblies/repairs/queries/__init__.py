"""Reads of the repairs room, each into frozen values for pages and papers."""
