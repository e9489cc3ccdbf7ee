"""Plumbing that any other program would need too: no word here knows what a ballot is."""
