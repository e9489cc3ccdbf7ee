"""Reads of the ballots room: who holds a letter, what is voted on, what was logged."""
