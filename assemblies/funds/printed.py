"""The statement for the notice board as PDF."""

from assemblies.foundation.printing import printed
from assemblies.funds.queries.statements import Statement


def statement_pdf(estate: str, shown: Statement) -> bytes:
    """Return 收支公示 as PDF: rooms by their numbers, never by names."""
    return printed("print/fund_statement.html", estate=estate, shown=shown)
