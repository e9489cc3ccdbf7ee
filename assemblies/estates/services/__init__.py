"""Verbs of the estates room, one file a deed."""
