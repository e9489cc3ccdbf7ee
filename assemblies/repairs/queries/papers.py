"""What the application says of the vote: totals by heads and area, and no household's choice."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.records.assemblies import AssemblyRecord, DocumentRecord, ItemRecord
from assemblies.records.files import files_of
from assemblies.records.logs import LogEntryRecord
from assemblies.records.repairs import RepairRecord
from voting.law.majorities import Count
from voting.log import kinds
from voting.result import ItemResult, Result
from voting.roll import Roll

MOST_PICTURES = 4


@dataclass(frozen=True, slots=True)
class Vote:
    """The vote on a project: its assembly, and each count of the result; none before the count."""

    assembly: UUID
    title: str
    number: str
    item: ItemResult | None
    # The parts whose voters handed a ballot in; none before the roll was frozen.
    voted: frozenset[UUID] | None

    @property
    def counts(self) -> tuple[tuple[str, Count], ...]:
        """Return every count with its name."""
        if self.item is None:
            return ()
        line = self.item.lines[0]
        return (
            ("应参与表决", self.item.entitled),
            ("参与表决", self.item.took_part),
            ("同意", line.agreed),
            ("反对", line.against),
            ("弃权", line.abstained),
            ("未参与表决", self.item.silent),
        )


def vote_of(session: Session, repair: UUID) -> Vote | None:
    """Return the vote on a project, none where it has no item."""
    record = session.get_one(RepairRecord, repair)
    if record.item_id is None:
        return None
    found = (
        select(AssemblyRecord)
        .join(ItemRecord, ItemRecord.assembly_id == AssemblyRecord.id)
        .where(ItemRecord.id == record.item_id)
    )
    assembly = session.execute(found).scalar_one()
    document = session.get(DocumentRecord, (assembly.id, "result.json"))
    result = Result.decode(document.content) if document else None
    items = result.items if result else ()
    item = next((one for one in items if one.item == record.item_id), None)
    voted = _voted(session, assembly)
    return Vote(assembly.id, assembly.title, assembly.publication_number, item, voted)


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photographs as data URIs: of the posting, and of what was found on the spot."""

    posting: tuple[str, ...]
    spot: tuple[str, ...]


def pictures_of(session: Session, repair: UUID) -> Pictures:
    """Return the photographs that a project's papers show."""
    record = session.get_one(RepairRecord, repair)
    named = [one for one in (record.posted_file_id, record.heard_file_id) if one is not None]
    spot = record.photo_ids[:MOST_PICTURES] if record.checks else []
    return Pictures(_as_uris(session, named), _as_uris(session, spot))


def _as_uris(session: Session, named: Sequence[str | UUID]) -> tuple[str, ...]:
    """Return files as data URIs; a PDF among them has no picture to show."""
    return tuple(
        f"data:{one.media_type};base64,{b64encode(one.content).decode('ascii')}"
        for one in files_of(session, named)
        if one.media_type.startswith("image/")
    )


def _voted(session: Session, assembly: AssemblyRecord) -> frozenset[UUID] | None:
    """Return the parts whose voters took part: that they did, never what they chose."""
    roll = session.get(DocumentRecord, (assembly.id, "roll.jsonl"))
    if roll is None or assembly.log_id is None:
        return None
    found = select(LogEntryRecord.subject).where(
        LogEntryRecord.log_id == assembly.log_id,
        LogEntryRecord.kind == kinds.BALLOT,
        LogEntryRecord.at < assembly.closes_at,
    )
    took_part = set(session.execute(found).scalars())
    return frozenset(
        part.id
        for voter in Roll.decode(roll.content).voters
        if voter.id in took_part
        for part in voter.parts
    )
