"""Verbs of the console room: fresh counts for the console, and the monthly table."""
