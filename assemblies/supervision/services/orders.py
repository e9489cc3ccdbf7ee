"""Orders to correct (责令限期改正) and revocations (撤销决定) by the competent office, PMR 19."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Checked
from assemblies.foundation.wording import day_text
from assemblies.records.duties import Done, Opening, fulfil, open_duty, void_all
from assemblies.records.files import keep
from assemblies.records.oversight import OrderRecord
from assemblies.records.premises import EstateRecord
from assemblies.records.resolutions import ResolutionRecord, change_state
from assemblies.records.rules import rules_for
from assemblies.records.supervision import Happened, digest_of, tell
from assemblies.supervision.queries.orders import CORRECT, NAMES, REVOKE
from assemblies.supervision.services.notes import LONGEST, Written
from voting.law.duties import Duty, due

REPLY = "order_reply_days"


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order as the office writes it; `due_on` is asked of an order to correct only."""

    kind: str
    office: str
    addressee: str
    facts: str
    clause: str
    demand: str
    due_on: date | None = None
    resolution: UUID | None = None


def usual_deadline(session: Session, estate: UUID, *, now: datetime) -> Duty:
    """Return the pack's period for an answer, beginning today; the order may name another."""
    return due(REPLY, in_china(now).date(), rules_for(session, estate, now=now))


def issue(
    session: Session, estate: UUID, draft: OrderDraft, by: str, keys: Keys, *, now: datetime
) -> UUID:
    """Issue an order under its office's next number of the year and return its id.

    An order to correct opens the committee's duty; a revocation ends the decision it names, its
    duties with it. Raises `Incomplete`, `NotFound`, `WrongStep`. Source: PMR 19.
    """
    _require_whole(draft, in_china(now).date())
    record = _recorded(session, estate, draft, by, now)
    target = _change_target(session, record, keys, now=now)
    if draft.kind == CORRECT:
        _open_duty(session, record, now=now)
    about = f"，针对{target.number}" if target is not None else ""
    ends = f"，期限至{day_text(draft.due_on)}" if draft.due_on else ""
    said = f"{record.office}作出{NAMES[record.kind]}{record.number}{about}：{record.demand}{ends}。"
    happened = _told(record, "order.issued", said, by, _digest(record))
    tell(session, estate, happened, keys, now=now)
    return record.id


def serve(  # noqa: PLR0913 -- which order, how and by whom it was handed over, when
    session: Session,
    estate: UUID,
    order: UUID,
    how: Written,
    receipt: Checked | None,
    keys: Keys,
    *,
    now: datetime,
) -> None:
    """Record that an order was handed over, once, with its receipt; `WrongStep`, `Incomplete`."""
    record = _order(session, estate, order)
    if record.served_at is not None:
        raise WrongStep("送达情况已经记录。")
    if receipt is None:
        raise Incomplete("请上传送达回执的照片或者扫描件。")
    file = keep(session, estate, receipt, how.by, now=now)
    record.served_at, record.served_how = now, how.required()
    record.served_file_id = file.id
    said = f"{record.number}{NAMES[record.kind]}已送达{record.addressee}：{record.served_how}"
    happened = _told(record, "order.served", said, how.by, file.sha256)
    tell(session, estate, happened, keys, now=now)
    if record.kind == REVOKE:
        record.closed_at, record.closed_by, record.closing = now, how.by, "送达后生效"


def reply(  # noqa: PLR0913 -- which order, whose answer, with which paper, when
    session: Session,
    estate: UUID,
    order: UUID,
    answer: Written,
    paper: Checked | None,
    keys: Keys,
    *,
    now: datetime,
) -> None:
    """Answer an order to correct; a later answer stands until the office closes the order.

    Raises `WrongStep` for a revocation, before service or after closing, `Incomplete`.
    """
    record = _order(session, estate, order)
    if record.kind != CORRECT or record.closed_at is not None or record.served_at is None:
        raise WrongStep("送达之后、办结之前，才能答复责令改正通知书。")
    record.reply, record.replied_by, record.replied_at = answer.required(), answer.by, now
    digest = digest_of({"reply": record.reply})
    if paper is not None:
        file = keep(session, estate, paper, answer.by, now=now)
        record.reply_file_id, digest = file.id, file.sha256
    done = Done(answer.by, "已书面答复", record.reply_file_id)
    fulfil(session, record.id, REPLY, done, now=now)
    said = f"{answer.by}答复{record.number}：{_line(record.reply)}"
    happened = _told(record, "order.replied", said, answer.by, digest)
    tell(session, estate, happened, keys, now=now)


def close(
    session: Session, estate: UUID, order: UUID, closing: Written, keys: Keys, *, now: datetime
) -> None:
    """Close an order to correct with what the office found; raises `WrongStep`, `Incomplete`."""
    record = _order(session, estate, order)
    if record.kind != CORRECT or record.closed_at is not None or record.replied_at is None:
        raise WrongStep("业委会答复之后才能办结，并且只办结一次。")
    record.closing = closing.required()
    record.closed_at, record.closed_by = now, closing.by
    said = f"{record.number}办结：{_line(record.closing)}"
    digest = digest_of({"closing": record.closing})
    happened = _told(record, "order.closed", said, closing.by, digest)
    tell(session, estate, happened, keys, now=now)
    void_all(session, record.id, now=now)


def _recorded(
    session: Session, estate: UUID, draft: OrderDraft, by: str, now: datetime
) -> OrderRecord:
    if session.get(EstateRecord, estate, with_for_update=True) is None:
        raise NotFound
    record = OrderRecord(
        id=uuid4(),
        estate_id=estate,
        kind=draft.kind,
        number=_number(session, draft, in_china(now).year),
        office=draft.office.strip(),
        addressee=draft.addressee.strip(),
        facts=draft.facts.strip(),
        clause=draft.clause.strip(),
        demand=draft.demand.strip().rstrip("。"),
        due_on=draft.due_on if draft.kind == CORRECT else None,
        resolution_id=draft.resolution,
        issued_by=by,
        issued_at=now,
    )
    session.add(record)
    session.flush()
    return record


def _number(session: Session, draft: OrderDraft, year: int) -> str:
    """Return the next number of an office's papers in the year: 示例街道改〔2026〕1号."""
    office = draft.office.strip().removesuffix("办事处")
    head = f"{office}{'改' if draft.kind == CORRECT else '撤'}〔{year}〕"
    held = select(OrderRecord.number).where(OrderRecord.number.startswith(head, autoescape=True))
    used = [int(one.removeprefix(head).removesuffix("号")) for one in session.scalars(held)]
    return f"{head}{max(used, default=0) + 1}号"


def _change_target(
    session: Session, record: OrderRecord, keys: Keys, *, now: datetime
) -> ResolutionRecord | None:
    """Let the register say what became of the decision that an order is about."""
    if record.resolution_id is None:
        return None
    held = session.get(ResolutionRecord, record.resolution_id)
    if held is None or held.estate_id != record.estate_id:
        raise NotFound
    state = "corrected" if record.kind == CORRECT else "revoked"
    note = f"{record.office}{record.number}{'责令限期改正' if record.kind == CORRECT else '撤销'}"
    change_state(session, held.id, state, record.id, note, now=now)
    said = f"决定{held.number}{f'（{held.title}）' if held.title else ''}被{note}。"
    kind = f"resolution.{state}"
    happened = Happened(kind, said, record.office, f"resolution:{held.id}", _digest(record))
    tell(session, record.estate_id, happened, keys, now=now)
    return held


def _open_duty(session: Session, record: OrderRecord, *, now: datetime) -> None:
    duty = replace(usual_deadline(session, record.estate_id, now=now), due=record.due_on)
    href = f"/estates/{record.estate_id}/supervision/orders/{record.id}"
    about = f"{record.number}：{record.demand}"
    opening = Opening(duty, record.id, "改正并答复责令改正通知书", about, "committee", href)
    open_duty(session, record.estate_id, opening, now=now)


def _require_whole(draft: OrderDraft, today: date) -> None:
    texts = {
        "发文机关": draft.office,
        "送达对象": draft.addressee,
        "事实": draft.facts,
        "违反的规定": draft.clause,
        "要求": draft.demand,
    }
    missing = [name for name, text in texts.items() if not text.strip()]
    if missing:
        raise Incomplete(f"请填写{'、'.join(missing)}。")
    if any(len(text) > LONGEST for text in texts.values()):
        raise Incomplete(f"每一项不超过 {LONGEST} 字。")
    if draft.kind not in NAMES:
        raise Incomplete("请选择责令改正或者撤销。")
    if draft.kind == CORRECT and (draft.due_on is None or draft.due_on <= today):
        raise Incomplete("改正期限要在今天之后。")
    if draft.kind == REVOKE and draft.resolution is None:
        raise Incomplete("请选择要撤销的决定。")


def _digest(record: OrderRecord) -> str:
    return digest_of(
        {
            "clause": record.clause,
            "demand": record.demand,
            "facts": record.facts,
            "number": record.number,
        }
    )


def _told(record: OrderRecord, kind: str, said: str, by: str, digest: str) -> Happened:
    return Happened(kind, said, by, f"order:{record.id}", digest)


def _order(session: Session, estate: UUID, order: UUID) -> OrderRecord:
    record = session.get(OrderRecord, order, with_for_update=True)
    if record is None or record.estate_id != estate:
        raise NotFound
    return record


def _line(text: str) -> str:
    return " ".join(text.split())
