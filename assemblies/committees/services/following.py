"""What the law asks of a new term: its first meeting, its filing, hand-over, next re-election."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.committees.drafts import GroupKind
from assemblies.committees.queries.found import working_groups
from assemblies.foundation.refusals import Incomplete
from assemblies.records import filings
from assemblies.records.committees import CommitteeRecord, TermRecord
from assemblies.records.duties import Opening, open_duty
from assemblies.records.rules import rules_for
from voting.law.duties import due, last_day
from voting.law.parameters import MONTHS
from voting.law.rules import Rules

LONGEST = "committee_term_months"


def last_of(began: date, months: int, rules: Rules) -> date:
    """Return the last day of a term; raises `Incomplete` for more than the law allows (SD 30)."""
    most = rules.number(LONGEST)
    if not 0 <= months <= most:
        raise Incomplete(f"任期最长 {most} 个月。{rules.parameter(LONGEST).said_zh}")
    return last_day(began, months or most, MONTHS)


def open_what_follows(
    session: Session,
    estate: UUID,
    committee: CommitteeRecord,
    term: TermRecord,
    former: TermRecord | None,
    *,
    now: datetime,
) -> None:
    """Open the first meeting, the filing, the hand-over and the next re-election."""
    filing = filings.FilingRecord(
        id=uuid4(),
        term_id=term.id,
        kind="new",
        what=f"第{term.number}届业主委员会{'换届' if former else '成立'}备案",
        state="draft",
        begun_at=now,
        papers=[],
    )
    session.add(filing)
    session.flush()
    filing.due_on = open_of_term(session, estate, term, "filing_days", filing, now=now)
    open_of_term(session, estate, term, "first_committee_meeting_days", now=now)
    open_of_term(session, estate, term, "reelection_start_days", now=now)
    given = former and f"第{former.number}届业主委员会"
    groups = [one for one in working_groups(session, committee.id) if one.formed_on is not None]
    given = given or (GroupKind(groups[0].kind).words if groups else None)
    if given is not None:
        seals = filings.seals_of(session, committee.id) or ("印章",)
        taken, lines = f"第{term.number}届业主委员会", (*seals, *filings.TERM_LINES)
        handing = filings.Handing(committee.id, "committee", given, taken, lines)
        filings.open_handover(session, estate, handing, on=term.began_on, now=now)


def open_of_term(
    session: Session,
    estate: UUID,
    term: TermRecord,
    name: str,
    filing: filings.FilingRecord | None = None,
    *,
    now: datetime,
) -> date | None:
    """Open a duty of a term and return its last day, None where the pack has none of it."""
    rules = rules_for(session, estate, now=now)
    if not rules.has(name):
        return None
    home = f"/estates/{estate}/committee"
    titles = {
        "first_committee_meeting_days": ("召开第一次业委会会议", f"/estates/{estate}/meetings"),
        "filing_days": ("业主委员会备案", f"{home}/filings/{filing.id}" if filing else home),
        "reelection_start_days": ("开始组织换届", f"{home}/reelection"),
    }
    title, href = titles[name]
    duty = due(name, term.ends_on if name == "reelection_start_days" else term.began_on, rules)
    about = f"第{term.number}届业主委员会"
    open_duty(session, estate, Opening(duty, term.id, title, about, "committee", href), now=now)
    return duty.due
