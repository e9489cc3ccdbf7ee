"""The street's groups: asked for, formed with a lawful composition, announced, ended."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.committees.drafts import Forming, GroupKind, Person
from assemblies.committees.queries.found import group_in, working_groups
from assemblies.committees.services.telling import Event, kept, told
from assemblies.foundation.acting import Acting
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.uploads import Upload
from assemblies.foundation.wording import day_text
from assemblies.records.committees import CommitteeRecord, GroupRecord, committee_of
from assemblies.records.duties import Done, Opening, fulfil, open_duty, void_all
from assemblies.records.rules import rules_for
from voting.law.citations import Citation
from voting.law.duties import due
from voting.law.rules import Rules

LEAST, HALF = "preparatory_group_least", 2
# Which period runs to form a group, and which for its work.
TO_FORM = {
    GroupKind.PREPARATORY: "preparatory_group_days",
    GroupKind.REELECTION: "reelection_group_days",
}
TO_WORK = {
    GroupKind.PREPARATORY: "preparation_days",
    GroupKind.REELECTION: "reelection_done_days",
}
WORK_ZH = {
    GroupKind.PREPARATORY: "召开首次业主大会会议",
    GroupKind.REELECTION: "完成业主委员会换届",
}
ANNOUNCE_ZH = "公告成员名单"


def ask_group(
    session: Session, acting: Acting, kind: GroupKind, asked_on: date, *, now: datetime
) -> UUID:
    """Record that a group is due since a day and return its id.

    SD 21: sixty days to form it. Raises `WrongStep` while one of this kind works.
    """
    committee = committee_of(session, acting.estate, now=now)
    _require_none(session, committee, kind)
    _require_past(asked_on, now)
    record = GroupRecord(
        id=uuid4(), committee_id=committee.id, kind=kind.value, asked_on=asked_on, people=[]
    )
    session.add(record)
    session.flush()
    _open(session, acting.estate, record, TO_FORM[kind], asked_on, now=now)
    said = f"{day_text(asked_on)}起应当组建{kind.words}。"
    facts = {"asked": asked_on.isoformat(), "kind": kind.value}
    told(session, acting, Event("group.asked", said, f"group:{record.id}", facts), now=now)
    return record.id


def form_group(
    session: Session, acting: Acting, group: UUID, forming: Forming, *, now: datetime
) -> None:
    """Form a group; raises `Incomplete` naming the clause that its composition breaks (SD 21)."""
    record = group_in(session, acting.estate, group)
    kind = GroupKind(record.kind)
    if record.formed_on is not None:
        raise WrongStep(f"{kind.words}已经组建。")
    if not record.asked_on <= forming.formed_on <= in_china(now).date():
        raise Incomplete("组建日期要在申请之后、今天或今天之前。")
    require_lawful(forming.people, kind, rules_for(session, acting.estate, now=now))
    record.formed_on, record.note = forming.formed_on, forming.note.strip()
    record.people = [
        {"name": one.name.strip(), "from": one.sender.words, "owner": one.owner, "head": one.head}
        for one in forming.people
    ]
    fulfil(session, group, TO_FORM[kind], Done(acting.by, f"{kind.words}名单"), now=now)
    day = forming.formed_on
    _open(session, acting.estate, record, "preparatory_announce_days", day, now=now)
    _open(session, acting.estate, record, TO_WORK[kind], day, now=now)
    owners = sum(one.owner for one in forming.people)
    said = (
        f"{day_text(day)}组建{kind.words}，共 {len(forming.people)} 人，其中业主 {owners} 人，"
        f"组长{_head(forming.people)}。"
    )
    facts = {"people": record.people, "formed": day.isoformat()}
    event = Event("group.formed", said, f"group:{group}", facts)
    told(session, acting, event, now=now)


def announce_group(
    session: Session, acting: Acting, group: UUID, on: date, proof: Upload | None, *, now: datetime
) -> None:
    """Record that the names were posted (SD 21); raises `WrongStep` before it was formed."""
    record = group_in(session, acting.estate, group)
    kind = GroupKind(record.kind)
    if record.formed_on is None or record.announced_on is not None:
        raise WrongStep(f"{kind.words}组建之后公告一次。")
    if not record.formed_on <= on <= in_china(now).date():
        raise Incomplete("公告日期要在组建之后、今天或今天之前。")
    photo = kept(session, acting, proof, now=now)
    if photo is None:
        raise Incomplete("请附上张贴公告的照片。")
    record.announced_on, record.announced_file_id = on, photo.id
    done = Done(acting.by, f"{day_text(on)}张贴", photo.id)
    fulfil(session, group, "preparatory_announce_days", done, now=now)
    said = f"{day_text(on)}公告{kind.words}成员名单。"
    event = Event("group.announced", said, f"group:{group}", photo.sha256)
    told(session, acting, event, now=now)


def end_group(session: Session, acting: Acting, group: UUID, why: str, *, now: datetime) -> None:
    """End a group's work; what it still owed is taken back. Raises `WrongStep` when it has ended.

    Its main period counts as done only where a term began since (`terms` marks it).
    """
    record = group_in(session, acting.estate, group)
    kind = GroupKind(record.kind)
    if record.ended_on is not None:
        raise WrongStep(f"{kind.words}已经结束。")
    if not why.strip():
        raise Incomplete("请写明为什么结束。")
    close_group(session, acting, record, why.strip(), now=now)


def close_group(
    session: Session, acting: Acting, record: GroupRecord, why: str, *, now: datetime
) -> None:
    """End a group, whoever asks."""
    record.ended_on = in_china(now).date()
    void_all(session, record.id, now=now)
    said = f"{GroupKind(record.kind).words}结束工作：{why}。"
    facts = {"ended": record.ended_on.isoformat(), "why": why}
    told(session, acting, Event("group.ended", said, f"group:{record.id}", facts), now=now)


def work_done(session: Session, group: GroupRecord, by: str, proof: str, *, now: datetime) -> None:
    """Mark a group's main work as done: the first meeting was held, the new term has begun."""
    fulfil(session, group.id, TO_WORK[GroupKind(group.kind)], Done(by, proof), now=now)


def require_lawful(people: tuple[Person, ...], kind: GroupKind, rules: Rules) -> None:
    """Let a lawful composition pass; raises `Incomplete` with the clause it breaks.

    SD 21: seven or more, an odd number, owners at least half; one of them leads.
    """
    if not all(one.name.strip() for one in people):
        raise Incomplete("有一位成员没有写姓名。")
    if len({one.name.strip() for one in people}) != len(people):
        raise Incomplete("有两位成员姓名相同，请写清楚，例如加上单位或房号。")
    if sum(one.head for one in people) != 1:
        raise Incomplete("请指定一位组长，只能一位。")
    if not rules.has(LEAST):
        return
    least, law = rules.number(LEAST), Citation.shortly(rules.citations(LEAST))
    owners = sum(one.owner for one in people)
    broken = (
        (len(people) < least, f"{kind.words}至少 {least} 人，现在只有 {len(people)} 人"),
        (len(people) % 2 == 0, f"{kind.words}人数应当是单数，现在是 {len(people)} 人"),
        (owners * HALF < len(people), f"业主不能少于一半，现在 {len(people)} 人中业主 {owners} 人"),
    )
    for applies, said in broken:
        if applies:
            raise Incomplete(f"{said}（{law}）。")


def _require_none(session: Session, committee: CommitteeRecord, kind: GroupKind) -> None:
    if any(one.kind == kind.value for one in working_groups(session, committee.id)):
        raise WrongStep(f"已经有一个{kind.words}，先办完再申请新的。")


def _require_past(day: date, now: datetime) -> None:
    if day > in_china(now).date():
        raise Incomplete("日期不能在今天之后。")


def _head(people: tuple[Person, ...]) -> str:
    return next(one.name for one in people if one.head)


def _open(
    session: Session, estate: UUID, group: GroupRecord, name: str, start: date, *, now: datetime
) -> None:
    rules = rules_for(session, estate, now=now)
    if not rules.has(name):
        return
    kind = GroupKind(group.kind)
    who = "street" if name == TO_FORM[kind] else "group"
    title = {TO_FORM[kind]: f"组建{kind.words}", TO_WORK[kind]: WORK_ZH[kind]}.get(
        name, ANNOUNCE_ZH
    )
    href = f"/estates/{estate}/committee/groups/{group.id}"
    opening = Opening(due(name, start, rules), group.id, title, kind.words, who, href)
    open_duty(session, estate, opening, now=now)
