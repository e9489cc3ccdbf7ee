"""Estates (小区): buildings, parts, owners; the register imported, undone, exported. Law: Civil Code 271, SPC 8-9."""
