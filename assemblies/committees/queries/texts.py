"""The texts in force: rules of procedure and covenant, as the owners last passed them here."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.places import Place
from assemblies.records.assemblies import ItemRecord
from assemblies.records.details import Amendment, details_of
from assemblies.records.people import NodeRecord
from assemblies.records.places import place_of
from assemblies.records.resolutions import ResolutionRecord
from voting.law.matters import Matter

KIND_OF = {Matter.RULES.value: "rules", Matter.COVENANT.value: "covenant"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text that the owners passed, and by which resolution."""

    kind: str
    title: str
    number: str
    draft: str


def texts_of(session: Session, estate: UUID) -> dict[str, Text]:
    """Return the latest passed text of each kind, by kind: rules, covenant."""
    found = (
        select(ItemRecord, ResolutionRecord)
        .join(ResolutionRecord, ResolutionRecord.item_id == ItemRecord.id)
        .where(
            ResolutionRecord.estate_id == estate,
            ResolutionRecord.outcome == "passed",
            ResolutionRecord.state != "revoked",
            ItemRecord.matter.in_(KIND_OF),
        )
        .order_by(ResolutionRecord.published_at)
    )
    texts: dict[str, Text] = {}
    for item, resolution in session.execute(found):
        details = details_of(item.value())
        if isinstance(details, Amendment):
            kind = KIND_OF[item.matter]
            texts[kind] = Text(kind, item.title, resolution.number, details.draft)
    return texts


def street_of(session: Session, estate: UUID) -> str:
    """Return what the street office above an estate is called."""
    node = session.get(NodeRecord, place_of(session, estate).node)
    while node is not None and node.kind != "street":
        node = session.get(NodeRecord, node.parent_id) if node.parent_id else None
    if node is None:
        return "街道办事处"
    return node.name if node.name.endswith("办事处") else f"{node.name}办事处"


def estate_place(session: Session, estate: UUID) -> Place:
    """Return the estate with its node; raises `NotFound`."""
    return place_of(session, estate)
