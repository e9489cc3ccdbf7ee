"""The verbs of a committee meeting: call, announce, hold, confirm, post."""
