"""Verbs of the supervision room: notes, reports, orders, inquiries."""
