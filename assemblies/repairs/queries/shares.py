"""The share list of a project as pages and papers show it, and which parts cannot bear theirs."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.records.ledger import part_balances
from assemblies.records.repairs import RepairRecord, ShareRecord
from voting.law import funds


@dataclass(frozen=True, slots=True)
class Share:
    """What one part bears, and what the fund holds for it today."""

    part: UUID
    building: str
    label: str
    area: int
    fen: int
    unsold: bool
    balance: int
    # What it bears of the settled cost; nothing before the settlement.
    settled: int

    @property
    def short(self) -> int:
        """Return what is missing from the balance before anything is paid."""
        return max(self.fen - self.balance, 0)


@dataclass(frozen=True, slots=True)
class Building:
    """The shares of one building with their sums."""

    name: str
    shares: tuple[Share, ...]

    @property
    def area(self) -> int:
        """Return the area that bears, in dm²."""
        return sum(one.area for one in self.shares)

    @property
    def fen(self) -> int:
        """Return what it bears."""
        return sum(one.fen for one in self.shares)

    @property
    def settled(self) -> int:
        """Return what it bears of the settled cost."""
        return sum(one.settled for one in self.shares)


@dataclass(frozen=True, slots=True)
class ShareList:
    """All shares of a project in the order of the register."""

    shares: tuple[Share, ...]

    @property
    def area(self) -> int:
        """Return the area that bears, in dm²."""
        return sum(one.area for one in self.shares)

    @property
    def fen(self) -> int:
        """Return the sum that is borne."""
        return sum(one.fen for one in self.shares)

    @property
    def buildings(self) -> tuple[Building, ...]:
        """Return the shares building by building."""
        grouped = groupby(self.shares, key=lambda one: one.building)
        return tuple(Building(name, tuple(held)) for name, held in grouped)

    @property
    def unsold(self) -> tuple[Share, ...]:
        """Return the shares that the developer pays (F165 21)."""
        return tuple(one for one in self.shares if one.unsold)

    @property
    def unsold_fen(self) -> int:
        """Return what the developer pays in all."""
        return sum(one.fen for one in self.unsold)

    @property
    def short(self) -> tuple[Share, ...]:
        """Return the shares of owners that their balance does not cover."""
        return tuple(one for one in self.shares if one.short and not one.unsold)

    @property
    def short_fen(self) -> int:
        """Return what is missing from owners' balances in all."""
        return sum(one.short for one in self.short)


def share_list(session: Session, record: RepairRecord) -> ShareList:
    """Return the shares of a repair with today's balances, and of its cost once it is settled."""
    areas = {one.part_id: one.area_dm2 for one in record.shares}
    held = part_balances(session, areas)
    borne = funds.shares(record.settled_fen, areas) if record.settled_fen and areas else {}
    return ShareList(tuple(_share(one, held, borne) for one in record.shares))


def _share(one: ShareRecord, held: dict[UUID, int], borne: dict[UUID, int]) -> Share:
    return Share(
        part=one.part_id,
        building=one.building,
        label=one.label,
        area=one.area_dm2,
        fen=one.fen,
        unsold=one.unsold,
        balance=held.get(one.part_id, 0),
        settled=borne.get(one.part_id, 0),
    )
