"""Topping up the fund from the common income: two postings in one transaction, on a resolution."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.wording import money_text
from assemblies.funds.queries.bases import FUND_RAISE, OTHER, standing_basis
from assemblies.funds.services.publications import begin_rounds
from assemblies.funds.services.spreading import Spread
from assemblies.funds.services.telling import tell_posting, watch
from assemblies.records.authorities import ASSEMBLY
from assemblies.records.ledger import Account, Posting, PostingRecord, book

# Use of the common income is item 9; raising the fund is item 6.
MATTERS = (OTHER, FUND_RAISE)


@dataclass(frozen=True, slots=True)
class TransferDraft:
    """What is moved, spread over parts by area, on which resolution, shown by which paper."""

    amounts: Spread
    resolution: UUID
    note: str = ""
    file: UUID | None = None


def transfer(
    session: Session, estate: UUID, draft: TransferDraft, actor: Actor, *, now: datetime
) -> PostingRecord:
    """Move common income into the fund and return the fund's posting.

    Raises `Incomplete` without a passed and standing resolution of the assembly in item 6 or 9,
    `WrongStep` where the common income does not hold so much.
    """
    basis = standing_basis(session, estate, draft.resolution, matters=MATTERS, body=ASSEMBLY)
    total = draft.amounts.total
    rests = f"{basis.number}《{basis.title}》"
    said = f"公共收益补充维修资金，按面积分到 {len(draft.amounts.lines)} 户"
    said += f"（{draft.note.strip()}）" if draft.note.strip() else ""
    into = Posting(
        "transfer", said, rests, actor.by, lines=draft.amounts.lines,
        source=basis.id, file=draft.file,
    )  # fmt: skip
    made = book(session, estate, Account.FUND, into, now=now)
    out = Posting(
        "transfer", f"转入维修资金（维修资金第 {made.number} 号）", rests, actor.by, -total,
        source=made.id, file=draft.file,
    )  # fmt: skip
    taken = book(session, estate, Account.INCOME, out, now=now)
    told = (
        f"公共收益 {money_text(total)} 补充维修资金（公共收益第 {taken.number} 号、"
        f"维修资金第 {made.number} 号），按面积分到 {len(draft.amounts.lines)} 户。依据：{rests}。"
    )
    tell_posting(session, "fund.transferred", told, made, actor, now=now)
    begin_rounds(session, estate, Account.FUND, now=now)
    watch(session, estate, actor, now=now)
    return made
