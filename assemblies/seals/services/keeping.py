"""A seal from its making to its end: made, kept, handed over, lost, replaced."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotAllowed, WrongStep
from assemblies.foundation.uploads import Upload, checked
from assemblies.records.duties import Done, Opening, fulfil, open_duty, void_all
from assemblies.records.files import FileRecord, keep
from assemblies.records.seals import (
    APPLIED,
    APPROVED,
    KEPT,
    LOST,
    MADE,
    REPLACED,
    SealRecord,
    SealUseRecord,
)
from assemblies.records.supervision import digest_of
from assemblies.seals.queries import keepers
from assemblies.seals.services.pen import Actor, Pen, pen_of
from voting.law.citations import Citation
from voting.law.duties import Duty, due
from voting.log import seals
from voting.log.seals import SealKind

LIST_DUTY = "seal_publication_months"
LOSS_DUTY = "seal_lost"
LOSS_SAID = "印章遗失的，当天报告公安机关和街道办事处，公告作废，凭证明重新刻制。"
LONGEST = 500


@dataclass(frozen=True, slots=True)
class SealDraft:
    """A seal as it was carved: whose it is, what it reads, and the carver's proof."""

    kind: SealKind
    name: str
    proof: Upload | None


def make_seal(session: Session, actor: Actor, draft: SealDraft, *, now: datetime) -> UUID:
    """Enter a new seal of a kind of which there is none yet; return its id.

    Raises `Incomplete`, `WrongStep` where one stands already: that one is to be replaced.
    """
    pen = pen_of(session, actor, now=now)
    standing = _standing(pen, draft.kind)
    if standing is not None:
        raise WrongStep(f"已经有一枚“{standing.name}”。要换新章，请打开这枚章办理“更换”。")
    made = _made(pen, draft, actor)
    duty = due(LIST_DUTY, pen.today, pen.rules)
    about = "把这段时间的用印情况列成清单，向全体业主公布。"
    href = f"/estates/{actor.estate}/seals/publish"
    opening = Opening(duty, pen.committee.id, "公布用印情况", about, "committee", href)
    open_duty(session, actor.estate, opening, now=now)
    return made.id


def offer_seal(
    session: Session,
    actor: Actor,
    seal: UUID,
    account: UUID,
    *,
    now: datetime,
) -> None:
    """Name who is to keep a seal; nothing changes until they accept it themselves.

    Raises `Incomplete` for somebody who may not keep it, `WrongStep` for a seal that is no more.
    """
    pen = pen_of(session, actor, now=now)
    record = pen.seal(seal)
    _require_alive(record)
    said = require_eligible(pen, account)
    if record.state == KEPT and record.keeper_account_id == account:
        raise Incomplete(f"这枚章现在就由{record.keeper}保管。")
    record.offered_to, record.offered_account_id = said, account
    record.offered_by, record.offered_at = actor.said, now


def accept_seal(session: Session, actor: Actor, seal: UUID, *, now: datetime) -> None:
    """Let the one who was named take the seal over, by their own sign-in.

    Raises `NotAllowed` for anybody else, `WrongStep` where nothing is to be accepted.
    """
    pen = pen_of(session, actor, now=now)
    record = pen.seal(seal)
    _require_alive(record)
    if record.offered_account_id is None:
        raise WrongStep("这枚章没有等待接收。")
    if record.offered_account_id != actor.account:
        raise NotAllowed(f"这枚章要由{record.offered_to}本人登录接收，别人不能代收。")
    keeper = require_eligible(pen, actor.account)
    before = f"由{record.keeper}移交" if record.keeper else "刻制后首次交付"
    reason = f"{before}；{record.offered_by}办理"
    body = {"by": keeper, "keeper": keeper, "reason": reason, "seal": str(record.id)}
    pen.write(seals.KEPT, body, record.id)
    said = f"{keeper}接收并开始保管“{record.name}”（{before}）。"
    record.state, record.keeper, record.keeper_account_id = KEPT, keeper, actor.account
    record.kept_since = now
    _clear_offer(record)
    pen.tell("seal.kept", said, keeper, f"seal:{record.id}", digest_of(body))


def lose_seal(
    session: Session,
    actor: Actor,
    seal: UUID,
    note: str,
    *,
    now: datetime,
) -> None:
    """Report a seal lost: no use is possible any more, and the loss is to be reported.

    Raises `NotAllowed` for who neither keeps it nor runs the committee, `Incomplete`, `WrongStep`.
    """
    pen = pen_of(session, actor, now=now)
    record = pen.seal(seal)
    if not actor.runs and record.keeper_account_id != actor.account:
        raise NotAllowed("印章遗失由保管人或业委会报告。")
    _require_alive(record)
    body = {"by": actor.said, "note": _words(note, "怎样发现遗失的"), "seal": str(record.id)}
    pen.write(seals.LOST, body, record.id)
    record.state = LOST
    _clear_offer(record)
    _stop_uses(pen, record)
    _ask_to_report(pen, record)
    said = f"{actor.said}报告“{record.name}”遗失：{note.strip()}。这枚章不得再用。"
    pen.tell("seal.lost", said, actor.said, f"seal:{record.id}", digest_of(body))


def report_loss(
    session: Session,
    actor: Actor,
    seal: UUID,
    proof: Upload | None,
    *,
    now: datetime,
) -> None:
    """Keep the proof that a loss was reported and the seal declared void.

    Raises `Incomplete` without the proof, `WrongStep` where nothing is to be reported.
    """
    pen = pen_of(session, actor, now=now)
    record = pen.seal(seal)
    paper = _kept(pen, proof, "报案回执或作废声明", actor)
    done = Done(actor.said, f"{paper.name}", paper.id)
    if not fulfil(session, record.id, LOSS_DUTY, done, now=now):
        raise WrongStep("这枚章没有待报告的遗失。")
    said = f"{actor.said}已报告“{record.name}”遗失并存入证明《{paper.name}》。"
    pen.tell("duty.done", said, actor.said, f"seal:{record.id}", paper.sha256)


def replace_seal(
    session: Session,
    actor: Actor,
    seal: UUID,
    draft: SealDraft,
    *,
    now: datetime,
) -> UUID:
    """Make a new seal in the place of one that is kept or lost; return the new one's id.

    Raises `Incomplete`, `WrongStep` for a seal that was replaced before.
    """
    pen = pen_of(session, actor, now=now)
    old = pen.seal(seal)
    if old.state == REPLACED:
        raise WrongStep(f"“{old.name}”此前已经更换。")
    if draft.kind.value != old.kind:
        raise Incomplete("新章要和旧章是同一种印章。")
    made = _made(pen, draft, actor)
    body = {"by": actor.said, "seal": str(old.id), "successor": str(made.id)}
    pen.write(seals.REPLACED, body, old.id)
    old.state = REPLACED
    _clear_offer(old)
    _stop_uses(pen, old)
    said = f"{actor.said}用新刻的“{made.name}”更换旧章“{old.name}”，旧章作废。"
    pen.tell("seal.replaced", said, actor.said, f"seal:{old.id}", digest_of(body))
    return made.id


def _made(pen: Pen, draft: SealDraft, actor: Actor) -> SealRecord:
    name = _words(draft.name, "印章的名称")
    paper = _kept(pen, draft.proof, "刻章证明", actor)
    record = SealRecord(
        id=uuid4(),
        committee_id=pen.committee.id,
        kind=draft.kind.value,
        name=name,
        state=MADE,
        made_at=pen.now,
        proof_id=paper.id,
    )
    body = {
        "by": actor.said,
        "kind": record.kind,
        "name": name,
        "proof": paper.sha256,
        "seal": str(record.id),
    }
    pen.write(seals.MADE, body, record.id)
    pen.session.add(record)
    pen.session.flush()
    said = f"{actor.said}登记新刻的{draft.kind.words}“{name}”，刻章证明《{paper.name}》。"
    pen.tell("seal.made", said, actor.said, f"seal:{record.id}", paper.sha256)
    return record


def _standing(pen: Pen, kind: SealKind) -> SealRecord | None:
    found = select(SealRecord).where(
        SealRecord.committee_id == pen.committee.id,
        SealRecord.kind == kind.value,
        SealRecord.state != REPLACED,
    )
    return pen.session.execute(found).scalars().first()


def require_eligible(pen: Pen, account: UUID) -> str:
    """Return a keeper's name and role; raises `Incomplete` with the reason and its source."""
    for barred in keepers.excluded(pen.session, pen.estate, now=pen.now):
        if barred.account == account:
            raise Incomplete(barred.said)
    for keeper in keepers.keepers(pen.session, pen.estate, now=pen.now):
        if keeper.account == account:
            return keeper.said
    raise Incomplete("这个人不能保管这个小区的印章：请从名单里选一位委员、印章保管人、社区或街道。")


def _require_alive(record: SealRecord) -> None:
    if record.state in (LOST, REPLACED):
        ended = "已报遗失" if record.state == LOST else "已更换"
        raise WrongStep(f"“{record.name}”{ended}，不能再办理。")


def _clear_offer(record: SealRecord) -> None:
    record.offered_to, record.offered_account_id = "", None
    record.offered_by, record.offered_at = "", None


def _stop_uses(pen: Pen, record: SealRecord) -> None:
    """Take back the duty to stamp with a seal that is no more; the uses stay to be withdrawn."""
    found = select(SealUseRecord).where(
        SealUseRecord.seal_id == record.id, SealUseRecord.state.in_((APPLIED, APPROVED))
    )
    for use in pen.session.execute(found).scalars():
        void_all(pen.session, use.id, now=pen.now)


def _ask_to_report(pen: Pen, record: SealRecord) -> None:
    law = (Citation.of("sd", 31),)
    duty = Duty(LOSS_DUTY, LOSS_SAID, "自发现遗失之日起算", pen.today, binding=False, law=law)
    href = f"/estates/{pen.estate}/seals/{record.id}"
    title = f"报告“{record.name}”遗失"
    opening = Opening(duty, record.id, title, LOSS_SAID, "committee", href)
    open_duty(pen.session, pen.estate, opening, now=pen.now)


def _kept(pen: Pen, upload: Upload | None, what: str, actor: Actor) -> FileRecord:
    if upload is None:
        raise Incomplete(f"请上传{what}（PDF 或照片）。")
    return keep(pen.session, pen.estate, checked(upload), actor.said, now=pen.now)


def _words(text: str, what: str) -> str:
    words = text.strip()
    if not words:
        raise Incomplete(f"请写明{what}。")
    if len(words) > LONGEST:
        raise Incomplete(f"{what}请不要超过 {LONGEST} 字。")
    return words
