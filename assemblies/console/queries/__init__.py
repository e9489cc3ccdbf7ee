"""Reads of the console room: the tree, one line for each estate, and the monthly table."""
