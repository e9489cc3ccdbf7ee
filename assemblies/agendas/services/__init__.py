"""Verbs of the agendas room: create, add items, attach, record rules, plan dates, review, post."""
