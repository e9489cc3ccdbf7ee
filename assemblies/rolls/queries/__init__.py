"""Reads of the rolls room: the draft roll, the meeting it is for, the letters."""
