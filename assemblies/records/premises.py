"""The register: estates, buildings, parts, the persons who own them, and what was imported."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assemblies.foundation.database import Record, UtcDateTime


class EstateRecord(Record):
    """A residential estate; its node places it in the administrative tree."""

    __tablename__ = "estates"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    node_id: Mapped[UUID] = mapped_column(ForeignKey("nodes.id"), unique=True)
    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    developer: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    # Which pack of rules governs what is done between assemblies (each assembly freezes its own).
    pack: Mapped[str] = mapped_column(default="shandong")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Goes up with every change of the register, so that a preview made before is seen as stale.
    register_version: Mapped[int] = mapped_column(default=0)
    buildings: Mapped[list["BuildingRecord"]] = relationship(
        back_populates="estate", order_by="BuildingRecord.position"
    )


class BuildingRecord(Record):
    """A building (幢) of an estate; an underground garage is one too."""

    __tablename__ = "buildings"
    __table_args__ = (UniqueConstraint("estate_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    key: Mapped[str]
    name: Mapped[str]
    position: Mapped[int]
    estate: Mapped[EstateRecord] = relationship(back_populates="buildings")


class PartRecord(Record):
    """An exclusive part (专有部分): flat, shop, parking bay. Area in dm² (0.01 m²)."""

    __tablename__ = "parts"
    __table_args__ = (UniqueConstraint("building_id", "entrance_key", "room_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    building_id: Mapped[UUID] = mapped_column(ForeignKey("buildings.id"), index=True)
    entrance_key: Mapped[str]
    room_key: Mapped[str]
    entrance: Mapped[str]
    floor: Mapped[str]
    room: Mapped[str]
    area_dm2: Mapped[int]
    basis: Mapped[str]
    use: Mapped[str]
    status: Mapped[str]
    unit_code: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    delivery: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    building: Mapped[BuildingRecord] = relationship()
    ownerships: Mapped[list["OwnershipRecord"]] = relationship(
        back_populates="part", order_by="OwnershipRecord.position", cascade="all, delete-orphan"
    )


class PersonRecord(Record):
    """An owner, person or company. ID number and phones are sealed; the key is not in here."""

    __tablename__ = "persons"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    id_type: Mapped[str] = mapped_column(default="")
    id_sealed: Mapped[bytes | None]
    id_index: Mapped[str | None] = mapped_column(index=True)
    id_last4: Mapped[str] = mapped_column(default="")
    # JSON list of phone numbers, sealed as one field.
    phones_sealed: Mapped[bytes | None]
    # Keyed fingerprint of name and first phone: how a person without an ID is found again.
    contact_index: Mapped[str | None] = mapped_column(index=True)


class OwnershipRecord(Record):
    """That a person owns (a share of) a part."""

    __tablename__ = "ownerships"
    __table_args__ = (UniqueConstraint("part_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("parts.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    position: Mapped[int]
    share_numerator: Mapped[int | None]
    share_denominator: Mapped[int | None]
    representative: Mapped[bool] = mapped_column(default=False)
    part: Mapped[PartRecord] = relationship(back_populates="ownerships")
    person: Mapped[PersonRecord] = relationship()


class ImportBatchRecord(Record):
    """One uploaded register: previewed, then applied whole or not at all, then perhaps undone."""

    __tablename__ = "import_batches"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    filename: Mapped[str]
    sha256: Mapped[str]
    # The file itself, sealed (it carries ID numbers); dropped once the batch is settled.
    upload_sealed: Mapped[bytes | None]
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # What the clerk typed in from the survey: {"parts": int, "area_dm2": int, ...}.
    survey: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    base_version: Mapped[int]
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    applied_version: Mapped[int | None]
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # How to undo it: the parts as they were before, sealed canonical JSON.
    before_sealed: Mapped[bytes | None]
