"""Reads of projects: the list of an estate, and one project with everything its pages say."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import FileLink
from assemblies.foundation.places import Place
from assemblies.foundation.refusals import NotFound
from assemblies.records.assemblies import AssemblyRecord, ItemRecord
from assemblies.records.authorities import used_in
from assemblies.records.files import files_of
from assemblies.records.places import place_of
from assemblies.records.register import uses_zh
from assemblies.records.repairs import AuthorityRecord, InstructionRecord, RepairRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.rules import rules_for
from assemblies.repairs.queries import votes
from assemblies.repairs.queries.next_steps import next_step
from assemblies.repairs.queries.periods import posting_period
from assemblies.repairs.queries.shares import share_list
from assemblies.repairs.queries.stations import stop_of
from assemblies.repairs.queries.values import (
    Answered,
    Authority,
    Decision,
    Instruction,
    Line,
    Party,
    Project,
    Quote,
)
from assemblies.repairs.queries.words import PATHS, STATES
from voting.law.duties import due
from voting.scope import Scope

__all__ = [
    "Line",
    "Place",
    "Project",
    "lines",
    "place",
    "posted_lines",
    "posted_project",
    "project",
]


def place(session: Session, estate: UUID) -> Place:
    """Return the estate with its node; raises `NotFound`."""
    return place_of(session, estate)


def lines(session: Session, estate: UUID, *, now: datetime) -> tuple[Line, ...]:
    """Return an estate's projects, newest first."""
    found = (
        select(RepairRecord)
        .where(RepairRecord.estate_id == estate)
        .options(selectinload(RepairRecord.stations))
        .order_by(RepairRecord.number.desc())
    )
    return tuple(_line(session, one, now) for one in session.execute(found).scalars())


def posted_lines(session: Session, estate: UUID, *, now: datetime) -> tuple[Line, ...]:
    """Return an estate's projects that were posted, newest first."""
    found = select(RepairRecord.id).where(
        RepairRecord.estate_id == estate, RepairRecord.posted_at.is_not(None)
    )
    posted = set(session.execute(found).scalars())
    return tuple(one for one in lines(session, estate, now=now) if one.id in posted)


def project(session: Session, estate: UUID, repair: UUID, *, now: datetime) -> Project:
    """Return one project of an estate; raises `NotFound` for another's."""
    record = session.get(RepairRecord, repair)
    if record is None or record.estate_id != estate:
        raise NotFound
    files = _files(session, record)
    decision, until = _decision(session, record), _posted_until(session, record, now)
    shares = share_list(session, record)
    instructions = _instructions(session, record)
    return Project(
        id=record.id,
        estate=place_of(session, estate),
        number=record.number,
        title=record.title,
        path=record.path,
        path_zh=PATHS[record.path],
        state=record.state,
        state_zh=STATES[record.state],
        reason=record.reason,
        works=record.works,
        danger=record.danger,
        common_part=record.common_part,
        common_evidence=record.common_evidence,
        evidence=_named(files, record.evidence_ids),
        scope=Scope.read(record.scope),
        uses=tuple(record.uses),
        uses_zh=uses_zh(record.uses),
        answers=tuple(
            Answered(
                one["question"],
                one["answer"] == "yes",
                one["evidence"],
                _named(files, one["files"]),
            )
            for one in record.answers
        ),
        lines=tuple((one["what"], one["quantity"], one["fen"]) for one in record.lines),
        quotes=tuple(
            Quote(one["who"], one["fen"], files.get(one["file"]), one["file"])
            for one in record.quotes
        ),
        checks=tuple(
            Party(one["who"], one["name"], one["said"], datetime.fromisoformat(one["at"]))
            for one in record.checks
        ),
        photos=_named(files, record.photo_ids),
        contractor=record.contractor,
        account=record.contractor_account,
        budget=record.budget_fen,
        advance=record.advance_fen,
        settled=record.settled_fen,
        shares=shares,
        created_by=record.created_by,
        created_at=record.created_at,
        posted_at=record.posted_at,
        posted_until=until,
        posted_place=record.posted_place,
        posted_photo=files.get(str(record.posted_file_id)),
        heard=record.heard,
        heard_at=record.heard_at,
        heard_photo=files.get(str(record.heard_file_id)),
        decision=decision,
        authority=_authority(session, record, now),
        applied_at=record.applied_at,
        stops=tuple(stop_of(one, _named(files, one.file_ids), now) for one in record.stations),
        approved_at=record.approved_at,
        instructions=instructions,
        accepted_at=record.accepted_at,
        accepted_by=record.accepted_by,
        representatives=record.representatives,
        acceptance=_named(files, record.acceptance_ids),
        settled_at=record.settled_at,
        settlement=_named(files, record.settlement_ids),
        audit=files.get(str(record.audit_file_id)),
        supplement=_supplement(session, record),
        settlement_posted_at=record.settlement_posted_at,
        settlement_place=record.settlement_place,
        settlement_photo=files.get(str(record.settlement_file_id)),
        closed_at=record.closed_at,
        ended_why=record.ended_why,
        next=next_step(session, record, now=now),
    )


def posted_project(session: Session, repair: UUID, *, now: datetime) -> Project:
    """Return a project as everybody may see it; raises `NotFound` before it is posted."""
    record = session.get(RepairRecord, repair)
    if record is None or record.posted_at is None:
        raise NotFound
    return project(session, record.estate_id, repair, now=now)


def _line(session: Session, record: RepairRecord, now: datetime) -> Line:
    return Line(
        id=record.id,
        number=record.number,
        title=record.title,
        path=PATHS[record.path],
        state=record.state,
        state_zh=STATES[record.state],
        fen=record.settled_fen or record.budget_fen,
        next=next_step(session, record, now=now),
    )


def _files(session: Session, record: RepairRecord) -> dict[str, FileLink]:
    """Return every file that a repair names, by id, in one statement."""
    named: list[str] = [
        *record.evidence_ids, *record.photo_ids, *record.acceptance_ids, *record.settlement_ids,
        *(one["file"] for one in record.quotes),
        *(file for one in record.answers for file in one["files"]),
        *(file for one in record.stations for file in one.file_ids),
    ]  # fmt: skip
    alone = (
        record.posted_file_id, record.heard_file_id, record.audit_file_id,
        record.settlement_file_id,
    )  # fmt: skip
    named += [str(one) for one in alone if one is not None]
    return {str(one.id): one.link() for one in files_of(session, named)}


def _named(files: Mapping[str, FileLink], ids: Iterable[str]) -> tuple[FileLink, ...]:
    return tuple(files[one] for one in ids if one in files)


def _posted_until(session: Session, record: RepairRecord, now: datetime) -> date | None:
    if record.posted_at is None:
        return None
    rules = rules_for(session, record.estate_id, now=now)
    return due(posting_period(record.path), in_china(record.posted_at).date(), rules).last


def _decision(session: Session, record: RepairRecord) -> Decision | None:
    if record.item_id is None:
        return None
    item = session.get_one(ItemRecord, record.item_id)
    assembly = session.get_one(AssemblyRecord, item.assembly_id)
    found = votes.resolution_of(session, record)
    return Decision(
        assembly=assembly.id,
        assembly_title=assembly.title,
        item=item.id,
        item_number=item.number,
        resolution=found.id if found else None,
        number=found.number if found else "",
        outcome=found.outcome if found else "",
        counts=found.counts if found else "",
        published_at=found.published_at if found else None,
        state=found.state if found else "",
        carries=found is not None and votes.carries(found),
    )


def _authority(session: Session, record: RepairRecord, now: datetime) -> Authority | None:
    if record.authority_id is None:
        return None
    return authority_view(session, session.get_one(AuthorityRecord, record.authority_id), now=now)


def authority_view(session: Session, record: AuthorityRecord, *, now: datetime) -> Authority:
    """Return an authority with its limits and what was used of it this year."""
    return Authority(
        id=record.id,
        covers=record.covers,
        each=record.each_fen,
        yearly=record.yearly_fen,
        used=used_in(session, record.id, in_china(now).year),
        number=session.get_one(ResolutionRecord, record.resolution_id).number,
    )


def _instructions(session: Session, record: RepairRecord) -> tuple[Instruction, ...]:
    found = select(InstructionRecord).where(InstructionRecord.repair_id == record.id)
    papers = list(session.execute(found.order_by(InstructionRecord.given_at)).scalars())
    advices = files_of(session, [one.advice_file_id for one in papers if one.advice_file_id])
    links = {one.id: one.link() for one in advices}
    return tuple(
        Instruction(
            one.id, one.kind, one.amount_fen, one.payee, one.payee_account, one.given_by,
            one.given_at, one.paid_at, links.get(one.advice_file_id or one.id),
        )
        for one in papers
    )  # fmt: skip


def _supplement(session: Session, record: RepairRecord) -> str:
    if record.supplement_id is None:
        return ""
    found = session.get_one(ResolutionRecord, record.supplement_id)
    return f"{found.number}　{found.title}"
