"""Checks an evidence bundle step by step, numbered as in SPEC 9, and recounts the vote."""
