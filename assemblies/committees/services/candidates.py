"""Candidates: nominated with their papers, held against the negative list, reviewed, withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.committees.drafts import Clause, Facts, Nomination, Opinion
from assemblies.committees.queries.found import (
    candidate_in,
    clauses,
    coming_term,
    departments,
    is_free,
)
from assemblies.committees.queries.owners import not_an_owner
from assemblies.committees.services.telling import Event, kept, told
from assemblies.foundation.acting import Acting
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.committees import (
    CandidateRecord,
    ReviewRecord,
    committee_of,
)
from assemblies.records.rules import rules_for

OF_AGE, OLDEST = 18, 1900
SEXES = ("男", "女")
CLEAR, DOUBT = "clear", "doubt"


def nominate(session: Session, acting: Acting, nomination: Nomination, *, now: datetime) -> UUID:
    """Put a candidate on the list of the coming term and return the id.

    What the register or the negative list says against somebody is kept as a flag; raises
    `Incomplete` only for what is missing or cannot be (SD 30).
    """
    committee = committee_of(session, acting.estate, now=now)
    term = coming_term(session, committee.id)
    _require_whole(nomination.facts, now)
    _require_new(session, committee.id, term, nomination.facts.name.strip())
    record = CandidateRecord(
        id=uuid4(),
        committee_id=committee.id,
        term_number=term,
        position=_next(session, committee.id, term),
        nominated_by=nomination.nominator.value,
        nominated_at=now,
    )
    _write(session, acting, record, nomination, now=now)
    session.add(record)  # whole: what `_write` asks would write it out before its name
    session.flush()
    said = (
        f"第{term}届业主委员会候选人{record.name}（{record.room}，"
        f"{'中共党员' if record.party else '非中共党员'}），{nomination.nominator.words}。"
    )
    warned = not_an_owner(session, acting.estate, record.name, record.room)
    facts = {"answers": record.answers, "files": record.file_ids, "name": record.name}
    event = Event("candidate.nominated", said + warned, _source(record), facts)
    told(session, acting, event, now=now)
    return record.id


def change(
    session: Session, acting: Acting, candidate: UUID, nomination: Nomination, *, now: datetime
) -> None:
    """Write a candidate anew; raises `WrongStep` once voters may read the name, or withdrawn."""
    record = candidate_in(session, acting.estate, candidate)
    if record.withdrawn_at is not None or not is_free(session, record):
        raise WrongStep("候选人已经退出，或者已经列入会议议程，资料不能再改。")
    _require_whole(nomination.facts, now)
    record.nominated_by = nomination.nominator.value
    _write(session, acting, record, nomination, now=now)
    facts = {"answers": record.answers, "files": record.file_ids, "name": record.name}
    said = f"候选人{record.name}的推荐资料更新。"
    told(session, acting, Event("candidate.nominated", said, _source(record), facts), now=now)


def withdraw(session: Session, acting: Acting, candidate: UUID, *, now: datetime) -> None:
    """Take a candidate off the list, who stays on record; raises `WrongStep` once on an agenda."""
    record = candidate_in(session, acting.estate, candidate)
    if record.withdrawn_at is not None:
        raise WrongStep(f"{record.name}已经退出。")
    if not is_free(session, record):
        raise WrongStep(f"{record.name}已经列入会议议程。请先在会议里修改选举事项。")
    record.withdrawn_at = now
    said = f"候选人{record.name}退出。"
    told(session, acting, Event("candidate.withdrawn", said, _source(record), {}), now=now)


def review(
    session: Session, acting: Acting, candidate: UUID, opinion: Opinion, *, now: datetime
) -> None:
    """Record a department's opinion with its name and time; a later one takes its place.

    Opinions advise (DZ 5): none of them and none missing stops a candidate. Raises `Incomplete`
    for a department that the city does not list or a doubt without its reason.
    """
    record = candidate_in(session, acting.estate, candidate)
    if record.withdrawn_at is not None:
        raise WrongStep(f"{record.name}已经退出，不用再联审。")
    if opinion.department not in departments(rules_for(session, acting.estate, now=now)):
        raise Incomplete("请选择参加联审的部门。")
    if not opinion.clear and not opinion.text.strip():
        raise Incomplete("提出疑点的，请写明是什么情况。")
    found = next((one for one in record.reviews if one.department == opinion.department), None)
    given = found or ReviewRecord(id=uuid4(), department=opinion.department)
    given.opinion = CLEAR if opinion.clear else DOUBT
    given.text, given.given_by, given.given_at = opinion.text.strip(), acting.by, now
    if found is None:
        record.reviews.append(given)
    session.flush()
    word = "没有发现不宜任职的情况" if opinion.clear else f"提出疑点：{given.text}"
    said = f"{opinion.department}对候选人{record.name}的联审意见：{word}。"
    facts = {"opinion": given.opinion, "text": given.text}
    told(session, acting, Event("candidate.reviewed", said, _source(record), facts), now=now)


def sealed_phone(keys: Keys, phone: str) -> bytes | None:
    """Return a phone number as it is kept: sealed, or not at all."""
    return keys.sealed(phone.strip()) if phone.strip() else None


def require_person(facts: Facts, now: datetime) -> None:
    """Let a person's facts pass who may sit on a committee; raises `Incomplete` (SD 30)."""
    year = in_china(now).year
    if not facts.name.strip() or not facts.room.strip():
        raise Incomplete("请写明姓名和房号。")
    if facts.sex and facts.sex not in SEXES:
        raise Incomplete("性别请选男或女。")
    if facts.born is not None and not OLDEST <= facts.born <= year - OF_AGE:
        raise Incomplete("出生年份请写四位数字，本人应当年满十八周岁。")


def _require_whole(facts: Facts, now: datetime) -> None:
    require_person(facts, now)
    if not facts.sex or facts.born is None:
        raise Incomplete("请写明候选人的性别和出生年份。")


def _require_new(session: Session, committee: UUID, term: int, name: str) -> None:
    found = select(CandidateRecord.id).where(
        CandidateRecord.committee_id == committee,
        CandidateRecord.term_number == term,
        CandidateRecord.name == name,
        CandidateRecord.withdrawn_at.is_(None),
    )
    if session.execute(found).first() is not None:
        raise Incomplete(f"{name}已经在候选人名单里。同名的两个人，请在姓名后加房号区分。")


def _next(session: Session, committee: UUID, term: int) -> int:
    held = select(func.max(CandidateRecord.position)).where(
        CandidateRecord.committee_id == committee, CandidateRecord.term_number == term
    )
    return (session.execute(held).scalar() or 0) + 1


def _write(
    session: Session, acting: Acting, record: CandidateRecord, nomination: Nomination, *,
    now: datetime,
) -> None:  # fmt: skip
    facts, listed = nomination.facts, clauses(rules_for(session, acting.estate, now=now))
    record.name, record.room = facts.name.strip(), "".join(facts.room.split())
    record.sex, record.born, record.party = facts.sex, facts.born, facts.party
    record.phone_sealed = sealed_phone(acting.keys, facts.phone)
    record.statement = nomination.statement.strip()
    record.answers = _answers(listed, nomination.answers or {})
    papers = [kept(session, acting, paper, now=now) for paper in nomination.papers]
    record.file_ids = [*(record.file_ids or ()), *(str(one.id) for one in papers if one)]


def _answers(listed: tuple[str, ...], given: Mapping[int, Clause]) -> list[dict[str, Any]]:
    """Return every clause with its answer; one that was not asked is not clear."""
    unasked = Clause(clear=False, note="还没有核对")
    found = [(text, given.get(place, unasked)) for place, text in enumerate(listed)]
    for text, answer in found:
        if not answer.clear and not answer.note.strip():
            raise Incomplete(f"“{text}”选了“不符合”，请写明情况。")
    return [{"clause": text, "clear": one.clear, "note": one.note.strip()} for text, one in found]


def _source(record: CandidateRecord) -> str:
    return f"candidate:{record.id}"
