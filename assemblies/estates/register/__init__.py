"""Reading a register: bytes of a spreadsheet become parts, owners and remarks. No database, no web."""
