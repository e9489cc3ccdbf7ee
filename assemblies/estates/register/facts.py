"""What one row says of a part apart from its place and its owners; None where it is silent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from assemblies.estates.register import synonyms
from assemblies.estates.register.cells import area
from assemblies.estates.register.rows import Row
from assemblies.estates.register.synonyms import Field
from assemblies.estates.register.values import Basis, Remark, Status, Use
from assemblies.foundation.sheets.doubts import Doubt, Level
from assemblies.foundation.sheets.text import FormulaCell, NumberCell, compact, is_nothing, tidy

_BASIS_OF_COLUMN = {
    Field.AREA_REGISTER: Basis.REGISTER,
    Field.AREA_SURVEY: Basis.SURVEY,
    Field.AREA_CONTRACT: Basis.CONTRACT,
}
T = TypeVar("T")
_EXACT_DIGITS = 15
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Facts:
    """What a row says of its part."""

    area_dm2: int | None = None
    basis: Basis | None = None
    use: Use | None = None
    status: Status | None = None
    unit_code: str = ""
    address: str = ""
    delivery: str = ""
    note: str = ""


def facts(row: Row) -> tuple[Facts, tuple[Remark, ...]]:
    """Read the facts of a row, with what is to be said about them."""
    remarks: list[Remark] = []
    size, basis = _area(row, remarks)
    own_basis = _basis(row, remarks)
    return Facts(
        size,
        own_basis or basis,
        _use(row, remarks),
        _status(row, remarks),
        _unit_code(row, remarks),
        _free(row, Field.ADDRESS, remarks),
        _free(row, Field.DELIVERY, remarks),
        _note(row, remarks),
    ), tuple(remarks)


def _area(row: Row, remarks: list[Remark]) -> tuple[int | None, Basis | None]:
    """Take the area of the first kind that is given: as such, registered, surveyed, contracted.

    Law: SPC interpretation art. 8.
    """
    text, index = row.first(Field.AREA)
    found = Field.AREA
    for field in _BASIS_OF_COLUMN:
        if is_nothing(text):
            (text, index), found = row.first(field), field
    if is_nothing(text):
        return None, None
    size, doubt = area(text)
    if doubt:
        remarks.append(row.remark(doubt, index))
    elif any(area(other)[0] != size for other, _ in row.found(Field.AREA)) and found is Field.AREA:
        doubt = Doubt(Level.REFUSED, "area_twice", "同一行里有两个不同的面积，请只留一个。")
        remarks.append(row.remark(doubt, index))
    return size, _BASIS_OF_COLUMN.get(found)


def _words(
    row: Row, field: Field, known: Callable[[str], T | None], unknown: Doubt, remarks: list[Remark]
) -> set[T]:
    """Read the words of a field, all its columns together; say which are not known."""
    found = set()
    for text, index in row.found(field):
        value = None if is_nothing(text) else known(text)
        if value is not None:
            found.add(value)
        elif not is_nothing(text):
            said = f"{field}“{tidy(text)[:20]}”不认识，{unknown.said_zh}"
            remarks.append(row.remark(replace(unknown, said_zh=said), index))
    return found


def _only(row: Row, field: Field, found: set[T], remarks: list[Remark]) -> T | None:
    if len(found) > 1:
        said = f"同一行里有两种不同的{field}，请只留一个。"
        doubt = Doubt(Level.REFUSED, "field_twice", said)
        remarks.append(row.remark(doubt, row.header.first_of(field)))
    return next(iter(found), None)


def _basis(row: Row, remarks: list[Remark]) -> Basis | None:
    said = "应为登记、实测或合同。确认后按“未注明”导入。"
    unknown = Doubt(Level.QUESTION, "basis_unknown", said)
    found = _words(row, Field.BASIS, synonyms.basis, unknown, remarks)
    return _only(row, Field.BASIS, found, remarks)


def _use(row: Row, remarks: list[Remark]) -> Use | None:
    unknown = Doubt(Level.REFUSED, "use_unknown", "应为住宅、商铺、车位、储藏室或其他。")
    found = _words(row, Field.USE, synonyms.use, unknown, remarks)
    return _only(row, Field.USE, found, remarks)


def _status(row: Row, remarks: list[Remark]) -> Status | None:
    """Read the status from all its columns together."""
    unknown = Doubt(Level.REFUSED, "status_unknown", "应为已售、未交付、未售或查封。")
    found = _words(row, Field.STATUS, synonyms.status, unknown, remarks)
    together = synonyms.status_of(found)
    return _only(row, Field.STATUS, {together} if together else found, remarks)


def _unit_code(row: Row, remarks: list[Remark]) -> str:
    text, index = row.first(Field.UNIT_CODE)
    if is_nothing(text):
        text, index = row.first(Field.CERTIFICATE)
    if is_nothing(text):
        return ""
    if isinstance(text, NumberCell) and len(text) > _EXACT_DIGITS:
        said = "不动产单元号被表格软件存成了数字，末几位已经丢失。确认后这一项留空。"
        remarks.append(row.remark(Doubt(Level.QUESTION, "unit_code_lost", said), index))
        return ""
    return compact(text)


def _free(row: Row, field: Field, remarks: list[Remark]) -> str:
    texts = dict.fromkeys(tidy(text) for text, _ in row.found(field))
    joined = "；".join(text for text in texts if text)
    if any(isinstance(text, FormulaCell) for text, _ in row.found(field)):
        said = f"“{field}”一格是没有算出结果的公式，只当作文字导入。"
        remarks.append(row.remark(Doubt(Level.WARNING, "text_formula", said), row.first(field)[1]))
    if len(joined) > _LONGEST:
        said = f"“{field}”超过 {_LONGEST} 字，只留前面的部分。"
        remarks.append(row.remark(Doubt(Level.WARNING, "text_long", said), row.first(field)[1]))
    return joined[:_LONGEST].strip()


def _note(row: Row, remarks: list[Remark]) -> str:
    """Keep the note, and in it a certificate's number that stands beside the unit code."""
    note = _free(row, Field.NOTE, remarks)
    paper, _ = row.first(Field.CERTIFICATE)
    if is_nothing(paper) or is_nothing(row.first(Field.UNIT_CODE)[0]):
        return note
    said = f"产权证号 {compact(paper)}"
    return note if said in note else "；".join(filter(None, (note, said)))
