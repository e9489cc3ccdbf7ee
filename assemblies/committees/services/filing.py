"""The filing (备案): prepared from the records, handed in, returned or taken in, certified."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.committees.drafts import KINDS, PAPERS, Certificate
from assemblies.committees.queries.found import filing_in, missing_texts
from assemblies.committees.services.telling import Event, kept, told
from assemblies.foundation.acting import Acting
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.uploads import Upload
from assemblies.foundation.wording import day_text
from assemblies.records import filings
from assemblies.records.committees import TermRecord, term_in_office
from assemblies.records.duties import Done, Opening, duty_of, fulfil, open_duty
from assemblies.records.filings import FilingRecord
from assemblies.records.rules import rules_for
from voting.law.duties import due

CERTIFICATE = "certificate_days"
OPEN, HANDED_IN = ("draft", "returned"), ("submitted", "accepted")


def attach(
    session: Session,
    acting: Acting,
    filing: UUID,
    added: tuple[str, Upload | None],
    *,
    now: datetime,
) -> None:
    """Add a paper, its kind and its file, to a filing.

    Raises `WrongStep` once it is handed in, `Incomplete` without a kind or a file.
    """
    record = filing_in(session, acting.estate, filing)
    _require_open(record)
    kind, upload = added
    paper = kept(session, acting, upload, now=now)
    if paper is None or kind not in PAPERS:
        raise Incomplete("请选择材料的种类和文件。")
    record.papers = [*record.papers, {"kind": kind, "file": str(paper.id)}]


def submit(session: Session, acting: Acting, filing: UUID, *, now: datetime) -> None:
    """Hand the package in; the period for filing is kept, that for the certificate begins (SD 31).

    Raises `Incomplete` while a new committee's rules or covenant are missing.
    """
    record = filing_in(session, acting.estate, filing)
    _require_open(record)
    if record.kind == "new":
        _require_texts(session, acting.estate, record)
    record.state, record.reasons = "submitted", ""
    record.submitted_at, record.submitted_by = now, acting.by
    record.decided_at, record.decided_by = None, ""
    done = Done(acting.by, f"{day_text(in_china(now))}提交{KINDS[record.kind]}")
    fulfil(session, record.term_id, "filing_days", done, now=now)
    fulfil(session, record.id, "change_told_days", done, now=now)
    if record.kind == "new":
        _await_certificate(session, acting.estate, record, now=now)
    _tell(session, acting, record, "submitted", f"提交{KINDS[record.kind]}：{record.what}。", now)


def give_back(
    session: Session, acting: Acting, filing: UUID, reasons: str, *, now: datetime
) -> None:
    """Return a filing with the reasons, all of them at once; raises `Incomplete` without."""
    record = filing_in(session, acting.estate, filing)
    _require_handed_in(record)
    if not reasons.strip():
        raise Incomplete("请一次写清要补正的全部内容。")
    record.state, record.reasons = "returned", reasons.strip()
    record.decided_at, record.decided_by = now, acting.by
    duty = duty_of(session, record.id, CERTIFICATE)
    if duty is not None:
        duty.void_at = now
    said = f"{KINDS[record.kind]}退回补正：{record.reasons}。"
    _tell(session, acting, record, "returned", said, now)


def accept(session: Session, acting: Acting, filing: UUID, *, now: datetime) -> None:
    """Take a filing in; a change or an end is thereby done, a new committee gets a certificate."""
    record = filing_in(session, acting.estate, filing)
    if record.state != "submitted":
        raise WrongStep("提交之后受理一次。")
    record.state, record.decided_at, record.decided_by = "accepted", now, acting.by
    _tell(session, acting, record, "accepted", f"{KINDS[record.kind]}受理：{record.what}。", now)


def certify(
    session: Session, acting: Acting, filing: UUID, certificate: Certificate, *, now: datetime
) -> None:
    """Close a filing with its certificate and the proof for carving seals (SD 31).

    Raises `Incomplete` without number or certificate, `WrongStep` before it was handed in.
    """
    record = filing_in(session, acting.estate, filing)
    _require_handed_in(record)
    if not certificate.number.strip():
        raise Incomplete("请写明备案证明的编号。")
    paper = kept(session, acting, certificate.certificate, now=now)
    if paper is None:
        raise Incomplete("请附上备案证明。")
    carving = kept(session, acting, certificate.carving, now=now)
    record.state, record.certificate = "certified", certificate.number.strip()
    record.certificate_file_id = paper.id
    record.carving_file_id = None if carving is None else carving.id
    record.certified_at, record.decided_by = now, acting.by
    record.decided_at = record.decided_at or now
    fulfil(session, record.id, CERTIFICATE, Done(acting.by, record.certificate, paper.id), now=now)
    said = f"{KINDS[record.kind]}办结，备案证明 {record.certificate}。"
    event = Event("filing.certified", said, f"filing:{record.id}", paper.sha256)
    told(session, acting, event, now=now)


def begin_change(session: Session, acting: Acting, what: str, *, now: datetime) -> UUID:
    """Begin the filing of another change, of rules or covenant, and return its id (SD 31)."""
    term = _term(session, acting.estate)
    if not what.strip():
        raise Incomplete("请写明变更了什么。")
    today = in_china(now).date()
    return filings.open_change(
        session, acting.estate, term.id, what.strip(), on=today, now=now
    ).id  # fmt: skip


def begin_end(session: Session, acting: Acting, why: str, *, now: datetime) -> UUID:
    """Begin the filing of the committee's end (注销) and return its id; raises `Incomplete`."""
    term = _term(session, acting.estate)
    if not why.strip():
        raise Incomplete("请写明注销的原因。")
    record = FilingRecord(
        id=uuid4(), term_id=term.id, kind="end", what=why.strip(), state="draft",
        begun_at=now, papers=[],
    )  # fmt: skip
    session.add(record)
    session.flush()
    return record.id


def _require_texts(session: Session, estate: UUID, record: FilingRecord) -> None:
    missing = missing_texts(session, estate, record)
    if missing:
        raise Incomplete(f"还缺{'和'.join(missing)}，请先上传文本，再提交备案。")


def _await_certificate(
    session: Session, estate: UUID, record: FilingRecord, *, now: datetime
) -> None:
    """Open the period for the certificate; a package handed in again begins it anew."""
    rules = rules_for(session, estate, now=now)
    if not rules.has(CERTIFICATE):
        return
    duty = due(CERTIFICATE, in_china(now).date(), rules)
    href = f"/estates/{estate}/committee/filings/{record.id}"
    opening = Opening(duty, record.id, "出具备案证明和刻章证明", record.what, "authority", href)
    held = open_duty(session, estate, opening, now=now)
    held.due_on, held.void_at = duty.due, None


def _require_open(record: FilingRecord) -> None:
    if record.state not in OPEN:
        raise WrongStep("备案材料已经提交，现在不能再改。退回补正之后才能修改。")


def _require_handed_in(record: FilingRecord) -> None:
    if record.state not in HANDED_IN:
        raise WrongStep("备案材料还没有提交，或者已经办结。")


def _term(session: Session, estate: UUID) -> TermRecord:
    term = term_in_office(session, estate)
    if term is None:
        raise WrongStep("这个小区还没有在任的业主委员会。")
    return term


def _tell(
    session: Session, acting: Acting, record: FilingRecord, step: str, said: str, now: datetime
) -> None:
    facts = {"files": [one["file"] for one in record.papers], "what": record.what}
    told(session, acting, Event(f"filing.{step}", said, f"filing:{record.id}", facts), now=now)
