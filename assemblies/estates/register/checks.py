"""What only the whole register shows: one ID with two names, areas far outside, shares amiss."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from assemblies.estates.register.heads import Persons
from assemblies.estates.register.identity import RESIDENT, kind_of_name, masked
from assemblies.estates.register.lines import Line
from assemblies.estates.register.names import name_key
from assemblies.estates.register.values import (
    Level,
    OwnerKind,
    RegisterPart,
    Remark,
    RowPlace,
    Status,
    Use,
)

# Areas in dm2 beyond which somebody should look again: no rule of law, only experience.
_USUAL = {
    Use.DWELLING: (15_00, 1_000_00),
    Use.SHOP: (3_00, 20_000_00),
    Use.PARKING: (5_00, 150_00),
    Use.STORAGE: (1_00, 300_00),
    Use.OTHER: (3_00, 50_000_00),
}


def names_of_ids(lines: Sequence[Line], known_ids: Mapping[str, str]) -> Iterator[Remark]:
    """Refuse rows whose ID belongs to another name, in the register already or in a row above."""
    first: dict[str, tuple[str, RowPlace | None]] = {}
    for line in lines:
        for own in line.owners:
            number = own.owner.id_number
            if number is None:
                continue
            if number not in first:
                known = known_ids.get(number)
                first[number] = (own.owner.name, own.place) if known is None else (known, None)
            name, place = first[number]
            if name_key(name) != name_key(own.owner.name):
                yield _remark(
                    line.place,
                    Level.REFUSED,
                    "id_other_name",
                    _other_name(number, name, place, line),
                )


def _other_name(number: str, name: str, place: RowPlace | None, line: Line) -> str:
    if place is None:
        where = "系统里已登记的"
    elif place.sheet == line.place.sheet:
        where = f"第 {place.row} 行的"
    else:
        where = f"工作表“{place.sheet}”第 {place.row} 行的"
    return f"证件号（{masked(number)}）与{where}“{name[:1]}*”相同，姓名却不同，请核对。"


def whole(parts: Sequence[RegisterPart]) -> Iterator[Remark]:
    """Say what is odd about the parts that could be read."""
    persons = Persons(parts)
    for part in parts:
        yield from _area(part)
        yield from _shares(part)
        yield from _identities(part, persons)
    yield from _contacts(parts)
    yield from _unit_codes(parts)
    yield from _developers(parts)


def _remark(place: RowPlace, level: Level, code: str, said: str) -> Remark:
    return Remark(*place, "", level, code, said)


def _area(part: RegisterPart) -> Iterator[Remark]:
    least, most = _USUAL[part.use]
    if not least <= part.area_dm2 <= most:
        size = f"{part.area_dm2 // 100:,}.{part.area_dm2 % 100:02d}"
        word = "小" if part.area_dm2 < least else "大"
        said = f"{part.use.label}面积 {size} ㎡，{word}得不寻常。核对无误再确认。"
        yield _remark(part.rows[0], Level.QUESTION, "area_outside", said)


def _shares(part: RegisterPart) -> Iterator[Remark]:
    shares = [owner.share for owner in part.owners if owner.share is not None]
    total = sum(shares, Fraction(0))
    complete = len(shares) == len(part.owners)
    if shares and (total > 1 or (complete and total != 1)):
        said = f"各产权人的份额相加是 {total}，不等于 1，请核对。"
        yield _remark(part.rows[0], Level.WARNING, "shares_sum", said)
    elif shares and not complete:
        yield _remark(
            part.rows[0], Level.WARNING, "shares_missing", "有的产权人写了份额，有的没写。"
        )


def _identities(part: RegisterPart, persons: Persons) -> Iterator[Remark]:
    for owner in part.owners:
        if owner.id_type == RESIDENT and kind_of_name(owner.name) is OwnerKind.COMPANY:
            said = f"“{owner.name[:20]}”像是单位，证件却是身份证，请核对是不是法定代表人的。"
            yield _remark(part.rows[0], Level.WARNING, "company_with_resident_id", said)
        if owner.id_number or part.status is Status.UNSOLD:
            continue
        if len(persons.known_by_contact(owner)) == 1:
            how = "姓名和电话与名册里另一处相同，算作同一人"
        elif owner.phones:
            how = "按姓名加电话认人"
        else:
            how = "也没有电话，与别处同名的一律不算同一人"
        said = f"“{owner.name[:20]}”没有证件号，{how}。"
        yield _remark(part.rows[0], Level.WARNING, "id_missing", said)


def _contacts(parts: Sequence[RegisterPart]) -> Iterator[Remark]:
    """Warn of one name and phone under two IDs: likely one person with an ID mistyped."""
    seen: dict[tuple[str, str], str] = {}
    for part in parts:
        for owner in part.owners:
            for phone in owner.phones if owner.id_number else ():
                first = seen.setdefault((name_key(owner.name), phone), owner.id_number or "")
                if first != owner.id_number:
                    said = f"“{owner.name[:20]}”同名同电话，别处的证件号却不同，算作两人，请核对。"
                    yield _remark(part.rows[0], Level.WARNING, "contact_two_ids", said)


def _unit_codes(parts: Sequence[RegisterPart]) -> Iterator[Remark]:
    by_code: dict[str, list[RegisterPart]] = defaultdict(list)
    for part in parts:
        if part.unit_code:
            by_code[part.unit_code].append(part)
    for same in by_code.values():
        for part in same[1:]:
            said = f"不动产单元号（产权证号）与{same[0].label}相同，请核对。"
            yield _remark(part.rows[0], Level.WARNING, "unit_code_twice", said)


def _developers(parts: Sequence[RegisterPart]) -> Iterator[Remark]:
    """Warn where the unsold parts name two developers: together they are one head all the same."""
    named: dict[str, str] = {}
    for part in parts:
        if part.status is not Status.UNSOLD:
            continue
        for owner in part.owners:
            named.setdefault(name_key(owner.name), owner.name)
            if len(named) > 1 and name_key(owner.name) != next(iter(named)):
                first = next(iter(named.values()))
                said = (
                    f"未售房屋的单位“{owner.name[:20]}”与前面的“{first[:20]}”不同；人数仍合计为一。"
                )
                yield _remark(part.rows[0], Level.WARNING, "developers_differ", said)
