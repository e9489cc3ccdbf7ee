"""What only the whole register shows: one ID with two names, areas far outside, shares amiss."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from assemblies.estates.register.heads import Persons
from assemblies.estates.register.identity import RESIDENT, kind_of_name, masked
from assemblies.estates.register.lines import Line
from assemblies.estates.register.names import name_key
from assemblies.estates.register.synonyms import AREAS, Field
from assemblies.estates.register.values import (
    OwnerKind,
    RegisterOwner,
    RegisterPart,
    Remark,
    RowPlace,
    Status,
    Use,
)
from assemblies.foundation.sheets.doubts import Level

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
                said = _other_name(number, name, place, line)
                yield line.remark(Level.REFUSED, "id_other_name", said, Field.ID_NUMBER)


def _other_name(number: str, name: str, place: RowPlace | None, line: Line) -> str:
    if place is None:
        where = "系统里已登记的"
    elif place.sheet == line.place.sheet:
        where = f"第 {place.row} 行的"
    else:
        where = f"工作表“{place.sheet}”第 {place.row} 行的"
    return f"证件号（{masked(number)}）与{where}“{name[:1]}*”相同，姓名却不同，请核对。"


def one_person_twice(parts: Sequence[RegisterPart], lines: Iterable[Line]) -> Iterator[Remark]:
    """Refuse a part in which the whole register knows two owners to be one person."""
    rows = _Rows(lines)
    persons = Persons(parts)
    for part in parts:
        if len(persons.owners_of(part)) < len(part.owners):
            said = "对照名册里别处的证件号和电话，这户有一位产权人写了两次，请核对。"
            yield rows.of(part).remark(Level.REFUSED, "owner_twice", said, Field.NAME)


def whole(parts: Sequence[RegisterPart], lines: Iterable[Line]) -> Iterator[Remark]:
    """Say what is odd about the parts that could be read, each in the row that says it."""
    rows = _Rows(lines)
    persons = Persons(parts)
    for part in parts:
        yield from _area(part, rows)
        yield from _shares(part, rows)
        yield from _identities(part, rows, persons)
    yield from _contacts(parts, rows)
    yield from _unit_codes(parts, rows)
    yield from _developers(parts, rows)


class _Rows:
    """Finds the row that says something of a part, or of one of its owners."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = {line.place: line for line in lines}

    def of(self, part: RegisterPart) -> Line:
        return self._lines[part.rows[0]]

    def of_owner(self, part: RegisterPart, owner: RegisterOwner) -> Line:
        lines = [self._lines[place] for place in part.rows]
        same = (owner.name, owner.id_number, owner.phones)
        return next(
            line
            for line in lines
            for own in line.owners
            if (own.owner.name, own.owner.id_number, own.owner.phones) == same
        )


def _area(part: RegisterPart, rows: _Rows) -> Iterator[Remark]:
    least, most = _USUAL[part.use]
    if not least <= part.area_dm2 <= most:
        size = f"{part.area_dm2 // 100:,}.{part.area_dm2 % 100:02d}"
        word = "小" if part.area_dm2 < least else "大"
        said = f"{part.use.label}面积 {size} ㎡，{word}得不寻常。核对无误再确认。"
        yield rows.of(part).remark(Level.QUESTION, "area_outside", said, *AREAS)


def _shares(part: RegisterPart, rows: _Rows) -> Iterator[Remark]:
    shares = [owner.share for owner in part.owners if owner.share is not None]
    total = sum(shares, Fraction(0))
    complete = len(shares) == len(part.owners)
    if shares and (total > 1 or (complete and total != 1)):
        said = f"各产权人的份额相加是 {total}，不等于 1，请核对。"
        yield rows.of(part).remark(Level.WARNING, "shares_sum", said, Field.SHARE)
    elif shares and not complete:
        said = "有的产权人写了份额，有的没写。"
        yield rows.of(part).remark(Level.WARNING, "shares_missing", said, Field.SHARE)


def _identities(part: RegisterPart, rows: _Rows, persons: Persons) -> Iterator[Remark]:
    for owner in part.owners:
        if owner.id_type == RESIDENT and kind_of_name(owner.name) is OwnerKind.COMPANY:
            said = f"“{owner.name[:20]}”像是单位，证件却是身份证，请核对是不是法定代表人的。"
            line = rows.of_owner(part, owner)
            yield line.remark(Level.WARNING, "company_with_resident_id", said, Field.ID_NUMBER)
        if owner.id_number is None and part.status is not Status.UNSOLD:
            said = f"“{owner.name[:20]}”没有证件号，{_recognised(owner, persons)}。"
            line = rows.of_owner(part, owner)
            yield line.remark(Level.WARNING, "id_missing", said, Field.ID_NUMBER, Field.NAME)


def _recognised(owner: RegisterOwner, persons: Persons) -> str:
    if len(persons.known_by_contact(owner)) == 1:
        return "姓名和电话与名册里另一处相同，算作同一人"
    if owner.phones:
        return "按姓名加电话认人"
    return "也没有电话，与别处同名的一律不算同一人"


def _contacts(parts: Sequence[RegisterPart], rows: _Rows) -> Iterator[Remark]:
    """Warn of one name and phone under two IDs: likely one person with an ID mistyped."""
    seen: dict[tuple[str, str], str] = {}
    for part in parts:
        for owner in part.owners:
            if owner.id_number is None:
                continue
            contacts = [(name_key(owner.name), phone) for phone in owner.phones]
            known = [seen.setdefault(contact, owner.id_number) for contact in contacts]
            if any(number != owner.id_number for number in known):
                said = f"“{owner.name[:20]}”同名同电话，别处的证件号却不同，算作两人，请核对。"
                line = rows.of_owner(part, owner)
                yield line.remark(Level.WARNING, "contact_two_ids", said, Field.ID_NUMBER)


def _unit_codes(parts: Sequence[RegisterPart], rows: _Rows) -> Iterator[Remark]:
    first: dict[str, RegisterPart] = {}
    for part in parts:
        same = first.setdefault(part.unit_code, part) if part.unit_code else part
        if same is not part:
            said = f"不动产单元号（产权证号）与{same.label}相同，请核对。"
            fields = (Field.UNIT_CODE, Field.CERTIFICATE)
            yield rows.of(part).remark(Level.WARNING, "unit_code_twice", said, *fields)


def _developers(parts: Sequence[RegisterPart], rows: _Rows) -> Iterator[Remark]:
    """Warn where the unsold parts name two developers: together they are one head all the same."""
    first = ""
    for part in parts:
        for owner in part.owners if part.status is Status.UNSOLD else ():
            first = first or owner.name
            if name_key(owner.name) != name_key(first):
                said = f"未售房屋的单位“{owner.name[:20]}”与前面的“{first[:20]}”不同；仍合为一人。"
                yield rows.of(part).remark(Level.WARNING, "developers_differ", said, Field.NAME)
