"""The register as the agenda reads it; the repairs room reads the same one."""

from assemblies.records.register import USES, PartLine, Register, register, uses_zh

__all__ = ["USES", "PartLine", "Register", "register", "uses_zh"]
