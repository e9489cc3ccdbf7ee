"""Reading a register: a spreadsheet becomes parts, owners and remarks; no database, no web."""
