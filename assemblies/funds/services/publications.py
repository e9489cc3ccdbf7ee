"""Publishing an account (收支公示): the PDF is kept for all to see, the next one falls due."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, Stale
from assemblies.foundation.uploads import PDF, Checked
from assemblies.foundation.wording import day_text, money_text
from assemblies.funds.queries.periods import PERIODS
from assemblies.records.duties import Done, DutyRecord, Opening, fulfil, open_duty
from assemblies.records.files import FileRecord, keep
from assemblies.records.ledger import Account, account_of
from assemblies.records.rounds import next_source, standing_round
from assemblies.records.rules import rules_for
from assemblies.records.supervision import Happened, tell
from voting.law.duties import due


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed statement: of which account, over which days, at which posting it was drawn up."""

    account: Account
    since: date
    until: date
    postings: int
    content: bytes

    @property
    def name(self) -> str:
        """Return the file's name."""
        return f"{self.account.words}收支公示（{self.since}至{self.until}）.pdf"


def begin_rounds(session: Session, estate: UUID, account: Account, *, now: datetime) -> None:
    """Open the first duty to publish an account, or the next one; once it stands, do nothing."""
    pot, name = account_of(session, estate, account, now=now), PERIODS[account]
    rules = rules_for(session, estate, now=now)
    if standing_round(session, pot.id, name) is None and rules.has(name):
        _open(session, estate, account, in_china(now).date(), now=now)


def publish(
    session: Session, estate: UUID, paper: Paper, actor: Actor, *, now: datetime
) -> FileRecord:
    """Publish a statement: keep it for everybody, do this round's duty, open the next.

    Raises `Stale` if something was booked since it was drawn up, `Incomplete` for an account
    without any posting.
    """
    pot, name = account_of(session, estate, paper.account, now=now), PERIODS[paper.account]
    if pot.postings == 0:
        raise Incomplete(f"{paper.account.words}还没有记过账，没有可以公布的内容。")
    if pot.postings != paper.postings:
        raise Stale("打开页面之后又记了账，请重新打开再公布。")
    begin_rounds(session, estate, paper.account, now=now)
    checked = Checked(paper.name, PDF, paper.content)
    file = keep(session, estate, checked, actor.by, shown=True, now=now)
    standing = standing_round(session, pot.id, name)
    if standing is not None:
        done = Done(actor.by, f"已公布{paper.since}至{paper.until}的收支", file.id)
        fulfil(session, standing.source_id, name, done, now=now)
    said = (
        f"公布{paper.account.words}收支：{day_text(paper.since)}至{day_text(paper.until)}，"
        f"余额 {money_text(pot.balance_fen)}。"
    )
    told = Happened("fund.published", said, actor.by, f"account:{pot.id}", file.sha256)
    tell(session, estate, told, actor.keys, now=now)
    _open(session, estate, paper.account, paper.until, now=now)
    return file


def _open(
    session: Session, estate: UUID, account: Account, since: date, *, now: datetime
) -> DutyRecord | None:
    pot, name = account_of(session, estate, account, now=now), PERIODS[account]
    rules = rules_for(session, estate, now=now)
    if not rules.has(name):
        return None
    opening = Opening(
        duty=due(name, since, rules),
        source=next_source(session, pot.id, name),
        title=f"公布{account.words}收支",
        about=f"自{day_text(since)}起的收入、支出和余额",
        href=f"/estates/{estate}/fund/publish/{account.value}",
    )
    return open_duty(session, estate, opening, now=now)
