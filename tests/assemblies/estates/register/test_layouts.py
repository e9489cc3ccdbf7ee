"""One invented estate laid out in many ways: every file says the same register."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

import pytest

from assemblies.estates.register.export import export
from assemblies.estates.register.heads import Persons, sums
from assemblies.estates.register.reading import read
from assemblies.estates.register.values import (
    Basis,
    ExistingPart,
    OwnerKind,
    PartKey,
    Reading,
    RegisterOwner,
    Status,
    Sums,
    Use,
)
from assemblies.foundation.sheets.doubts import Level
from tests.assemblies.estates.register.making import credit, resident, xlsx

Rows: TypeAlias = list[tuple[object, ...]]
CREDIT = "统一社会信用代码"


def _person(n: int) -> RegisterOwner:
    name = f"{'赵钱孙李周吴郑王'[n % 8]}{'伟芳娜敏静丽强磊军洋'[n % 10]}{'' if n % 3 else '华'}"
    number = resident(n, f"19{50 + n % 50}0{1 + n % 9}1{n % 10}")
    return RegisterOwner(name, OwnerKind.PERSON, "身份证", number, (f"138{n:08}",))


def _company(n: int, name: str) -> RegisterOwner:
    return RegisterOwner(name, OwnerKind.COMPANY, CREDIT, credit(n), (f"139{n:08}",))


PEOPLE = [_person(n) for n in range(80)]
COMPANY = _company(1, "某某商贸有限公司")
BUILDER = _company(2, "某某置业有限公司")
STATUSES = {7: Status.UNSOLD, 11: Status.UNDELIVERED, 13: Status.SEALED}


def _flat(building: int, way: int, floor: int, at: int, number: int) -> ExistingPart:
    status = STATUSES.get(number % 17, Status.SOLD)
    owners: tuple[RegisterOwner, ...] = (PEOPLE[number % 70],)
    if number % 5 == 0:
        owners += (PEOPLE[(number + 3) % 70],)
    if status is Status.UNSOLD:
        owners = (BUILDER,)
    room = f"{floor}{at:02}"
    return ExistingPart(
        PartKey(str(building), str(way), room), f"{building}号楼", f"{way}单元", str(floor), room,
        7_000 + number * 37, Basis.REGISTER, Use.DWELLING, status, owners=owners,
    )  # fmt: skip


def _estate() -> list[ExistingPart]:
    places = [(b, w, f, a) for b in (1, 2, 3) for w in (1, 2) for f in range(1, 7) for a in (1, 2)]
    parts = [_flat(*place, number) for number, place in enumerate(places)]
    shops = [
        ExistingPart(PartKey("1", "", f"S{n}"), "1号楼", "", "1", f"S{n:02}",
                     12_000 + n, Basis.SURVEY, Use.SHOP, Status.SOLD, owners=(COMPANY,))
        for n in (1, 2)
    ]  # fmt: skip
    bays = [
        ExistingPart(PartKey("0", "", f"C{n}"), "地下车库", "", "-1", f"C{n:03}",
                     1_272, Basis.CONTRACT, Use.PARKING, Status.SOLD, owners=(PEOPLE[n],))
        for n in range(1, 8)
    ]  # fmt: skip
    return parts + shops + bays


ESTATE = _estate()


def square(part: ExistingPart) -> Decimal:
    return Decimal(part.area_dm2) / 100


def whole_number(part: ExistingPart) -> str:
    if part.use is Use.PARKING:
        return f"00-00-{part.room}"
    room = f"{int(part.room):04}" if part.room.isdigit() else part.room
    return f"{int(part.key.building):02}-{int(part.key.entrance or 0):02}-{room}"


def tail(part: ExistingPart) -> tuple[object, ...]:
    basis = part.basis.label if part.basis else ""
    return (square(part), basis, part.use.label, part.status.label)


TAIL = ("建筑面积", "面积依据", "用途", "权属状态")


def one_sheet_a_row_per_owner() -> bytes:
    rows: Rows = [("幢号", "单元号", "层", "室号", *TAIL, "业主姓名", "证件号码", "联系方式")]
    for part in ESTATE:
        for o in part.owners:
            rows.append((part.building, part.entrance, part.floor, part.room, *tail(part),
                         o.name, o.id_number, o.phones[0]))  # fmt: skip
    return xlsx({"Sheet1": rows})


def side_by_side_with_whole_numbers() -> bytes:
    head = (
        "房间号",
        *TAIL,
        "业主1",
        "业主1证件号",
        "业主1电话",
        "业主2",
        "业主2证件号",
        "业主2电话",
    )
    rows: Rows = [head]
    for part in ESTATE:
        people = [cell for o in part.owners for cell in (o.name, o.id_number, o.phones[0])]
        rows.append((whole_number(part), *tail(part), *people))
    return xlsx({"汇总": rows, "说明": [("仅供参考",)]})


def owners_in_one_cell() -> bytes:
    rows: Rows = [("楼栋", "单元", "房号", *TAIL, "产权人", "身份证号", "手机")]
    for part in ESTATE:
        people = part.owners
        rows.append((
            "车库" if part.use is Use.PARKING else part.key.building, part.key.entrance,
            part.room, *tail(part),
            "、".join(o.name for o in people), "、".join(o.id_number or "" for o in people),
            "、".join(o.phones[0] for o in people),
        ))  # fmt: skip
    return xlsx({"名册": rows})


def a_sheet_per_building_with_totals_and_numbers() -> bytes:
    sheets: dict[str, Rows] = {}
    for part in ESTATE:
        title = f"某某花园{part.building}业主登记表"
        rows = sheets.setdefault(part.building, [
            (title,), ("填表人：", "", "", "日期："),
            ("序号", "房屋信息", "", "", "", "", "", "业主信息"),
            ("", "单元", "房号", *TAIL, "姓名", "证件号", "电话"),
        ])  # fmt: skip
        for at, o in enumerate(part.owners):
            left = (len(rows), int(part.key.entrance or 0) or None, part.room, *tail(part))
            blank = (None,) * len(left)
            rows.append((*(blank if at else left), o.name, o.id_number, int(o.phones[0])))
    for name, rows in sheets.items():
        inside = [part for part in ESTATE if part.building == name]
        rows.append(("合计", None, len(inside), sum(map(square, inside))))
    return xlsx(sheets)


def written_with_semicolons() -> bytes:
    lines = ["\ufeff楼栋;单元;房号;面积;面积依据;用途;状态;产权人;证件类型;证件号;电话"]
    for part in ESTATE:
        lines += [
            ";".join((
                part.building, part.entrance, part.room,
                f"{square(part)}㎡", *map(str, tail(part)[1:]),
                o.name, o.id_type, f"\t{(o.id_number or '').lower()}", o.phones[0],
            ))
            for o in part.owners
        ]  # fmt: skip
    return "\r\n".join(lines).encode()


def our_own_export() -> bytes:
    return export(ESTATE)


LAYOUTS = (
    one_sheet_a_row_per_owner,
    side_by_side_with_whole_numbers,
    owners_in_one_cell,
    a_sheet_per_building_with_totals_and_numbers,
    written_with_semicolons,
    our_own_export,
)


def essence(parts: Reading) -> dict[PartKey, object]:
    persons = Persons(parts.parts)
    return {
        p.key: (p.area_dm2, p.basis, p.use, p.status, persons.owners_of(p)) for p in parts.parts
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_says_the_same(layout: Callable[[], bytes]) -> None:
    reading = read(layout(), "名册")
    persons = Persons(ESTATE)
    assert essence(reading) == {
        p.key: (p.area_dm2, p.basis, p.use, p.status, persons.owners_of(p)) for p in ESTATE
    }
    assert [r for r in reading.remarks if r.level is not Level.NOTE] == []
    assert reading.sums == sums(ESTATE)


def test_the_sums_counted_by_hand() -> None:
    sold = {frozenset(o.id_number for o in p.owners) for p in ESTATE if not p.status.developers}
    everyone = {o.id_number for p in ESTATE for o in p.owners}
    area = sum(part.area_dm2 for part in ESTATE)
    assert sums(ESTATE) == Sums(81, area, len(everyone), len(sold) + 1)
