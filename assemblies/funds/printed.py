"""The statement for the notice board as PDF."""

from collections.abc import Iterator

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
        buildings=list(_buildings(shown)),
        total=("合计", _first(shown), *map(_bare, (shown.before, shown.came)),
               *map(_bare, (shown.went, shown.after)), ""),
    )  # fmt: skip


def _buildings(shown: Statement) -> Iterator[tuple[str, list[tuple[str, ...]], tuple[str, ...]]]:
    """Yield each building with its parts and their sum: long tables are slow to lay out."""
    grouped: dict[str, list[PartLine]] = {}
    for line in shown.parts:
        grouped.setdefault(line.account.part.building, []).append(line)
    for name, lines in grouped.items():
        sums = (
            sum(one.account.first or 0 for one in lines),
            sum(one.before for one in lines),
            sum(one.came for one in lines),
            sum(one.went for one in lines),
            sum(one.account.balance for one in lines),
        )
        yield name, [_part(one) for one in lines], ("小计", *map(_bare, sums), "")


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
