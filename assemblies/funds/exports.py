"""The books as a workbook: balances by part, and a sheet for each pot's postings."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.wording import moment_text
from assemblies.funds.queries.accounts import PartAccount, part_accounts
from assemblies.funds.queries.entries import Entry, Search, all_entries
from assemblies.funds.queries.known import Account
from assemblies.funds.spreadsheets import Value, workbook, yuan

BALANCES = (
    ("楼栋", 12), ("单元", 10), ("房号", 12), ("面积（㎡）", 12), ("首次交存（元）", 16),
    ("余额（元）", 16), ("情况", 20),
)  # fmt: skip
LEDGER = (
    ("编号", 8), ("时间", 28), ("类别", 20), ("事由", 44), ("依据", 36), ("金额（元）", 16),
    ("记账后余额（元）", 18), ("记账人", 24), ("冲正", 20), ("凭证", 30),
)  # fmt: skip


def books_xlsx(session: Session, estate: UUID, *, now: datetime) -> bytes:
    """Return both pots as XLSX, each on a sheet of its own; no names of owners."""
    held = part_accounts(session, estate, now=now)
    books = (
        (f"{account.words}明细账", LEDGER, _entries(all_entries(session, estate, Search(account))))
        for account in Account
    )
    return workbook(("分户余额", BALANCES, _balances(held)), *books)


def _balances(held: Sequence[PartAccount]) -> Iterator[Sequence[Value]]:
    for one in held:
        part = one.part
        first: Value = "" if one.first is None else yuan(one.first)
        yield (
            part.building, part.entrance, part.room, yuan(part.area), first, yuan(one.balance),
            one.state,
        )  # fmt: skip
    firsts = yuan(sum(one.first or 0 for one in held))
    area, balance = yuan(sum(one.part.area for one in held)), yuan(sum(o.balance for o in held))
    yield "合计", "", f"{len(held)} 处", area, firsts, balance, ""


def _entries(found: Sequence[Entry]) -> Iterator[Sequence[Value]]:
    for one in found:
        yield (
            one.number, moment_text(one.at), one.kind_words, one.said, one.basis,
            yuan(one.amount), yuan(one.balance), one.by, _undone(one),
            one.file.name if one.file else "",
        )  # fmt: skip


def _undone(one: Entry) -> str:
    if one.corrects:
        return f"冲正第 {one.corrects.number} 号"
    return f"已被第 {one.corrected_by.number} 号冲正" if one.corrected_by else ""
