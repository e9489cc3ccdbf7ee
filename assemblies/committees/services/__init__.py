"""Verbs of the committees room: groups, candidates, terms, members, filing, hand-over."""
