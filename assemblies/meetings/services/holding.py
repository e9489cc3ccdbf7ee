"""Hold a meeting: who came, whether they were enough, and how each of them voted on each point."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Acting
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.wording import moment_text
from assemblies.meetings.ahead import things_ahead
from assemblies.meetings.drafts import (
    ABSENT,
    ABSTAIN,
    AGAINST,
    AGREE,
    NO_DECISION,
    PASSED,
    POSTS_ZH,
    PRESENT,
    REJECTED,
    SUSPENDED,
    VOTES_ZH,
    Held,
)
from assemblies.meetings.services.meetings import coming, name_of, say
from assemblies.meetings.services.minutes import digest_of_minutes
from assemblies.records.committees import MemberRecord, members_in_office, term_in_office
from assemblies.records.duties import Done, Opening, fulfil, open_duty, void_all
from assemblies.records.meetings import DecisionRecord, MeetingRecord
from assemblies.records.resolutions import enter_committee_decision
from assemblies.records.rules import rules_for
from voting.law.committees import agreed, present_enough
from voting.law.duties import due
from voting.law.findings import Comparison
from voting.law.rules import Rules

FIRST, MINUTES = "first_committee_meeting_days", "minutes_posted_days"
PRESENCE, CONSENT = "committee_present", "committee_agree"
OUTCOMES_ZH = {PASSED: "通过", REJECTED: "未通过", NO_DECISION: "未作决定"}


def hold(session: Session, acting: Acting, meeting: UUID, held: Held, *, now: datetime) -> None:
    """Record a meeting that took place: attendance, votes, and what was decided, once.

    Raises `Incomplete` for a time before the planned one, for somebody who is no member, a point
    that was not on the agenda, a missing vote, or votes where too few came; `NotFound`,
    `WrongStep`. Law: sd art. 32 -- two thirds of the members present, more than half of all
    members agree; zb art. 32 -- no proxies.
    """
    estate = acting.estate
    record = coming(session, estate, meeting)
    _require_same_term(session, estate, record)
    _require_time(record, held, now)
    rules = rules_for(session, estate, now=held.at)
    members = members_in_office(session, estate)
    present = _present(members, held.present)
    presence = present_enough(len(present), len(members), rules)
    flags = _flags(record, held, rules)
    votes = _votes_of(record, held, present, presence)
    record.held_at, record.minuted_at, record.flags = held.at, now, list(flags)
    record.quorate, record.finding = presence.holds, presence.said_zh
    record.law = _law(PRESENCE, rules)
    _attend(record, held, members, present)
    for decision in record.decisions:
        _settle(decision, votes.get(decision.id), len(members), rules)
    _follow(session, acting, record, rules, now=now)
    digest = digest_of_minutes(record)
    say(session, acting, record, "held", _said(record, present), digest, now=now)


def _require_same_term(session: Session, estate: UUID, record: MeetingRecord) -> None:
    term = term_in_office(session, estate)
    if term is None or term.id != record.term_id:
        raise WrongStep("这次会议是上一届业委会召集的，现在已经换届。请取消，由新一届重新召集。")


def _require_time(record: MeetingRecord, held: Held, now: datetime) -> None:
    if now < record.planned_for or held.at < record.planned_for:
        raise Incomplete(f"会议定在{moment_text(record.planned_for)}，不能记成在这之前召开。")
    if held.at > now:
        raise Incomplete("开会时间不能晚于现在。")


def _flags(record: MeetingRecord, held: Held, rules: Rules) -> tuple[str, ...]:
    """Return what came too late, in sentences; where the provision binds, nothing is decided."""
    things = things_ahead(
        record.planned_for, record.agenda_posted_at, record.community_told_at, rules
    )
    day = in_china(held.at).date()
    late = [one for one in things if one.late(day)]
    barred = "".join(one.flag(day) for one in late if one.binding)
    if barred and held.votes:
        raise Incomplete(f"{barred}这次会议不能作决定，请改期后再开。")
    return tuple(one.flag(day) for one in late)


def _present(members: tuple[MemberRecord, ...], came: tuple[UUID, ...]) -> tuple[MemberRecord, ...]:
    """Return the members who came; nobody comes for another, and no alternate counts."""
    may_come = {one.id for one in members if one.suspended_on is None}
    if not set(came) <= may_come:
        raise Incomplete(
            "到会名单里有不能计入的人：只有在任、没有暂停履职的委员才算到会。"
            "候补委员和其他人请写在“列席人员”里。"
        )
    return tuple(one for one in members if one.id in came)


def _attend(
    record: MeetingRecord,
    held: Held,
    members: tuple[MemberRecord, ...],
    present: tuple[MemberRecord, ...],
) -> None:
    came = {one.id for one in present}
    record.members, record.present = len(members), [str(one.id) for one in present]
    record.attendance = [
        {
            "member": str(one.id),
            "name": one.name,
            "post": POSTS_ZH.get(one.post, "委员"),
            "state": _state(one, came),
        }
        for one in members
    ]
    record.chaired_by, record.recorded_by = held.chaired_by.strip(), held.recorded_by.strip()
    record.guests, record.summary = held.guests.strip(), held.summary.strip()


def _state(member: MemberRecord, came: set[UUID]) -> str:
    if member.suspended_on is not None:
        return SUSPENDED
    return PRESENT if member.id in came else ABSENT


def _votes_of(
    record: MeetingRecord, held: Held, present: tuple[MemberRecord, ...], presence: Comparison
) -> dict[UUID, list[dict[str, str]]]:
    """Return the votes on every point that was decided: of this agenda, and nothing else."""
    if not (set(held.votes) | held.put_off) <= {one.id for one in record.decisions}:
        raise Incomplete("有一项没有列入这次会议的议程，不能表决，请留到下次会议。")
    if not presence.holds:
        if held.votes:
            raise Incomplete(f"到会人数不够，这次会议不能作决定：{presence.said_zh}。")
        return {}
    return {
        one.id: _votes(one, held.votes.get(one.id, {}), present)
        for one in record.decisions
        if one.id not in held.put_off
    }


def _votes(
    decision: DecisionRecord, votes: Mapping[UUID, str], present: tuple[MemberRecord, ...]
) -> list[dict[str, str]]:
    """Return one vote for every member present; raises `Incomplete` for more or for fewer."""
    if not set(votes) <= {one.id for one in present}:
        raise Incomplete(f"第 {decision.number} 项：没有到会的人不能表决，也不能由别人代替。")
    missing = [one.name for one in present if votes.get(one.id) not in VOTES_ZH]
    if missing:
        raise Incomplete(f"第 {decision.number} 项：还没有记下{'、'.join(missing)}的表决。")
    return [{"member": str(one.id), "name": one.name, "vote": votes[one.id]} for one in present]


def _settle(
    decision: DecisionRecord, votes: list[dict[str, str]] | None, members: int, rules: Rules
) -> None:
    """Say what came of a point; without votes it stays for another meeting."""
    if votes is None:
        decision.outcome = NO_DECISION
        return
    consent = agreed(sum(one["vote"] == AGREE for one in votes), members, rules)
    decision.votes, decision.outcome = votes, PASSED if consent.holds else REJECTED
    decision.finding, decision.law = consent.said_zh, _law(CONSENT, rules)


def _follow(
    session: Session, acting: Acting, record: MeetingRecord, rules: Rules, *, now: datetime
) -> None:
    """Enter what was decided, and open and close the duties that hang on the meeting."""
    void_all(session, record.id, now=now)
    for decision in record.decisions:
        if decision.outcome != NO_DECISION:
            enter_committee_decision(
                session,
                acting.estate,
                decision.id,
                decision.title,
                decision.outcome,
                counts_zh(record, decision),
                now=now,
            )
    name, held_at = name_of(session, record), record.held_at or now
    if record.quorate:
        fulfil(
            session, record.term_id, FIRST, Done(acting.by, f"{moment_text(held_at)}召开"), now=now
        )
    if rules.has(MINUTES):
        duty = due(MINUTES, in_china(held_at).date(), rules)
        href = f"/estates/{acting.estate}/meetings/{record.id}"
        about = f"{name}：{record.title}"
        opening = Opening(duty, record.id, "公示会议纪要", about, "committee", href)
        open_duty(session, acting.estate, opening, now=now)


def counts_zh(record: MeetingRecord, decision: DecisionRecord) -> str:
    """Return how a point came out in one sentence with all its figures."""
    votes = "，".join(
        f"{word} {sum(one['vote'] == vote for one in decision.votes)} 人"
        for vote, word in VOTES_ZH.items()
    )
    return (
        f"全体委员 {record.members} 人，出席 {len(record.present)} 人；{votes}。"
        f"{decision.finding}（{decision.law}）。"
    )


def _said(record: MeetingRecord, present: tuple[MemberRecord, ...]) -> str:
    held_at = record.held_at or record.planned_for
    names = "、".join(one.name for one in present) or "无人"
    came = f"全体委员 {record.members} 人，出席 {len(present)} 人（{names}）"
    points = "；".join(f"{one.number}. {one.title}：{_outcome_zh(one)}" for one in record.decisions)
    if not record.quorate:
        return f"于{moment_text(held_at)}召开，{came}，人数不够，未作任何决定。"
    return f"于{moment_text(held_at)}召开，{came}。{points}。"


def _outcome_zh(decision: DecisionRecord) -> str:
    if decision.outcome == NO_DECISION:
        return "改到下次会议"
    agree, against, abstain = (
        sum(one["vote"] == vote for one in decision.votes) for vote in (AGREE, AGAINST, ABSTAIN)
    )
    word = OUTCOMES_ZH[decision.outcome]
    return f"{word}（同意 {agree} 人，反对 {against} 人，弃权 {abstain} 人）"


def _law(name: str, rules: Rules) -> str:
    return "；".join(citation.text for citation in rules.citations(name))
