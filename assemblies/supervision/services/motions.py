"""The motion to remove a member: who proposes it, and the item of a draft assembly it becomes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotAllowed, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Checked
from assemblies.foundation.wording import day_text
from assemblies.records.assemblies import AssemblyRecord, ItemRecord
from assemblies.records.committees import member_for
from assemblies.records.files import keep
from assemblies.records.oversight import InquiryRecord
from assemblies.records.resolutions import locked_estate
from assemblies.records.supervision import digest_of, tell
from assemblies.supervision.queries.proposals import by_members, by_owners, parts_named
from assemblies.supervision.services.inquiries import happened, heard, member_of
from assemblies.supervision.services.notes import Written
from voting.agenda import Item, ItemKind
from voting.law.matters import Matter
from voting.scope import Scope

DRAFT = "draft"


def recommend(
    session: Session, estate: UUID, inquiry: UUID, advice: Written, keys: Keys, *, now: datetime
) -> None:
    """Let the office recommend the removal, once, to members and owners: it proposes nothing.

    Raises `WrongStep` before the member was heard or a second time, `Incomplete`.
    """
    record = _unmoved(heard(session, estate, inquiry, now=now))
    if record.recommended_at is not None:
        raise WrongStep("已经提出过建议。")
    record.recommended, record.recommended_at = advice.required(), now
    name = member_of(session, record).name
    said = f"{advice.by}建议委员或者业主提议罢免{name}；是否提议、是否罢免，由他们决定。"
    digest = digest_of({"advice": record.recommended})
    event = happened(record, "inquiry.recommended", said, advice.by, digest)
    tell(session, estate, event, keys, now=now)


def propose_as_member(
    session: Session, estate: UUID, inquiry: UUID, account: UUID, keys: Keys, *, now: datetime
) -> None:
    """Let a serving member propose the removal with their own sign-in, once.

    Raises `NotAllowed` for anybody else, `WrongStep` before the member was heard.
    """
    record = _unmoved(heard(session, estate, inquiry, now=now))
    member = member_for(session, estate, account)
    if member is None:
        raise NotAllowed("只有在任并且没有暂停履职的委员，才能以委员身份提议。")
    if any(one["member"] == str(member.id) for one in record.signed):
        raise WrongStep("您已经提议过。")
    mark = {"member": str(member.id), "name": member.name, "at": now.isoformat()}
    record.signed = [*record.signed, mark]
    said = f"委员{member.name}提议由业主大会决定是否罢免{member_of(session, record).name}。"
    event = happened(record, "inquiry.proposed", said, member.name, digest_of(mark))
    tell(session, estate, event, keys, now=now)


@dataclass(frozen=True, slots=True)
class Petition:
    """The owners' signed proposal: the rooms whose owners signed, the paper, and who brings it."""

    rooms: str
    paper: Checked | None
    by: str


def propose_as_owners(
    session: Session,
    estate: UUID,
    inquiry: UUID,
    petition: Petition,
    keys: Keys,
    *,
    now: datetime,
) -> None:
    """Record the owners' signed proposal: its paper and the rooms whose owners signed.

    Heads are counted against the register. Raises `Incomplete` for a room that is not in the
    register, without the paper, or while too few signed; `WrongStep`.
    """
    record = _unmoved(heard(session, estate, inquiry, now=now))
    if petition.paper is None:
        raise Incomplete("请上传业主签名的提议书。")
    signed = parts_named(session, estate, petition.rooms, now=now)
    support = by_owners(session, estate, signed, now=now)
    if not support.enough:
        raise Incomplete(
            f"签名的业主 {support.part} 户，共 {support.whole} 户，至少要 {support.needed} 户。"
        )
    file = keep(session, estate, petition.paper, petition.by, now=now)
    record.signed_parts, record.proposal_file_id = [str(one) for one in signed], file.id
    name = member_of(session, record).name
    said = f"{support.part} 户业主（共 {support.whole} 户）联名提议由业主大会决定是否罢免{name}。"
    event = happened(record, "inquiry.proposed", said, petition.by, file.sha256)
    tell(session, estate, event, keys, now=now)


def move(  # noqa: PLR0913 -- which motion, who convenes, by whose account, when
    session: Session,
    estate: UUID,
    inquiry: UUID,
    convener: str,
    by: tuple[UUID, str],
    keys: Keys,
    *,
    now: datetime,
) -> UUID:
    """Put the removal before the owners: the only item of a new draft assembly; return its id.

    `convener` is committee or street. Raises `WrongStep` before the member was heard or while too
    few propose it. Source: SD 34 -- more than half of the members or a fifth of the owners.
    """
    record = _unmoved(heard(session, estate, inquiry, now=now))
    account, name = by
    record.proposed_by = _proposers(session, estate, record, now=now)
    assembly = _draft(session, estate, convener, account, now=now)
    item = _item(session, record, assembly)
    record.item_id, record.moved_at = item.id, now
    said = f"{record.proposed_by}，{item.title}已列入“{assembly.title}”草案，由业主大会决定。"
    digest = digest_of({"text": item.text, "title": item.title})
    tell(session, estate, happened(record, "inquiry.moved", said, name, digest), keys, now=now)
    return assembly.id


def _proposers(session: Session, estate: UUID, record: InquiryRecord, *, now: datetime) -> str:
    members = by_members(session, estate, record, now=now)
    owners = by_owners(session, estate, record.signed_parts, now=now)
    for support in (members, owners):
        if support.enough:
            record.proposers = support.part
            return f"{support.part} 名{support.who}提议（共 {support.whole} 名）"
    raise WrongStep(
        f"提议的人还不够：委员还差 {members.missing} 名，或者业主还差 {owners.missing} 户。"
    )


def _draft(
    session: Session, estate: UUID, convener: str, account: UUID, *, now: datetime
) -> AssemblyRecord:
    place = locked_estate(session, estate)
    held = select(AssemblyRecord).where(AssemblyRecord.estate_id == estate)
    last = session.execute(held.order_by(AssemblyRecord.number.desc()).limit(1)).scalar()
    count = select(func.max(AssemblyRecord.number)).where(AssemblyRecord.estate_id == estate)
    names = {"committee": f"{place.name}业主委员会", "street": "街道办事处"}
    record = AssemblyRecord(
        id=uuid4(),
        estate_id=estate,
        number=(session.execute(count).scalar() or 0) + 1,
        title=f"{in_china(now).year}年业主大会临时会议",
        convener=convener,
        convener_name=names[convener],
        contact=place.contact or (last.contact if last else ""),
        place=last.place if last else "",
        phase=DRAFT,
        created_at=now,
        created_by=account,
        pack=place.pack,
        house_rules=last.house_rules if last else None,
    )
    session.add(record)
    session.flush()
    return record


def _item(session: Session, record: InquiryRecord, assembly: AssemblyRecord) -> ItemRecord:
    name = member_of(session, record).name
    item = ItemRecord(id=uuid4(), assembly_id=assembly.id, attachments=[])
    item.take(
        Item(
            id=item.id,
            number=1,
            matter=Matter.COMMITTEE,
            kind=ItemKind.DECISION,
            title=f"罢免业主委员会委员{name}",
            text=_text(record, name),
            scope=Scope(),
        )
    )
    session.add(item)
    session.flush()
    return item


def _text(record: InquiryRecord, name: str) -> str:
    said = record.reply or "本人在规定的期限内没有陈述意见。"
    noticed = "" if record.noticed_at is None else day_text(record.noticed_at)
    return "\n\n".join(
        (
            f"是否同意罢免业主委员会委员{name}？",
            f"反映的事实：{record.facts}",
            f"涉及的规定：{record.clause}",
            f"本人陈述（{noticed}告知本人）：{said}",
            f"提议：{record.proposed_by}。",
        )
    )


def _unmoved(record: InquiryRecord) -> InquiryRecord:
    if record.moved_at is not None:
        raise WrongStep("已经提请业主大会表决。")
    return record
