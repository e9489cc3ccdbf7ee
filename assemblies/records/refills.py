"""Re-funding (续筹): parts whose balance fell below the share of their first payment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from assemblies.foundation.wording import money_text
from assemblies.records.duties import Done, DutyRecord, Opening, fulfil, open_duty
from assemblies.records.ledger import FirstPaymentRecord, balances_of
from assemblies.records.premises import BuildingRecord, PartRecord
from assemblies.records.rounds import next_source, standing_round
from assemblies.records.rules import rules_for
from assemblies.records.supervision import Happened, digest_of, tell
from voting.law.duties import Duty
from voting.law.funds import needs_refill
from voting.law.matters import Matter
from voting.law.rules import Rules

LINE = "fund_refill_below"


@dataclass(frozen=True, slots=True)
class Below:
    """One part under the line: what it holds, what it paid at first, and what lacks, in fen."""

    part: UUID
    label: str
    balance: int
    first: int
    to_line: int

    @property
    def to_first(self) -> int:
        """Return what lacks to the whole of the first payment."""
        return self.first - self.balance


@dataclass(frozen=True, slots=True)
class Building:
    """The parts of one building that are under the line."""

    id: UUID
    name: str
    parts: tuple[Below, ...]

    @property
    def said(self) -> str:
        """Say whom it concerns and how much is missing."""
        named = "、".join(one.label for one in self.parts[:_NAMED])
        word = "等" if len(self.parts) > _NAMED else "，共"
        more = f"{word} {len(self.parts)} 户"
        to_line = money_text(sum(one.to_line for one in self.parts))
        to_first = money_text(sum(one.to_first for one in self.parts))
        return f"{named}{more}，达到续筹线还差 {to_line}，补足首次交存额还差 {to_first}"


_NAMED = 5


def below_line(session: Session, estate: UUID, rules: Rules) -> tuple[Building, ...]:
    """Return the buildings with parts under the line, in register order; raises `NoSuchRule`."""
    held = balances_of(session, estate)
    rows = session.execute(
        select(PartRecord, BuildingRecord, FirstPaymentRecord.amount_fen)
        .join(BuildingRecord, BuildingRecord.id == PartRecord.building_id)
        .join(FirstPaymentRecord, FirstPaymentRecord.part_id == PartRecord.id)
        .where(PartRecord.estate_id == estate)
        .order_by(BuildingRecord.position, PartRecord.entrance_key, PartRecord.room_key)
    )
    found: dict[UUID, tuple[str, list[Below]]] = {}
    for part, building, first in rows:
        balance = held.get(part.id, 0)
        if needs_refill(balance, first, rules):
            label = f"{building.name}{part.entrance}{part.room}"
            below = Below(part.id, label, balance, first, _line(first, rules) - balance)
            found.setdefault(building.id, (building.name, []))[1].append(below)
    return tuple(Building(one, name, tuple(parts)) for one, (name, parts) in found.items())


def watch(session: Session, estate: UUID, keys: Keys, *, by: str, now: datetime) -> None:
    """Open, renew or end the re-funding duty of each building after balances have changed.

    A building has one duty while any of its parts is under the line; the supervision record hears
    of it when it opens. Call it after every booking in the fund, in the same transaction.
    """
    rules = rules_for(session, estate, now=now)
    if not rules.has(LINE):
        return
    below = {one.id: one for one in below_line(session, estate, rules)}
    for building in _buildings(session, estate):
        standing = standing_round(session, building, LINE)
        if building in below and standing is None:
            _open(session, estate, below[building], rules, keys, by=by, now=now)
        elif building in below and standing is not None:
            standing.about = below[building].said
        elif standing is not None:
            _end(session, standing, by, now)


def _buildings(session: Session, estate: UUID) -> Iterable[UUID]:
    found = select(BuildingRecord.id).where(BuildingRecord.estate_id == estate)
    return session.scalars(found.order_by(BuildingRecord.position)).all()


def _open(  # noqa: PLR0913 -- where, what, by which rules, by whom, when
    session: Session,
    estate: UUID,
    building: Building,
    rules: Rules,
    keys: Keys,
    *,
    by: str,
    now: datetime,
) -> None:
    parameter = rules.parameter(LINE)
    duty = Duty(
        LINE, parameter.said_zh, "自余额低于续筹线起", None, parameter.verified, parameter.law
    )
    source = next_source(session, building.id, LINE)
    agree = rules.majority(Matter.FUND_RAISE)
    asked = f"参与的业主面积{agree.area.words_zh}、人数{agree.heads.words_zh}同意"
    title = f"{building.name}维修资金续筹：提交业主表决（第 6 类事项，{asked}）"
    href = f"/estates/{estate}/fund/refill"
    opened = open_duty(
        session, estate, Opening(duty, source, title, building.said, href=href), now=now
    )
    facts = {str(one.part): one.balance for one in building.parts}
    said = f"{building.name}维修资金需要续筹：{building.said}。"
    told = Happened("fund.refill", said, by, f"duty:{opened.id}", digest_of(facts))
    tell(session, estate, told, keys, now=now)


def _end(session: Session, standing: DutyRecord, by: str, now: datetime) -> None:
    done = Done(by, "各户余额都已回到续筹线以上")
    fulfil(session, standing.source_id, LINE, done, now=now)


def _line(first: int, rules: Rules) -> int:
    """Return the least balance, in fen, at which a part needs no re-funding."""
    return ceil(rules.share(LINE) * first)
