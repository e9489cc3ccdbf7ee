"""The statement for the notice board as PDF."""

from assemblies.foundation.clock import in_china
from assemblies.foundation.printing import printed
from assemblies.foundation.wording import money_text
from assemblies.funds.queries.entries import Entry
from assemblies.funds.queries.statements import PartLine, Statement


def statement_pdf(estate: str, shown: Statement) -> bytes:
    """Return 收支公示 as PDF: rooms by their numbers, never by names."""
    return printed(
        "print/fund_statement.html",
        estate=estate,
        shown=shown,
        entries=[_entry(one) for one in shown.entries],
        parts=[_part(one) for one in shown.parts],
        total=("合计", _first(shown), *map(_bare, (shown.before, shown.came)),
               *map(_bare, (shown.went, shown.after)), ""),
    )  # fmt: skip


def _entry(one: Entry) -> tuple[str, ...]:
    day = f"{in_china(one.at):%Y-%m-%d}"
    said = f"{one.kind_words}：{one.said}"
    if one.corrected_by:
        said += f"（已由第 {one.corrected_by.number} 号冲正）"
    return str(one.number), day, said, one.basis, _bare(one.amount), _bare(one.balance)


def _part(one: PartLine) -> tuple[str, ...]:
    account = one.account
    first = "—" if account.first is None else _bare(account.first)
    below = "需续筹" if account.below else ""
    sums = map(_bare, (one.before, one.came, one.went, account.balance))
    return account.part.label, first, *sums, below


def _first(shown: Statement) -> str:
    return _bare(sum(one.account.first or 0 for one in shown.parts))


def _bare(fen: int) -> str:
    """Say an amount without its unit, which stands above the table."""
    return money_text(fen).removesuffix(" 元")
