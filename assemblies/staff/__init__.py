"""Room: accounts of staff, their roles on the administrative tree, signing in (DESIGN 7)."""
