"""A clerk with an empty estate, who imports registers and looks at the rows they became."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from assemblies.estates.queries.register import stored
from assemblies.estates.register.export import COLUMNS, table
from assemblies.estates.register.identity import RESIDENT
from assemblies.estates.register.values import (
    Basis,
    ExistingPart,
    PartKey,
    RegisterOwner,
    Status,
    Use,
)
from assemblies.estates.services.estates import Particulars, create_estate
from assemblies.estates.services.imports import Upload, import_register
from assemblies.estates.stored import Stored, StoredPart
from assemblies.estates.surveys import NOT_SURVEYED, Survey
from assemblies.foundation.database import Record
from assemblies.foundation.secrets import Keys
from assemblies.records.people import AccountRecord, NodeRecord
from assemblies.records.premises import (
    BuildingRecord,
    OwnershipRecord,
    PartRecord,
    PersonRecord,
)
from tests.assemblies.estates.register.making import resident

TABLES: tuple[type[Record], ...] = (BuildingRecord, PersonRecord, PartRecord)


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who works on one estate within one transaction."""

    session: Session
    keys: Keys
    estate: UUID
    account: UUID
    now: datetime

    def take_in(self, *parts: ExistingPart) -> UUID:
        """Import a register that says just this."""
        return self.take_file(as_csv(*parts), "名册.csv")

    def take_file(
        self, data: bytes, filename: str = "名册.xlsx", survey: Survey = NOT_SURVEYED
    ) -> UUID:
        """Import a file, everything confirmed."""
        upload = Upload(filename, data, survey)
        return import_register(
            self.session, self.estate, upload, self.keys, by=self.account, now=self.now
        )

    def standing(self) -> Stored:
        """Return the register as it stands."""
        self.session.expire_all()
        return stored(self.session, self.estate, self.keys)

    def part(self, room: str, building: str = "1", entrance: str = "1") -> StoredPart:
        """Return one stored part."""
        return self.standing().parts[PartKey(building, entrance, room)]

    def person(self, room: str) -> UUID:
        """Return the first owner of a room."""
        return self.part(room).persons[0]

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return every row of the register's tables, byte for byte."""
        self.session.expire_all()
        found = {
            table.__tablename__: self._rows(table, "estate_id", [self.estate]) for table in TABLES
        }
        parts = [row["id"] for row in found["parts"]]
        return found | {"ownerships": self._rows(OwnershipRecord, "part_id", parts)}

    def _rows(self, table: type[Record], column: str, ids: list[UUID]) -> list[dict[str, Any]]:
        columns = inspect(table).columns
        chosen = select(*columns).where(columns[column].in_(ids)).order_by(columns["id"])
        return [dict(row) for row in self.session.execute(chosen).mappings()]


def clerk_of(session: Session, keys: Keys, now: datetime) -> Clerk:
    """Found an estate in a community of its own, and open an account to act in its name."""
    node = NodeRecord(id=uuid4(), kind="community", name="和平社区（示例）")
    account = AccountRecord(
        id=uuid4(),
        username=f"clerk-{uuid4().hex[:8]}",
        display_name="林主任",
        password_hash="",
        created_at=now,
        session_mark="",
    )
    session.add_all([node, account])
    session.flush()
    estate = create_estate(session, Particulars("和平里小区（示例）"), parent=node.id, now=now)
    return Clerk(session, keys, estate, account.id, now)


def as_csv(*parts: ExistingPart) -> bytes:
    """Write a register as a file, in the quickest of the ways that are read."""
    file = io.StringIO()
    csv.writer(file).writerows([list(COLUMNS), *table(parts)])
    return file.getvalue().encode()


def flat(
    room: str,
    *owners: RegisterOwner,
    area: int = 98_35,
    building: str = "1",
    use: Use = Use.DWELLING,
    status: Status = Status.SOLD,
) -> ExistingPart:
    """Return a flat in the first entrance of a building."""
    return ExistingPart(
        PartKey(building, "1", room),
        f"{building}号楼",
        "1单元",
        room[:-2],
        room,
        area,
        Basis.REGISTER,
        use,
        status,
        owners=owners,
    )


def owner(
    name: str, number: int | None = None, *phones: str, share: Any = None, speaks: bool = False
) -> RegisterOwner:
    """Return an owner; the number stands for an invented resident ID."""
    return RegisterOwner(
        name,
        id_type=RESIDENT if number is not None else "",
        id_number=resident(number) if number is not None else None,
        phones=phones,
        share=share,
        representative=speaks,
    )
