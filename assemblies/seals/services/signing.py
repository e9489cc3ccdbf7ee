"""Each member's own word on a use: signs or declines by their own sign-in, nobody for another."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotAllowed, WrongStep
from assemblies.records.committees import MemberRecord, member_for
from assemblies.records.duties import Opening, open_duty
from assemblies.records.seals import (
    APPLIED,
    APPROVED,
    DECLINED,
    SIGNED,
    SealSignatureRecord,
    SealUseRecord,
)
from assemblies.records.supervision import digest_of
from assemblies.seals.queries import bases
from assemblies.seals.services.applying import written
from assemblies.seals.services.pen import Actor, Pen, pen_of
from voting.canonical import Plain
from voting.law.duties import due
from voting.log import seals

STAMP_DUTY = "seal_stamp_days"


def sign(session: Session, actor: Actor, use: UUID, *, now: datetime) -> None:
    """Sign for a use as one of its members; enough signatures open the keeper's duty to stamp.

    Raises `NotAllowed` for who is none of the members of the application or is suspended,
    `WrongStep` for a second word or a use that is over, `Incomplete` for a fallen basis. ZB 31.
    """
    pen = pen_of(session, actor, now=now)
    record, member = _asked(pen, use, actor)
    bases.require_covering(session, actor.estate, pen.seal(record.seal_id).kind, record.basis_id)
    body = {"member": str(member.id), "name": member.name, "use": str(record.id)}
    pen.write(seals.SIGNED, body, record.id)
    _answer(pen, record, member, SIGNED, "")
    if record.state == APPLIED and len(record.answered(SIGNED)) >= record.needed:
        _approve(pen, record, actor)


def decline(
    session: Session,
    actor: Actor,
    use: UUID,
    reason: str,
    *,
    now: datetime,
) -> None:
    """Decline a use with a reason; it ends when the signatures can no longer be reached.

    Raises `NotAllowed`, `WrongStep` as `sign` does, `Incomplete` without a reason.
    """
    pen = pen_of(session, actor, now=now)
    record, member = _asked(pen, use, actor)
    why = written(reason, "不同意的理由")
    body = {"member": str(member.id), "name": member.name, "reason": why, "use": str(record.id)}
    pen.write(seals.DECLINED, body, record.id)
    _answer(pen, record, member, DECLINED, why)
    left = len(record.members) - len(record.answered(DECLINED))
    if record.state == APPLIED and left < record.needed:
        _end(pen, record, actor)


def _asked(pen: Pen, use: UUID, actor: Actor) -> tuple[SealUseRecord, MemberRecord]:
    """Return the use and the member who may speak on it now."""
    record = pen.use(use)
    member = member_for(pen.session, pen.estate, actor.account)
    if member is None:
        raise NotAllowed("签字由在任委员本人办理。您现在不是这个小区的在任委员，或正在暂停履职。")
    if str(member.id) not in record.members:
        raise NotAllowed("这次用印由申请时在任的委员签字，您那时还不是委员。")
    if pen.session.get(SealSignatureRecord, (record.id, member.id)) is not None:
        raise WrongStep("您已经签过这次用印，不能再改。")
    if record.state not in (APPLIED, APPROVED):
        raise WrongStep("这次用印已经盖章或已经结束，不再签字。")
    return record, member


def _answer(
    pen: Pen, record: SealUseRecord, member: MemberRecord, answer: str, reason: str
) -> None:
    record.signatures.append(
        SealSignatureRecord(
            use_id=record.id,
            member_id=member.id,
            name=member.name,
            answer=answer,
            reason=reason,
            signed_at=pen.now,
        )
    )
    pen.session.flush()


def _approve(pen: Pen, record: SealUseRecord, actor: Actor) -> None:
    duty = due(STAMP_DUTY, pen.today, pen.rules)
    seal = pen.seal(record.seal_id)
    record.state, record.approved_at, record.stamp_due_on = APPROVED, pen.now, duty.due
    title = f"{record.number_zh}盖章并存照片"
    about = f"《{record.title}》{record.copies} 份，由{seal.keeper}用“{seal.name}”盖章并存入照片。"
    href = f"/estates/{pen.estate}/seals/uses/{record.id}"
    opening = Opening(duty, record.id, title, about, "keeper", href)
    open_duty(pen.session, pen.estate, opening, now=pen.now)
    signed = _names(record, SIGNED)
    said = (
        f"{record.number_zh}《{record.title}》已有 {len(signed)} 名委员签字同意"
        f"（{'、'.join(signed)}），全体委员 {len(record.members)} 人，须 {record.needed} 人，"
        f"可以由{seal.keeper}盖章。"
    )
    facts: dict[str, Plain] = {
        "needed": record.needed,
        "signed": list(signed),
        "use": str(record.id),
    }
    pen.tell("seal.approved", said, actor.said, f"seal-use:{record.id}", digest_of(facts))


def _end(pen: Pen, record: SealUseRecord, actor: Actor) -> None:
    record.state = DECLINED
    against = _names(record, DECLINED)
    said = (
        f"{record.number_zh}《{record.title}》有 {len(against)} 名委员不同意"
        f"（{'、'.join(against)}），{len(record.members)} 名委员中已不可能有 {record.needed} 人"
        "签字，不盖章。"
    )
    facts: dict[str, Plain] = {
        "declined": list(against),
        "needed": record.needed,
        "use": str(record.id),
    }
    pen.tell("seal.declined", said, actor.said, f"seal-use:{record.id}", digest_of(facts))


def _names(record: SealUseRecord, answer: str) -> tuple[str, ...]:
    return tuple(one.name for one in record.signatures if one.answer == answer)
