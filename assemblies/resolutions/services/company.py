"""Verbs after owners chose or dismissed a manager: contract, filing, notice, hand-over."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload, checked
from assemblies.foundation.wording import day_text
from assemblies.records.committees import committee_of
from assemblies.records.duties import Done, DutyRecord, Opening, duty_of, fulfil, open_duty
from assemblies.records.files import FileRecord, keep
from assemblies.records.filings import HandoverItemRecord, HandoverRecord
from assemblies.records.resolutions import STANDING, ResolutionRecord
from assemblies.records.rules import rules_for
from assemblies.records.supervision import Happened, digest_of, tell
from assemblies.resolutions.following import DISMISSAL, FILING, SIGNING, TASKS
from assemblies.resolutions.services.register import Deed, not_before, resolution_of
from voting.law.duties import due
from voting.law.matters import Matter
from voting.result import Outcome

MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and the day it bears: a signed contract, a filing's receipt, a served notice."""

    on: date
    file: Upload | None


@dataclass(frozen=True, slots=True)
class Handing:
    """Who hands over to whom, and what: pairs of a thing and its quantity."""

    from_whom: str
    to_whom: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Received:
    """That one thing was handed over: who took it, on which day, in what state, and a proof."""

    by: str
    on: date
    note: str = ""
    proof: Upload | None = None


@dataclass(frozen=True, slots=True)
class _Act:
    """One act on one resolution: what every step of it needs."""

    session: Session
    record: ResolutionRecord
    by: str
    keys: Keys
    now: datetime

    @property
    def named(self) -> str:
        """Return the resolution's title and number."""
        return f"{self.record.title}（{self.record.number}）"

    def moment(self, day: date) -> datetime:
        """Return now for today, noon for an earlier day: what was done then was in time."""
        if day == in_china(self.now).date():
            return self.now
        return datetime.combine(day, time(12), CHINA)

    def kept(self, paper: Paper, missing: str) -> FileRecord:
        """Keep a paper; raises `Incomplete` without one or for a day that cannot be."""
        if paper.file is None:
            raise Incomplete(missing)
        not_before(self.record, paper.on, now=self.now)
        estate = self.record.estate_id
        return keep(self.session, estate, checked(paper.file), self.by, now=self.now)

    def waiting(self, name: str, done: str) -> DutyRecord:
        """Return a duty that is not done yet; raises `NotFound` or `WrongStep`."""
        duty = duty_of(self.session, self.record.id, name)
        if duty is None:
            raise NotFound
        if duty.done_at is not None:
            raise WrongStep(done)
        return duty

    def begin(self, name: str, on: date) -> DutyRecord:
        """Open the duty of an event that has come, or give the waiting one its day."""
        task, estate = TASKS[name], self.record.estate_id
        duty = due(name, on, rules_for(self.session, estate, now=self.now))
        href = task.href(estate, self.record.id)
        opening = Opening(duty, self.record.id, task.title, self.named, task.who, href)
        return open_duty(self.session, estate, opening, now=self.now)

    def fulfil(self, name: str, on: date, proof: str, file: UUID | None) -> None:
        """Mark a duty as done on a day, with its proof."""
        done = Done(self.by, proof, file)
        fulfil(self.session, self.record.id, name, done, now=self.moment(on))

    def tell(self, said: str, digest: str, kind: str = "duty.done") -> None:
        """Tell the supervision record."""
        happened = Happened(kind, said, self.by, f"resolution:{self.record.id}", digest)
        tell(self.session, self.record.estate_id, happened, self.keys, now=self.now)


def sign_contract(session: Session, deed: Deed, paper: Paper, keys: Keys, *, now: datetime) -> None:
    """Record the signed contract; from its day run the ten days to file it (SD 57).

    Raises `Incomplete` without the contract, `WrongStep` where it was signed or nothing was won.
    """
    act = _hiring(session, deed, keys, now)
    act.waiting(SIGNING, "物业服务合同已经登记过了。")
    file = act.kept(paper, "请附上签好的合同（PDF）。")
    act.fulfil(SIGNING, paper.on, f"{day_text(paper.on)}签订合同", file.id)
    duty = act.begin(FILING, paper.on)
    last = day_text(duty.due_on or paper.on)
    said = f"物业服务合同已于{day_text(paper.on)}签订，应在{last}以前由物业服务企业备案"
    act.tell(f"{act.named}：{said}。", file.sha256)


def file_contract(session: Session, deed: Deed, paper: Paper, keys: Keys, *, now: datetime) -> None:
    """Record the proof that the contract was filed; raises `Incomplete` or `WrongStep`."""
    act = _hiring(session, deed, keys, now)
    if act.waiting(FILING, "合同备案已经登记过了。").due_on is None:
        raise WrongStep("请先登记合同签订，再登记备案。")
    file = act.kept(paper, "请附上备案回执或者备案证明。")
    act.fulfil(FILING, paper.on, f"{day_text(paper.on)}备案", file.id)
    act.tell(f"{act.named}：物业服务合同已于{day_text(paper.on)}备案。", file.sha256)


def serve_notice(session: Session, deed: Deed, paper: Paper, keys: Keys, *, now: datetime) -> None:
    """Record that the dismissed manager was served in writing; sixty days run from it (CC 946).

    Raises `Incomplete` without the notice, `WrongStep` where it was served before.
    """
    act = _standing(session, deed, keys, now)
    held = duty_of(session, act.record.id, DISMISSAL)
    if held is not None and (held.due_on is not None or held.done_at is not None):
        raise WrongStep("解聘通知的送达已经登记过了。")
    file = act.kept(paper, "请附上送达的通知和签收凭证。")
    duty = act.begin(DISMISSAL, paper.on)
    duty.proof, duty.file_id = f"书面通知于{day_text(paper.on)}送达", file.id
    last = day_text(duty.due_on or paper.on)
    said = f"解聘通知已于{day_text(paper.on)}送达，通知期到{last}为止"
    act.tell(f"{act.named}：{said}。", file.sha256, "resolution.noticed")


def begin_handover(
    session: Session, deed: Deed, handing: Handing, keys: Keys, *, now: datetime
) -> UUID:
    """Begin the hand-over between managers with its checklist, once (SD 58; CC 949).

    The hand-over bears the id of its resolution. Raises `Incomplete` for an empty list.
    """
    act = _standing(session, deed, keys, now)
    if session.get(HandoverRecord, act.record.id) is not None:
        raise WrongStep("移交清单已经建立了。")
    if not 0 < len(handing.lines) <= MOST_LINES:
        raise Incomplete(f"请写明要移交什么，每行一项，最多 {MOST_LINES} 项。")
    session.add(_listed(act, handing))
    session.flush()
    whom = f"{handing.from_whom}开始向{handing.to_whom}移交"
    digest = digest_of({"lines": [[what, quantity] for what, quantity in handing.lines]})
    act.tell(f"{act.named}：{whom}，共 {len(handing.lines)} 项。", digest, "handover.begun")
    return act.record.id


def receive(
    session: Session, deed: Deed, item: UUID, received: Received, keys: Keys, *, now: datetime
) -> None:
    """Record that one thing of the list was handed over; the last one closes the hand-over.

    Raises `NotFound`, `Incomplete` for a day that cannot be, `WrongStep` where it was received.
    """
    act = _standing(session, deed, keys, now)
    line = session.get(HandoverItemRecord, item)
    if line is None or line.handover_id != act.record.id:
        raise NotFound
    if line.done_at is not None:
        raise WrongStep("这一项已经登记过了。")
    not_before(act.record, received.on, now=now)
    proof, by = received.proof, act.by
    file = keep(session, deed.estate, checked(proof), by, now=now) if proof else None
    line.done_at, line.received_by = act.moment(received.on), received.by
    line.note, line.file_id = received.note, file.id if file else None
    digest = file.sha256 if file else digest_of({"by": received.by, "item": str(line.id)})
    what = f"{line.what} {line.quantity}" if line.quantity else line.what
    act.tell(f"{act.named}：{what}，已由{received.by}接收。", digest, "handover.item")
    _close(act, line.handover)


def _close(act: _Act, handover: HandoverRecord) -> None:
    """Close a hand-over whose every line is done, and with it the notice's period."""
    if any(one.done_at is None for one in handover.items):
        return
    handover.done_at = act.now
    notice = duty_of(act.session, act.record.id, DISMISSAL)
    if notice is not None and notice.due_on is not None:
        proof = "，".join(said for said in (notice.proof, "移交清单全部办完") if said)
        act.fulfil(DISMISSAL, in_china(act.now).date(), proof, notice.file_id)
    whom = f"{handover.from_whom}向{handover.to_whom}移交完成"
    digest = digest_of({"handover": str(handover.id), "items": len(handover.items)})
    act.tell(f"{act.named}：{whom}，共 {len(handover.items)} 项。", digest, "handover.done")


def _listed(act: _Act, handing: Handing) -> HandoverRecord:
    notice = duty_of(act.session, act.record.id, DISMISSAL)
    handover = HandoverRecord(
        id=act.record.id,
        committee_id=committee_of(act.session, act.record.estate_id, now=act.now).id,
        kind="manager",
        from_whom=handing.from_whom,
        to_whom=handing.to_whom,
        begun_at=act.now,
        due_on=notice.due_on if notice else None,
    )
    handover.items = [
        HandoverItemRecord(id=uuid4(), position=place, what=what, quantity=quantity)
        for place, (what, quantity) in enumerate(handing.lines)
    ]
    return handover


def _standing(session: Session, deed: Deed, keys: Keys, now: datetime) -> _Act:
    record = resolution_of(session, deed.estate, deed.resolution)
    passed = record.outcome == Outcome.PASSED.value and record.state == STANDING
    if record.matter != Matter.MANAGER or not passed:
        raise WrongStep("只有选聘、解聘物业服务企业并且有效的决定，才有这一步。")
    return _Act(session, record, deed.by, keys, now)


def _hiring(session: Session, deed: Deed, keys: Keys, now: datetime) -> _Act:
    act = _standing(session, deed, keys, now)
    if duty_of(session, act.record.id, SIGNING) is None:
        raise WrongStep("这项决定不是选聘，没有要签的合同。")
    return act
