"""An owners' assembly: its items and papers, its frozen documents, voters, letters and devices."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assemblies.foundation.database import Record, UtcDateTime
from voting import canonical
from voting.agenda import Attachment, Item, ItemKind, Option
from voting.canonical import Plain
from voting.law.matters import Matter
from voting.scope import Scope


class AssemblyRecord(Record):
    """One assembly (业主大会会议) from draft to publication.

    `phase` is the last step done: draft, reviewed, posted, frozen, closed, opened, counted,
    certified, published. Whether voting is open follows from `frozen` and the clock.
    """

    __tablename__ = "assemblies"
    __table_args__ = (UniqueConstraint("estate_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    # committee | preparatory | street
    convener: Mapped[str]
    convener_name: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    phase: Mapped[str] = mapped_column(default="draft")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    # The rule pack under the house rules: "national" or "shandong" (which stands on national).
    pack: Mapped[str] = mapped_column(default="shandong")
    # voting.law.rules.HouseRules as JSON; null until the convener has recorded all of them.
    house_rules: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    planned_post: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    review_answer: Mapped[str] = mapped_column(default="")
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    objections_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    certified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    certified_by: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publication_number: Mapped[str] = mapped_column(default="")
    # The opening key: public JWK, and the private half wrapped under the keeper's passphrase.
    keeper_name: Mapped[str] = mapped_column(default="")
    opening_public: Mapped[dict[str, str] | None] = mapped_column(JSON)
    opening_wrapped: Mapped[str | None]
    # The private half after the opening (PEM, sealed): it goes into the audit edition.
    opened_key_sealed: Mapped[bytes | None]
    log_id: Mapped[UUID | None] = mapped_column(ForeignKey("logs.id"))
    items: Mapped[list["ItemRecord"]] = relationship(
        back_populates="assembly", order_by="ItemRecord.number"
    )


class ItemRecord(Record):
    """One item to decide (表决事项); its JSON columns are shaped as in voting/SPEC.md."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("assembly_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    assembly_id: Mapped[UUID] = mapped_column(ForeignKey("assemblies.id"), index=True)
    number: Mapped[int]
    matter: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    scope: Mapped[dict[str, Any]] = mapped_column(JSON)
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    seats: Mapped[int] = mapped_column(default=0)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    assembly: Mapped[AssemblyRecord] = relationship(back_populates="items")
    attachments: Mapped[list["AttachmentRecord"]] = relationship(
        back_populates="item", order_by="AttachmentRecord.position", cascade="all, delete-orphan"
    )

    def take(self, item: Item) -> None:
        """Record what a value says, all but its attachments, which come with their bytes."""
        self.number, self.matter, self.kind = item.number, item.matter.value, item.kind.value
        self.title, self.text, self.seats = item.title, item.text, item.seats
        self.scope = _as_json(item.scope.plain())
        self.options = _as_json([option.plain() for option in item.options])
        self.details = _as_json(dict(item.details or {}))

    def value(self) -> Item:
        """Return the item as voters read it and the agenda hashes it; raises `Malformed`."""
        return Item(
            id=self.id,
            number=self.number,
            matter=Matter(self.matter),
            kind=ItemKind(self.kind),
            title=self.title,
            text=self.text,
            scope=Scope.read(self.scope),
            options=tuple(Option.read(option) for option in self.options),
            seats=self.seats,
            attachments=tuple(one.value() for one in self.attachments),
            details=self.details,
        )


def _as_json(value: Plain) -> Any:
    """Return a value as a JSON column gives it back: lists for tuples."""
    return canonical.decode(canonical.encode(value))


class AttachmentRecord(Record):
    """A paper that voters read with an item; its bytes are fixed by the hash in the agenda."""

    __tablename__ = "attachments"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("items.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    item: Mapped[ItemRecord] = relationship(back_populates="attachments")

    def value(self) -> Attachment:
        """Return what the agenda says of the paper, without its bytes."""
        return Attachment(self.id, self.name, self.media_type, self.size, self.sha256)


class DocumentRecord(Record):
    """A frozen document of an assembly (roll.jsonl, agenda.json, rules.json, result.json)."""

    __tablename__ = "documents"

    assembly_id: Mapped[UUID] = mapped_column(ForeignKey("assemblies.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The last column: SQLite would walk through a whole roll to reach what lies behind it.
    content: Mapped[bytes]


class VoterRecord(Record):
    """A head on the frozen roll; `line` is its line there, word for word.

    Pages read weights from `line`; the count reads the frozen document, whose hash is logged.
    """

    __tablename__ = "voters"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    assembly_id: Mapped[UUID] = mapped_column(ForeignKey("assemblies.id"), index=True)
    position: Mapped[int]
    # Where the letter goes, first part in register order: "1号楼1单元101".
    label: Mapped[str]
    area_dm2: Mapped[int]
    developer: Mapped[bool] = mapped_column(default=False)
    line: Mapped[bytes]
    persons: Mapped[list["VoterPersonRecord"]] = relationship(back_populates="voter")


class VoterPersonRecord(Record):
    """That a person belongs to the owner group behind a voter."""

    __tablename__ = "voter_persons"

    voter_id: Mapped[UUID] = mapped_column(ForeignKey("voters.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    voter: Mapped[VoterRecord] = relationship(back_populates="persons")


class LetterRecord(Record):
    """One printed letter; its code is derived from voter and serial, only its index is kept."""

    __tablename__ = "letters"
    __table_args__ = (UniqueConstraint("voter_id", "serial"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    assembly_id: Mapped[UUID] = mapped_column(ForeignKey("assemblies.id"), index=True)
    voter_id: Mapped[UUID] = mapped_column(ForeignKey("voters.id"), index=True)
    serial: Mapped[int]
    code_index: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    void_reason: Mapped[str] = mapped_column(default="")


class CredentialRecord(Record):
    """A device key that may sign for a voter: the registrar's signed word, as in the log."""

    __tablename__ = "credentials"
    __table_args__ = (UniqueConstraint("assembly_id", "thumbprint"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    assembly_id: Mapped[UUID] = mapped_column(ForeignKey("assemblies.id"))
    voter_id: Mapped[UUID] = mapped_column(ForeignKey("voters.id"), index=True)
    thumbprint: Mapped[str]
    assurance: Mapped[str]
    token: Mapped[str]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ObjectionRecord(Record):
    """An objection to the posted roll or to the preliminary result, and its answer."""

    __tablename__ = "objections"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    assembly_id: Mapped[UUID] = mapped_column(ForeignKey("assemblies.id"), index=True)
    # roll | result
    stage: Mapped[str]
    text: Mapped[str]
    # How to reach the one who objects, sealed.
    contact_sealed: Mapped[bytes | None]
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TurnoutRecord(Record):
    """How many took part, counted at most once a minute for the public board."""

    __tablename__ = "turnouts"

    assembly_id: Mapped[UUID] = mapped_column(ForeignKey("assemblies.id"), primary_key=True)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    heads: Mapped[int]
    area_dm2: Mapped[int]
    log_size: Mapped[int]
