"""Invented owners: names, numbers of a region that exists nowhere, phones of no subscriber."""

from fractions import Fraction

from assemblies.estates.register.identity import CREDIT, RESIDENT, credit_check, resident_check
from assemblies.estates.register.values import OwnerKind, RegisterOwner

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = (
    "建国", "秀英", "志强", "丽华", "文博", "晓燕", "德明", "桂兰",
    "海涛", "玉珍", "俊杰", "雪梅", "立新", "春花", "国庆", "美玲",
    "思远", "静怡", "长林", "凤霞", "宏伟", "淑芬", "子涵", "小雨",
    "永年", "彩云", "天佑", "若溪", "正义", "佩瑶", "万里", "佳宁",
)  # fmt: skip
REGION = "990000"  # no place has it


def person(
    number: int,
    *,
    name: str = "",
    share: Fraction | None = None,
    known_by_id: bool = True,
    reachable: bool = True,
) -> RegisterOwner:
    """Return the owner of this number: always the same, and no two alike but by a given name."""
    return RegisterOwner(
        name=name or invented_name(number),
        kind=OwnerKind.PERSON,
        id_type=RESIDENT if known_by_id else "",
        id_number=resident_number(number) if known_by_id else None,
        phones=(phone(number),) if reachable else (),
        share=share,
    )


def company(number: int, name: str) -> RegisterOwner:
    """Return a company under an invented credit code."""
    first_17 = f"91{REGION}MA{number:07d}"
    return RegisterOwner(
        name=name,
        kind=OwnerKind.COMPANY,
        id_type=CREDIT,
        id_number=first_17 + credit_check(first_17),
        phones=(phone(900 + number),),
    )


def invented_name(number: int) -> str:
    """Return a name: 32 surnames and 32 given names make 1,024 before one comes again."""
    surname = SURNAMES[number * 7 % len(SURNAMES)]
    return surname + GIVEN[(number * 5 + number // len(SURNAMES)) % len(GIVEN)]


def resident_number(number: int) -> str:
    """Return a number with a right check character (GB 11643) of a region that does not exist."""
    born = f"{1946 + number * 11 % 52}{1 + number * 5 % 12:02d}{1 + number * 13 % 28:02d}"
    first_17 = f"{REGION}{born}{number % 1000:03d}"
    return first_17 + resident_check(first_17)


def phone(number: int) -> str:
    """Return a phone number that begins with 138000."""
    return f"138000{10_000 + number * 37 % 90_000:05d}"
