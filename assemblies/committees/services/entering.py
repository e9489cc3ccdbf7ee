"""A committee elected before this platform, entered from its papers."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.committees.drafts import Entered, Post, Seat
from assemblies.committees.services.candidates import require_person, sealed_phone
from assemblies.committees.services.following import LONGEST, last_of, open_of_term
from assemblies.committees.services.telling import Event, kept, told
from assemblies.foundation.acting import Acting
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.wording import day_text
from assemblies.records.committees import MemberRecord, TermRecord, committee_of, term_in_office
from assemblies.records.rules import rules_for
from voting.law.committees import alternates_allowed
from voting.law.rules import Rules


def enter_term(session: Session, acting: Acting, entered: Entered, *, now: datetime) -> UUID:
    """Enter a committee that was elected before this platform, from its papers.

    Raises `Incomplete` for what is missing or against SD 30, `WrongStep` beside one in office.
    """
    committee = committee_of(session, acting.estate, now=now)
    if term_in_office(session, acting.estate) is not None:
        raise WrongStep("这个小区已经有在任的业主委员会，不能再补录一届。")
    _require_entered(entered, rules_for(session, acting.estate, now=now), now)
    proof = kept(session, acting, entered.proof, now=now)
    term = TermRecord(
        id=uuid4(),
        committee_id=committee.id,
        number=entered.number,
        seats=entered.seats,
        began_on=entered.began_on,
        ends_on=entered.ends_on,
        basis=entered.basis.strip(),
        basis_file_id=None if proof is None else proof.id,
    )
    if session.execute(
        select(TermRecord).where(
            TermRecord.committee_id == committee.id, TermRecord.number == entered.number
        )
    ).first():
        raise Incomplete(f"第{entered.number}届已经登记过。")
    session.add(term)
    session.flush()
    for position, seat in enumerate(entered.members):
        session.add(_entered(acting, term, position, seat))
    session.flush()
    session.expire(term, ["members"])
    open_of_term(session, acting.estate, term, "reelection_start_days", now=now)
    said = (
        f"补录第{term.number}届业主委员会，委员 "
        f"{sum(not seat.alternate for seat in entered.members)} 人，"
        f"任期{day_text(term.began_on)}至{day_text(term.ends_on)}，依据：{term.basis}。"
    )
    facts = {"basis": term.basis, "until": term.ends_on.isoformat()}
    told(session, acting, Event("term.begun", said, f"term:{term.id}", facts), now=now)
    return term.id


def _require_entered(entered: Entered, rules: Rules, now: datetime) -> None:
    members = [seat for seat in entered.members if not seat.alternate]
    alternates = len(entered.members) - len(members)
    if not entered.basis.strip():
        raise Incomplete("请写明依据，例如备案证明或者选举结果公告的名称和编号。")
    if not members or entered.number < 1:
        raise Incomplete("请写明届次和委员名单。")
    if len(members) > entered.seats:
        raise Incomplete("委员人数比应选人数多，请核对。")
    if not entered.began_on < entered.ends_on or entered.began_on > in_china(now).date():
        raise Incomplete("任期的起止日期不对，请核对。")
    if entered.ends_on > last_of(entered.began_on, 0, rules):
        raise Incomplete(f"任期太长。{rules.parameter(LONGEST).said_zh}")
    if alternates > alternates_allowed(entered.seats, rules):
        raise Incomplete(rules.parameter("committee_most_alternates").said_zh)
    if sum(seat.post is Post.CHAIR for seat in members) > 1:
        raise Incomplete("主任只能有一位。")
    for seat in entered.members:
        require_person(seat.facts, now)


def _entered(acting: Acting, term: TermRecord, position: int, seat: Seat) -> MemberRecord:
    facts = seat.facts
    return MemberRecord(
        id=uuid4(),
        term_id=term.id,
        position=position,
        name=facts.name.strip(),
        seat="alternate" if seat.alternate else "member",
        post="" if seat.alternate else seat.post.value,
        room="".join(facts.room.split()),
        sex=facts.sex,
        born=facts.born,
        party=facts.party,
        phone_sealed=sealed_phone(acting.keys, facts.phone),
        joined_on=term.began_on,
    )
