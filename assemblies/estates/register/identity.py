"""Identity documents: the resident ID of GB 11643, the credit code of GB 32100, and all others."""

import re
from dataclasses import dataclass
from datetime import date

from assemblies.estates.register.values import OwnerKind
from assemblies.foundation.sheets.doubts import Doubt, Level
from assemblies.foundation.sheets.text import FormulaCell, NumberCell, compact, is_nothing, tidy

RESIDENT = "身份证"
CREDIT = "统一社会信用代码"
OTHER = "其他证件"
_RESIDENT_TYPES = {
    "身份证",
    "居民身份证",
    "二代身份证",
    "第二代居民身份证",
    "身份证号",
    "身份证号码",
    "公民身份号码",
}
_CREDIT_TYPES = {
    "统一社会信用代码",
    "社会信用代码",
    "信用代码",
    "营业执照",
    "统一社会信用代码证",
    "统一代码",
    "企业营业执照",
}

_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_RESIDENT_SHAPE = re.compile(r"\d{17}[\dX]")
_OLD_SHAPE = re.compile(r"\d{15}")
_CREDIT_SHAPE = re.compile(rf"[1-9A-HJ-NPQRTUWXY][{_CREDIT_SIGNS}]{{17}}")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+")
_EXACT_DIGITS = 15
_LONGEST = 40
_OLDEST_BIRTH = 1850
_LONGEST_PERSON = 3
_FEW = 3
_COMPANY = re.compile(
    r"公司|集团|银行|信用社|合作社|委员会|居委会|村委会|学校|学院|大学|中学|小学|幼儿园|医院|诊所|研究院|研究所|事务所|"
    r"管理局|管理处|街道办|人民政府|合伙|商行|经营部|工作室|基金会|协会|有限责任|工厂|企业|服务中心|分局|酒店|超市"
)


@dataclass(frozen=True, slots=True)
class Document:
    """An identity document as the register gives it; no number where there is none."""

    kind: OwnerKind
    id_type: str = ""
    number: str | None = None


def document(id_type: str, number: str, name: str) -> tuple[Document, tuple[Doubt, ...]]:
    """Read type and number of an owner's document and check what can be checked."""
    declared = _declared(id_type)
    kind = _kind(declared, name)
    if is_nothing(number):
        return Document(kind, declared), ()
    bare = compact(number).strip("'\"`‘’＇")
    if fault := _unusable(number, bare):
        return Document(kind, declared), (fault,)
    if declared == CREDIT or (declared in {"", RESIDENT} and _is_credit(bare, name)):
        return _credit(bare, declared)
    if (
        declared == RESIDENT
        or _RESIDENT_SHAPE.fullmatch(bare)
        or (not declared and _meant_as_resident(bare))
    ):
        return _resident(bare, declared, kind)
    return _other(bare, declared, kind)


def kind_of_name(name: str) -> OwnerKind:
    """Say whether a name is that of an organisation."""
    return (
        OwnerKind.COMPANY
        if len(name) > _LONGEST_PERSON and _COMPANY.search(name)
        else OwnerKind.PERSON
    )


def masked(number: str) -> str:
    """Return what a screen may show of a number: its last four characters."""
    return f"尾号 {number[-4:]}"


def resident_check(first_17: str) -> str:
    """Return the check character of a resident ID (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(
        int(sign) * weight for sign, weight in zip(first_17, _RESIDENT_WEIGHTS, strict=True)
    )
    return _RESIDENT_CHECKS[total % 11]


def credit_check(first_17: str) -> str:
    """Return the check character of a unified social credit code (GB 32100, MOD 31-3)."""
    signs = (_CREDIT_SIGNS.index(sign) for sign in first_17)
    total = sum(sign * weight for sign, weight in zip(signs, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_SIGNS[-total % 31]


def eighteen(old: str) -> str:
    """Return the 18 characters that stand for a resident ID of 15 digits (GB 11643-1999)."""
    first_17 = f"{old[:6]}19{old[6:]}"
    return first_17 + resident_check(first_17)


def _declared(id_type: str) -> str:
    bare = compact(id_type)
    if is_nothing(id_type):
        return ""
    if bare in _RESIDENT_TYPES:
        return RESIDENT
    return CREDIT if bare in _CREDIT_TYPES else tidy(id_type)


def _kind(declared: str, name: str) -> OwnerKind:
    if declared == CREDIT:
        return OwnerKind.COMPANY
    return OwnerKind.PERSON if declared == RESIDENT else kind_of_name(name)


def _unusable(number: str, bare: str) -> Doubt | None:
    long_number = isinstance(number, NumberCell) and len(bare) > _EXACT_DIGITS
    if long_number or _SCIENTIFIC.fullmatch(bare):
        return _refused(
            "id_lost",
            "证件号被表格软件存成了数字，末几位已经丢失。请把这一列设成“文本”格式后重填。",
        )
    if isinstance(number, FormulaCell) or len(bare) > _LONGEST:
        return _refused("id_unreadable", "证件号读不懂，请核对。")
    if "*" in bare:
        return Doubt(
            Level.QUESTION, "id_masked", "证件号带星号，不完整。确认后将按“没有证件号”导入。"
        )
    return None


def _meant_as_resident(bare: str) -> bool:
    """Say whether a number without a type is all but a resident ID: nearly all digits."""
    digits = sum(sign.isdigit() for sign in bare)
    return bare.isdigit() or (digits >= len(bare) - _FEW and digits >= _EXACT_DIGITS)


def _is_credit(bare: str, name: str) -> bool:
    """Say whether a number is a credit code; where it might be either, the name decides."""
    if not _CREDIT_SHAPE.fullmatch(bare):
        return False
    company = kind_of_name(name) is OwnerKind.COMPANY
    if _RESIDENT_SHAPE.fullmatch(bare):
        return company and _resident_fault(bare) is not None
    return company or not _meant_as_resident(bare) or credit_check(bare[:17]) == bare[17]


def _credit(bare: str, declared: str) -> tuple[Document, tuple[Doubt, ...]]:
    found = Document(OwnerKind.COMPANY, CREDIT, bare)
    if not _CREDIT_SHAPE.fullmatch(bare):
        return found, (_warning("credit_shape", "统一社会信用代码应为 18 位，请核对。"),)
    if credit_check(bare[:17]) != bare[17]:
        return found, (
            _warning("credit_checksum", "统一社会信用代码没有通过校验位核对，请对照营业执照。"),
        )
    if declared == RESIDENT:
        return found, (
            _warning("id_type_differs", "证件类型写的是身份证，号码却是统一社会信用代码。"),
        )
    return found, ()


def _resident(bare: str, declared: str, kind: OwnerKind) -> tuple[Document, tuple[Doubt, ...]]:
    id_type = declared or RESIDENT
    if kind is OwnerKind.COMPANY and not declared and not _RESIDENT_SHAPE.fullmatch(bare):
        return _other(bare, declared, kind)
    if _OLD_SHAPE.fullmatch(bare):
        return _old(bare, id_type)
    if fault := _resident_fault(bare):
        return Document(OwnerKind.PERSON, id_type), (fault,)
    return Document(OwnerKind.PERSON, id_type, bare), ()


def _old(bare: str, id_type: str) -> tuple[Document, tuple[Doubt, ...]]:
    """Read an ID of 15 digits as the 18 that replaced it, so that both are one person."""
    if _birth(f"19{bare[6:12]}") is None:
        fault = _refused("id_birth", "15 位旧身份证号里的出生日期不存在。")
        return Document(OwnerKind.PERSON, id_type), (fault,)
    said = _warning("id_old", "15 位旧身份证号已按国家标准换成 18 位，请核对。")
    return Document(OwnerKind.PERSON, id_type, eighteen(bare)), (said,)


def _resident_fault(bare: str) -> Doubt | None:
    if not _RESIDENT_SHAPE.fullmatch(bare):
        return _refused("id_shape", f"身份证号应为 18 位，这里是 {len(bare)} 位，请核对。")
    if _birth(bare[6:14]) is None:
        return _refused("id_birth", f"身份证号（{masked(bare)}）里的出生日期不存在，请核对。")
    if resident_check(bare[:17]) != bare[17]:
        return _refused(
            "id_checksum", f"身份证号（{masked(bare)}）校验位不对，多半有一位写错了，请核对。"
        )
    return None


def _other(bare: str, declared: str, kind: OwnerKind) -> tuple[Document, tuple[Doubt, ...]]:
    found = Document(kind, declared or OTHER, bare)
    if declared:
        return found, ()
    return found, (
        _warning("id_type_unknown", f"没写证件类型，号码（{masked(bare)}）按“其他证件”记。"),
    )


def _birth(digits: str) -> date | None:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born if born.year >= _OLDEST_BIRTH else None


def _refused(code: str, said: str) -> Doubt:
    return Doubt(Level.REFUSED, code, said)


def _warning(code: str, said: str) -> Doubt:
    return Doubt(Level.WARNING, code, said)
