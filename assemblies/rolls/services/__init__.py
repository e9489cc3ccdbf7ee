"""Verbs of the rolls room: object and answer, freeze, issue and reprint letters."""
