"""Estates (小区): buildings, parts, owners; the register imported, undone, exported (SPC 8, 9)."""
