"""Measures speed and size: `make bench` prints a table and writes out/bench.json."""
