"""The owner's door: open a letter's code, prove one fact of the register, be signed in by it."""
