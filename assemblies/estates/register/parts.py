"""The lines of one part become the part, or remarks that say why it cannot be taken in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from assemblies.estates.register.lines import Line
from assemblies.estates.register.names import name_key
from assemblies.estates.register.owners import OwnerLine
from assemblies.estates.register.spots import Spot
from assemblies.estates.register.synonyms import AREAS, ROOMS, Field
from assemblies.estates.register.values import RegisterOwner, RegisterPart, Remark, Status, Use
from assemblies.foundation.sheets.doubts import Level
from assemblies.foundation.sheets.places import GARAGE

T = TypeVar("T")
# A row refused for this alone repeats another; the part itself stands.
DUPLICATE = "duplicate_part"


def part(lines: Sequence[Line], spot: Spot) -> tuple[RegisterPart | None, tuple[Remark, ...]]:
    """Join the lines of one part; without a part, one of the remarks is a refusal."""
    remarks: list[Remark] = []
    kept = _owners(lines, remarks)
    size = _agreed(lines, [line.facts.area_dm2 for line in lines], Field.AREA, remarks)
    use = _use(lines, spot, remarks)
    status = _status(lines, kept, remarks)
    basis = _agreed(lines, [line.facts.basis for line in lines], Field.BASIS, remarks)
    people = tuple(_with_representative(lines, kept, remarks))
    _check_scattered(lines, remarks)
    _check_floors(lines, remarks)
    if size is None:
        said = "没有填面积。请按不动产登记簿填写专有部分面积。"
        remarks.append(lines[0].remark(Level.REFUSED, "area_missing", said, *AREAS))
    if any(r.level is Level.REFUSED and r.code != DUPLICATE for r in remarks):
        return None, tuple(remarks)
    assert size is not None  # noqa: S101  (refused above)
    return RegisterPart(
        key=spot.key,
        building=spot.building.name,
        entrance=spot.entrance.name,
        floor=next((line.spot.floor for line in lines if line.spot and line.spot.floor), ""),
        room=spot.room.name,
        area_dm2=size,
        basis=basis,
        use=use,
        status=status,
        unit_code="、".join(
            dict.fromkeys(line.facts.unit_code for line in lines if line.facts.unit_code)
        ),
        address=_joined(line.facts.address for line in lines),
        delivery=_joined(line.facts.delivery for line in lines),
        note=_joined(line.facts.note for line in lines),
        owners=people,
        rows=tuple(line.place for line in lines),
        assumed=_assumed(lines),
    ), tuple(remarks)


def _assumed(lines: Sequence[Line]) -> frozenset[str]:
    silent = {
        "use": all(line.facts.use is None for line in lines),
        "status": all(line.facts.status is None for line in lines),
    }
    return frozenset(field for field, is_silent in silent.items() if is_silent)


def _agreed(
    lines: Sequence[Line], values: Sequence[T | None], field: Field, remarks: list[Remark]
) -> T | None:
    """Return what all lines say, refusing the first that says otherwise."""
    said = [(value, line) for value, line in zip(values, lines, strict=True) if value is not None]
    for value, line in said[1:]:
        if value != said[0][0]:
            first = _where(said[0][1], line)
            text = f"{first}是同一房屋，“{field}”却不一样，分不清哪个对。"
            remarks.append(line.remark(Level.REFUSED, "part_conflict", text, field))
            break
    return said[0][0] if said else None


def _where(other: Line, here: Line) -> str:
    if other.place.sheet == here.place.sheet:
        return f"与第 {other.place.row} 行"
    return f"与工作表“{other.place.sheet}”第 {other.place.row} 行"


def _use(lines: Sequence[Line], spot: Spot, remarks: list[Remark]) -> Use:
    found = _agreed(lines, [line.facts.use for line in lines], Field.USE, remarks)
    if found is not None:
        return found
    in_garage = spot.building.key.rpartition("-")[2] == GARAGE
    taken = Use.PARKING if in_garage else Use.DWELLING
    if lines[0].header.has(Field.USE):
        level = Level.WARNING if in_garage else Level.QUESTION
        said = f"没有填用途。{'' if in_garage else '确认后'}按{taken.label}导入。"
        remarks.append(lines[0].remark(level, "use_missing", said, Field.USE))
    return taken


def _status(lines: Sequence[Line], owners: Sequence[OwnerLine], remarks: list[Remark]) -> Status:
    found = _agreed(lines, [line.facts.status for line in lines], Field.STATUS, remarks)
    first = lines[0]
    if found is None and owners and lines[0].header.has(Field.STATUS):
        said = "没有填权属状态，按已售导入。"
        remarks.append(first.remark(Level.WARNING, "status_missing", said, Field.STATUS))
    if not owners and (found is None or not found.developers):
        said = "已售的房屋没有产权人。请补上产权人；如果还没卖出，请把状态写成“未售”。"
        remarks.append(first.remark(Level.REFUSED, "owner_missing", said, Field.NAME))
    if found is Status.UNSOLD and any(
        own.owner.id_number and own.owner.kind == "person" for own in owners
    ):
        said = "状态是未售，产权人却是个人。确认后按未售（归开发商）导入。"
        remarks.append(first.remark(Level.QUESTION, "unsold_person", said, Field.STATUS))
    return found or Status.SOLD


def _owners(lines: Sequence[Line], remarks: list[Remark]) -> list[OwnerLine]:
    """Gather the owners; a line that names no one new repeats another and is refused."""
    kept: list[OwnerLine] = []
    for line in lines:
        fresh = [own for own in line.owners if not any(_same(own.owner, k.owner) for k in kept)]
        twice = len(fresh) < len(line.owners) or _same_within(fresh)
        if twice and kept and not fresh:
            first = next(one for one in lines if one.place == kept[0].place)
            said = f"{_where(first, line)}是同一房屋、同一产权人，重复了。"
            remarks.append(line.remark(Level.REFUSED, DUPLICATE, said, *ROOMS))
        elif twice:
            said = "同一房屋里，同一位产权人写了两次。"
            remarks.append(line.remark(Level.REFUSED, "owner_twice", said, Field.NAME))
        elif kept and not line.owners:
            said = f"{_where(lines[0], line)}是同一房屋，这一行却没有新的产权人，重复了。"
            remarks.append(line.remark(Level.REFUSED, DUPLICATE, said, *ROOMS))
        kept += fresh
    if len(lines) > 1 and not kept:
        said = f"{_where(lines[0], lines[1])}是同一房屋，重复了。"
        remarks.append(lines[1].remark(Level.REFUSED, DUPLICATE, said, *ROOMS))
    return kept


def _same_within(owners: Sequence[OwnerLine]) -> bool:
    return any(_same(a.owner, b.owner) for i, a in enumerate(owners) for b in owners[i + 1 :])


def _same(one: RegisterOwner, other: RegisterOwner) -> bool:
    """Say whether two owners of one part are the same person written twice."""
    if one.id_number and other.id_number:
        return one.id_number == other.id_number
    if name_key(one.name) != name_key(other.name):
        return False
    return bool(set(one.phones) & set(other.phones)) or not (one.phones or other.phones)


def _with_representative(
    lines: Sequence[Line], kept: Sequence[OwnerLine], remarks: list[Remark]
) -> Iterator[RegisterOwner]:
    """Mark the representative (表决权代表) whom the rows tick or call by name."""
    called = {name_key(own.speaks_for): own for own in kept if own.speaks_for}
    known = {name_key(own.owner.name) for own in kept}
    for key, own in called.items():
        if key not in known:
            said = f"表决权代表“{own.speaks_for[:20]}”不在产权人里。确认后按“尚未推选”导入。"
            remarks.append(
                lines[0].remark(
                    Level.QUESTION, "representative_unknown", said, Field.REPRESENTATIVE
                )
            )
    marked = [own.owner.representative or name_key(own.owner.name) in called for own in kept]
    if sum(marked) > 1:
        said = "写了不止一位表决权代表。确认后按“尚未推选”导入。"
        remarks.append(
            lines[0].remark(Level.QUESTION, "representatives_many", said, Field.REPRESENTATIVE)
        )
        marked = [False] * len(kept)
    for own, mark in zip(kept, marked, strict=True):
        marked_already = own.owner.representative is mark
        yield own.owner if marked_already else replace(own.owner, representative=mark)


def _check_scattered(lines: Sequence[Line], remarks: list[Remark]) -> None:
    """Ask about a part whose rows do not stand together."""
    repeated = {remark.place for remark in remarks if remark.code == DUPLICATE}
    before = lines[0]
    for line in lines[1:]:
        other_sheet = line.place.sheet != before.place.sheet
        apart = other_sheet or line.position - before.position > 1
        if apart and line.place not in repeated:
            said = f"{_where(before, line)}是同一房屋，两处却不相连。若确是共有人，请确认。"
            remarks.append(line.remark(Level.QUESTION, "part_scattered", said, *ROOMS))
        before = line


def _check_floors(lines: Sequence[Line], remarks: list[Remark]) -> None:
    """Refuse one room number on two floors: room 01 of every floor is not one part."""
    floors = [line.spot.floor or None if line.spot else None for line in lines]
    _agreed(lines, floors, Field.FLOOR, remarks)


def _joined(texts: Iterable[str]) -> str:
    return "；".join(dict.fromkeys(text for text in texts if text))
