"""Reads of the supervision room."""
