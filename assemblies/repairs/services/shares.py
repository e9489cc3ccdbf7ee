"""What each part bears of a repair: by area, to the fen, recomputed until the plan is posted."""

from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete
from assemblies.records.ledger import part_balances
from assemblies.records.register import register
from assemblies.records.repairs import RepairRecord, ShareRecord
from voting.law import funds
from voting.scope import Scope


def share_out(session: Session, record: RepairRecord) -> None:
    """Divide the sum of a repair among the parts that own what is repaired (F165 20, CC 283).

    In an emergency the sum is the settled cost as soon as there is one, else the budget. Raises
    `Incomplete` where nobody is left to bear it.
    """
    session.execute(delete(ShareRecord).where(ShareRecord.repair_id == record.id))
    amount = record.settled_fen or record.budget_fen
    if amount > 0:
        rows = _rows(session, record, amount)
        session.execute(insert(ShareRecord), rows)
    session.flush()
    session.expire(record, ["shares"])


def areas(record: RepairRecord) -> dict[UUID, int]:
    """Return the areas that bear a repair, in the order of the posted list."""
    return {share.part_id: share.area_dm2 for share in record.shares}


def short_of(session: Session, record: RepairRecord, owed: dict[UUID, int]) -> dict[UUID, int]:
    """Return what is missing from the balance of each part that cannot bear what it owes."""
    held = part_balances(session, owed)
    return {
        part: fen - held.get(part, 0)
        for part, fen in owed.items()
        if fen > 0 and held.get(part, 0) < fen
    }


def _rows(session: Session, record: RepairRecord, amount: int) -> list[dict[str, object]]:
    parts = register(session, record.estate_id)
    bearing = parts.within(Scope.read(record.scope), record.uses)
    if not bearing:
        raise Incomplete("分摊范围里没有房屋，请检查共有的范围和分摊的用途。")
    borne = funds.shares(amount, {part.id: part.area for part in bearing})
    return [
        {
            "repair_id": record.id,
            "part_id": part.id,
            "position": position,
            "building": part.building,
            "label": part.label,
            "area_dm2": part.area,
            "fen": borne[part.id],
            "unsold": part.unsold,
        }
        for position, part in enumerate(bearing, 1)
    ]
