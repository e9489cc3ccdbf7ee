"""Money spread over parts: by area, the same each, by balance, or as a list says; always exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete
from assemblies.funds.opening.amounts import amount
from assemblies.funds.opening.homes import Homes
from assemblies.funds.opening.rows import Row
from assemblies.records.ledger import balances_of
from assemblies.records.register import PartLine, Register, register
from voting.canonical import sha256_hex
from voting.law.funds import shares

_MOST_SAID = 5


class Way(Enum):
    """How an amount becomes lines, with the words on the screen."""

    SQUARE = "按面积：每平方米一个标准"
    EACH = "每处一样多"
    AREA = "一个总数，按面积分摊"
    LIST = "逐户填写"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be spread: the way, the amount in fen, over what; or a list, word for word."""

    way: Way
    amount: int = 0
    buildings: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """What each part gets or bears, in register order, with labels to be looked at first."""

    lines: Mapping[UUID, int]
    labels: Mapping[UUID, str]

    @property
    def total(self) -> int:
        """Return the sum."""
        return sum(self.lines.values())

    @property
    def mark(self) -> str:
        """Return a fingerprint: what was looked at is what is booked."""
        text = ";".join(f"{part}={fen}" for part, fen in self.lines.items())
        return sha256_hex(text.encode())[:16]

    def negated(self) -> dict[UUID, int]:
        """Return the lines as money that goes out."""
        return {part: -fen for part, fen in self.lines.items()}


def spread(session: Session, estate: UUID, wanted: Wanted) -> Spread:
    """Spread an amount; raises `Incomplete` for a list that cannot be read, or for nobody."""
    known = register(session, estate)
    if wanted.way is Way.LIST:
        return _listed(known, wanted.listed)
    parts = _chosen(known, wanted)
    if wanted.amount <= 0:
        raise Incomplete("请填写金额。")
    match wanted.way:
        case Way.SQUARE:
            lines = {part.id: _by_square(part, wanted.amount) for part in parts}
        case Way.EACH:
            lines = dict.fromkeys((part.id for part in parts), wanted.amount)
        case _:
            lines = shares(wanted.amount, {part.id: part.area for part in parts})
    return _spread(lines, parts)


def by_balance(session: Session, estate: UUID, amount: int) -> Spread:
    """Divide an amount by what each part holds, to the fen; raises `Incomplete`."""
    known = register(session, estate)
    held = {part: fen for part, fen in balances_of(session, estate).items() if fen > 0}
    weights = {part.id: held[part.id] for part in known.parts if part.id in held}
    if amount <= 0 or not weights:
        raise Incomplete("没有有余额的房屋，利息没有地方可分。" if amount > 0 else "请填写金额。")
    return _spread(shares(amount, weights), known.parts)


def _chosen(known: Register, wanted: Wanted) -> tuple[PartLine, ...]:
    buildings = wanted.buildings or known.buildings
    chosen = tuple(
        part for part in known.parts if part.building in buildings and part.use in wanted.uses
    )
    if not chosen:
        raise Incomplete("选定的楼栋和用途里没有房屋，请重新选择。")
    return chosen


def _by_square(part: PartLine, rate: int) -> int:
    """Return a rate in fen a square metre for a part's area, rounded to the fen."""
    exact = Decimal(rate) * part.area / 100
    return int(exact.to_integral_value(ROUND_HALF_UP))


def _listed(known: Register, text: str) -> Spread:
    homes, lines, wrong = Homes(known.parts), dict[UUID, int](), list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        place, _, typed = line.strip().replace("\t", " ").replace("，", " ").rpartition(" ")
        part, doubt = homes.find(Row("", number, "", "", place.strip(), "", ""))
        if part is None:
            wrong.append(f"第 {number} 行：{doubt.said_zh if doubt else ''}")
        elif part.id in lines:
            wrong.append(f"第 {number} 行：{part.label} 出现了两次。")
        else:
            fen, odd = amount(typed)
            wrong += [f"第 {number} 行：金额{odd.said_zh}。"] if odd else []
            lines[part.id] = fen or 0
    if wrong:
        raise Incomplete("".join(wrong[:_MOST_SAID]))
    if not any(lines.values()):
        raise Incomplete("请逐户填写，每行一处，例如：1号楼1单元101 500.00")
    return _spread(lines, known.parts)


def _spread(lines: Mapping[UUID, int], parts: Sequence[PartLine]) -> Spread:
    kept = {part.id: lines[part.id] for part in parts if lines.get(part.id)}
    return Spread(kept, {part.id: part.label for part in parts if part.id in kept})
