"""The register as a project reads it: places to pick from, and the uses of parts that bear."""

from assemblies.records.register import USES, Register, register

__all__ = ["USES", "Register", "register"]
