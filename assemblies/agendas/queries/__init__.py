"""Reads of the agendas room: assemblies, items and their needs, the register, the notice."""
