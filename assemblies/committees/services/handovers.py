"""The hand-over (移交): every line received by somebody, on a day, with its proof."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.committees.drafts import HANDOVERS, Planned, Received
from assemblies.committees.queries.found import handover_in, line_in
from assemblies.committees.services.telling import Event, kept, told
from assemblies.foundation.acting import Acting
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.records import filings
from assemblies.records.committees import committee_of
from assemblies.records.duties import Done, fulfil
from assemblies.records.filings import HandoverItemRecord, HandoverRecord


def begin(
    session: Session, acting: Acting, planned: Planned, *, now: datetime
) -> UUID:  # fmt: skip
    """Begin a hand-over with its checklist and return its id; raises `Incomplete`."""
    kind, giver, taker = planned.kind, planned.from_whom.strip(), planned.to_whom.strip()
    if kind not in HANDOVERS or not giver or not taker:
        raise Incomplete("请写明由谁移交、移交给谁。")
    written = tuple(line.strip() for line in planned.lines if line.strip())
    if not written:
        raise Incomplete("请至少写一项要移交的东西。")
    committee = committee_of(session, acting.estate, now=now)
    handing = filings.Handing(committee.id, kind, giver, taker, written)
    today = in_china(now).date()
    record = filings.open_handover(session, acting.estate, handing, on=today, now=now)
    said = f"{HANDOVERS[kind]}开始：{record.from_whom}移交{record.to_whom}，共 {len(written)} 项。"
    event = Event("handover.begun", said, f"handover:{record.id}", {"lines": list(written)})
    told(session, acting, event, now=now)
    return record.id


def receive(
    session: Session, acting: Acting, line: UUID, received: Received, *, now: datetime
) -> bool:
    """Record one line as received and say whether it was the last; the duty is then done.

    Raises `Incomplete` without quantity or receiver, `WrongStep` for a line already received.
    """
    item = line_in(session, acting.estate, line)
    if item.done_at is not None:
        raise WrongStep("这一项已经移交。")
    if not received.quantity.strip() or not received.by.strip():
        raise Incomplete("请写明数量和接收人。没有的，数量写“无”。")
    paper = kept(session, acting, received.proof, now=now)
    item.quantity, item.received_by = received.quantity.strip(), received.by.strip()
    item.note, item.done_at = received.note.strip(), now
    item.file_id = None if paper is None else paper.id
    said = f"移交一项：{item.what}，{item.quantity}，由{item.received_by}接收。"
    facts = {"quantity": item.quantity, "to": item.received_by, "what": item.what}
    source = f"handover:{item.handover_id}"
    digest = facts if paper is None else paper.sha256
    told(session, acting, Event("handover.item", said, source, digest), now=now)
    return _finished(session, acting, item.handover, now=now)


def add_line(session: Session, acting: Acting, handover: UUID, what: str) -> None:
    """Add a line to a checklist; raises `WrongStep` once it is done, `Incomplete`."""
    record = handover_in(session, acting.estate, handover)
    if record.done_at is not None:
        raise WrongStep("这次移交已经完成。")
    if not what.strip():
        raise Incomplete("请写明要移交的东西。")
    record.items.append(
        HandoverItemRecord(id=uuid4(), position=len(record.items), what=what.strip(), quantity="")
    )


def _finished(
    session: Session, acting: Acting, record: HandoverRecord, *, now: datetime
) -> bool:  # fmt: skip
    if any(item.done_at is None for item in record.items):
        return False
    record.done_at = now
    period = filings.Handing(record.committee_id, record.kind, "", "").period
    done = Done(acting.by, f"移交清单 {len(record.items)} 项")
    fulfil(session, record.id, period, done, now=now)
    said = f"移交完成：{record.from_whom}移交{record.to_whom}，共 {len(record.items)} 项。"
    facts = {"lines": len(record.items)}
    event = Event("handover.done", said, f"handover:{record.id}", facts)
    told(session, acting, event, now=now)
    return True
