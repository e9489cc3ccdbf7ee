"""What the rest of the room may name of the records: kinds, values and the register's lines."""

from assemblies.foundation.places import Place
from assemblies.records.authorities import ASSEMBLY
from assemblies.records.ledger import KINDS, Account, PostingRecord
from assemblies.records.ledger_audit import audited
from assemblies.records.register import USES, PartLine, Register, register

__all__ = [
    "ASSEMBLY",
    "KINDS",
    "USES",
    "Account",
    "PartLine",
    "Place",
    "PostingRecord",
    "Register",
    "audited",
    "register",
]
