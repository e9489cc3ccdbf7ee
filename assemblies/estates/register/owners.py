"""The owners that one row names: side by side, numbered, or several in one cell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assemblies.estates.register.cells import phones, share
from assemblies.estates.register.headers import ALL_OWNERS
from assemblies.estates.register.identity import document
from assemblies.estates.register.names import clean_name, name_doubt, names_no_one, several
from assemblies.estates.register.rows import Row
from assemblies.estates.register.synonyms import Field
from assemblies.estates.register.values import OwnerKind, RegisterOwner, Remark, RowPlace
from assemblies.foundation.sheets.doubts import Doubt, Level
from assemblies.foundation.sheets.text import compact, is_nothing, tidy

_BREAK = re.compile(r"[、,，;；/／|｜\n]")
_YES = {"是", "√", "✓", "✔", "Y", "YES", "1", "TRUE", "代表", "表决权代表", "有", "V"}
_NO = {"否", "N", "NO", "0", "FALSE", "×", "X", "非", "不是"}
_KINDS = {"个人": OwnerKind.PERSON, "自然人": OwnerKind.PERSON, "居民": OwnerKind.PERSON,
          "单位": OwnerKind.COMPANY, "企业": OwnerKind.COMPANY, "公司": OwnerKind.COMPANY,
          "法人": OwnerKind.COMPANY, "非自然人": OwnerKind.COMPANY}  # fmt: skip
_PER_OWNER = (Field.ID_TYPE, Field.ID_NUMBER, Field.SHARE, Field.REPRESENTATIVE, Field.KIND)


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """One owner as one row gives them, with where it stands."""

    owner: RegisterOwner
    place: RowPlace
    column: int
    # The name of another whom this row calls the representative.
    speaks_for: str = ""


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str = ""
    index: int = -1


@dataclass(frozen=True, slots=True)
class _Raw:
    """One owner's cells before they are understood."""

    name: _Cell
    cells: dict[Field, _Cell]
    phones: tuple[_Cell, ...]


def owners(row: Row) -> tuple[tuple[OwnerLine, ...], tuple[Remark, ...]]:
    """Read all owners of a row, with what is to be said about them."""
    remarks: list[Remark] = []
    raw = [one for number in row.header.owners for one in _block(row, number, remarks)]
    raw = _with_common(row, raw, remarks)
    return tuple(_understood(row, one, remarks) for one in raw), tuple(remarks)


def _block(row: Row, number: int, remarks: list[Remark]) -> Iterator[_Raw]:
    name = _Cell(*row.first(Field.NAME, number))
    cells = {field: _said(row, field, number) for field in _PER_OWNER}
    calls = tuple(_Cell(*found) for found in row.found(Field.PHONE, number))
    _check_one_id(row, number, remarks)
    if names_no_one(name.text):
        if not is_nothing(cells[Field.ID_NUMBER].text):
            said = "有证件号，却没有产权人姓名，请补上。"
            remarks.append(row.remark(Doubt(Level.REFUSED, "name_missing", said), name.index))
        return
    names = several(name.text)
    if len(names) == 1:
        yield _Raw(name, cells, calls)
        return
    dealt = {field: _dealt(row, field, cell, len(names), remarks) for field, cell in cells.items()}
    numbers = _dealt_phones(row, calls, len(names), remarks)
    for at, one in enumerate(names):
        own = {field: dealt[field][at] for field in cells}
        yield _Raw(replace(name, text=one), own, numbers[at])


def _said(row: Row, field: Field, number: int) -> _Cell:
    """Return the first cell of a field that says something, or a blank one."""
    said = (_Cell(*found) for found in row.found(field, number) if not is_nothing(found[0]))
    return next(said, _Cell(*row.first(field, number)))


def _check_one_id(row: Row, number: int, remarks: list[Remark]) -> None:
    """Ask about an owner with two numbers, as under 身份证号 and 统一社会信用代码."""
    found = [(compact(text), at) for text, at in row.found(Field.ID_NUMBER, number)]
    given = [(text, at) for text, at in found if not is_nothing(text)]
    if len({text for text, _ in given}) > 1:
        said = "同一位产权人有两个证件号。确认后只用前一个。"
        remarks.append(row.remark(Doubt(Level.QUESTION, "id_twice", said), given[1][1]))


def _with_common(row: Row, raw: list[_Raw], remarks: list[Remark]) -> list[_Raw]:
    """Deal out the columns that stand once for all owners."""
    for field in _PER_OWNER:
        cell = _Cell(*row.first(field, ALL_OWNERS))
        if cell.text and raw:
            dealt = _dealt(row, field, cell, len(raw), remarks)
            raw = [replace(r, cells=r.cells | {field: c}) for r, c in zip(raw, dealt, strict=True)]
    calls = tuple(_Cell(*found) for found in row.found(Field.PHONE, ALL_OWNERS))
    if calls and raw:
        numbers = _dealt_phones(row, calls, len(raw), remarks)
        raw = [replace(r, phones=r.phones + n) for r, n in zip(raw, numbers, strict=True)]
    return raw


def _dealt(
    row: Row, field: Field, cell: _Cell, count: int, remarks: list[Remark]
) -> Sequence[_Cell]:
    """Deal one cell to several owners: a piece for each, or what holds for all."""
    if is_nothing(cell.text) or count == 1:
        return [cell] * count
    pieces = [piece for piece in _BREAK.split(cell.text) if piece.strip()]
    if field is Field.SHARE and (len(pieces) != count or "/" in cell.text):
        pieces = [piece for piece in re.split(r"[、,，;；\n]", cell.text) if piece.strip()]
    if len(pieces) != count:
        pieces = pieces if len(pieces) > 1 else tidy(cell.text).split(" ")
    if len(pieces) == count:
        return [_Cell(piece, cell.index) for piece in pieces]
    for_all = (
        field in {Field.ID_TYPE, Field.KIND, Field.REPRESENTATIVE} or tidy(cell.text)[0] == "各"
    )
    for_all = for_all or (field is Field.SHARE and share(cell.text) == (None, None))
    if len(pieces) == 1 and for_all:
        return [cell] * count
    level = Level.REFUSED if field is Field.ID_NUMBER else Level.QUESTION
    said = f"有 {count} 位产权人，“{field}”却有 {len(pieces)} 个，对不上人。"
    if level is Level.QUESTION:
        said += "确认后这一项留空。"
    remarks.append(row.remark(Doubt(level, "owners_differ", said), cell.index))
    return [_Cell("", cell.index)] * count


def _dealt_phones(
    row: Row, cells: tuple[_Cell, ...], count: int, remarks: list[Remark]
) -> Sequence[tuple[_Cell, ...]]:
    found = [(number, cell.index) for cell in cells for number in phones(cell.text)[0]]
    if len(found) == count:
        return [(_Cell(number, index),) for number, index in found]
    if found:
        said = (
            f"有 {count} 位产权人，电话却有 {len(found)} 个，分不清是谁的。确认后都记在第一位名下。"
        )
        remarks.append(row.remark(Doubt(Level.QUESTION, "owners_differ", said), found[0][1]))
    return [cells, *[()] * (count - 1)]


def _understood(row: Row, raw: _Raw, remarks: list[Remark]) -> OwnerLine:
    def note(doubt: Doubt | None, index: int) -> None:
        if doubt:
            remarks.append(row.remark(doubt, index))

    name = clean_name(raw.name.text)
    note(name_doubt(raw.name.text, name), raw.name.index)
    number = raw.cells[Field.ID_NUMBER]
    paper, doubts = document(raw.cells[Field.ID_TYPE].text, number.text, name)
    for of_paper in doubts:
        note(of_paper, number.index)
    part, of_share = share(raw.cells[Field.SHARE].text)
    note(of_share, raw.cells[Field.SHARE].index)
    calls: dict[str, None] = {}
    for cell in raw.phones:
        numbers, of_phone = phones(cell.text)
        note(of_phone, cell.index)
        calls |= dict.fromkeys(numbers)
    speaks = raw.cells[Field.REPRESENTATIVE].text
    owner = RegisterOwner(
        name,
        _KINDS.get(compact(raw.cells[Field.KIND].text), paper.kind),
        paper.id_type,
        paper.number,
        tuple(calls),
        part,
        representative=compact(speaks) in _YES,
    )
    called = "" if is_nothing(speaks) or compact(speaks) in _YES | _NO else clean_name(speaks)
    return OwnerLine(owner, row.place, raw.name.index, called)
