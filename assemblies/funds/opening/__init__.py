"""Opening balances from a sheet: read, matched to the register, laid out, applied once."""
