"""What the application says of the vote: totals by heads and area, and no household's choice."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.records.assemblies import AssemblyRecord, DocumentRecord, ItemRecord
from assemblies.records.repairs import RepairRecord
from voting.law.majorities import Count
from voting.result import ItemResult, Result


@dataclass(frozen=True, slots=True)
class Vote:
    """The vote on a project: its assembly, and each count of the result; none before the count."""

    assembly: UUID
    title: str
    number: str
    item: ItemResult | None

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
    return Vote(assembly.id, assembly.title, assembly.publication_number, item)
