"""One row under a header: its cells by field, and what kind of row it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from openpyxl.utils import get_column_letter

from assemblies.estates.register.headers import Header
from assemblies.estates.register.synonyms import AREAS, ROOMS, Field
from assemblies.estates.register.values import Remark, RowPlace
from assemblies.foundation.sheets.doubts import Doubt
from assemblies.foundation.sheets.text import compact, tidy

_TOTAL = re.compile(
    r"[\w#]{0,10}?(?:合计|小计|总计|共计|累计|总和|汇总)(?:数|面积|户数|套数)?"
    r"[\d.,:;()共计户套间个人面积㎡M2平方米]*"
)
_COUNT = re.compile(rf"{_TOTAL.pattern}|\d+(?:[户人套位个]|\.0)?|=.*")
_SECTION = re.compile(
    r"(?:第?(?:[一二三四五六七八九十]+|\d+)期)?"
    r"(?P<building>[A-Z\d一二三四五六七八九十]{1,4}(?:号楼|幢|栋|座|#楼?)|(?:地下)?车库)?"
    r"(?P<entrance>[A-Z\d一二三四五六七八九十甲乙丙丁]{1,3}单元)?"
)
_FOOT = re.compile(
    r"(?:注|说明|备注|填表|制表|审核|复核|经办|填报|日期|联系人|单位|盖章|统计|打印|共\d|第\d+页|截至|截止|负责人|录入|核对)|.*[:。].*"
)


class RowKind(Enum):
    """What a row under the header is."""

    BLANK = auto()
    HEADER_AGAIN = auto()
    TOTAL = auto()
    SECTION = auto()
    FOOTNOTE = auto()
    DATA = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its place in the file."""

    place: RowPlace
    cells: tuple[str, ...]
    header: Header

    def found(self, field: Field, owner: int = 0) -> Iterator[tuple[str, int]]:
        """Yield the texts of a field that are not blank, with their columns."""
        for index in self.header.at(field, owner):
            if text := self.cells[index]:
                yield text, index

    def first(self, field: Field, owner: int = 0) -> tuple[str, int]:
        """Return the first text of a field, or a blank one."""
        at = self.header.at(field, owner)
        for index in at:
            if text := self.cells[index]:
                return text, index
        return "", at[0] if at else -1

    def remark(self, doubt: Doubt, index: int = -1) -> Remark:
        """Pin a doubt to this row and a column."""
        return Remark(*self.place, letter_of(index), doubt.level, doubt.code, doubt.said_zh)

    @property
    def names_an_owner(self) -> bool:
        """Whether any column of names holds something."""
        return any(self.cells[index] for index in self.header.name_columns)

    @property
    def names_a_room(self) -> bool:
        """Whether any column of room numbers holds something."""
        return any(self.cells[index] for field in ROOMS for index in self.header.at(field, 0))

    @property
    def states_an_area(self) -> bool:
        """Whether any column of areas holds something."""
        return any(self.cells[index] for field in AREAS for index in self.header.at(field, 0))

    @property
    def states_an_id(self) -> bool:
        """Whether any column of documents holds a number."""
        columns = (c.index for c in self.header.columns if c.field is Field.ID_NUMBER)
        return any(self.cells[index] for index in columns)

    def kind(self) -> RowKind:
        """Say what kind of row this is."""
        texts = [cell for cell in self.cells if cell]
        if not texts:
            return RowKind.BLANK
        if self.header.repeats(self.cells):
            return RowKind.HEADER_AGAIN
        if self.total_label():
            return RowKind.TOTAL
        if len(set(map(tidy, texts))) == 1 and _SECTION.fullmatch(compact(texts[0])):
            return RowKind.SECTION
        if all(_FOOT.match(compact(text)) for text in texts):
            return RowKind.FOOTNOTE
        of_a_part = self.names_a_room or self.states_an_area
        of_an_owner = self.names_an_owner or self.states_an_id
        return RowKind.DATA if of_a_part or of_an_owner else RowKind.FOOTNOTE

    def total_label(self) -> str:
        """Return the word that makes this a row of totals, or nothing."""
        if not any("计" in cell or "总" in cell for cell in self.cells):
            return ""
        names = (self.cells[index] for index in self.header.name_columns)
        if self.states_an_id or any(name and not _COUNT.fullmatch(compact(name)) for name in names):
            return ""
        return next(
            (
                tidy(cell)
                for index, cell in enumerate(self.cells)
                if cell and index not in self.header.free_text and _TOTAL.fullmatch(compact(cell))
            ),
            "",
        )


def letter_of(index: int) -> str:
    """Return a column's letter as the spreadsheet shows it; nothing for no column."""
    return get_column_letter(index + 1) if index >= 0 else ""


def section(text: str) -> tuple[str, str]:
    """Return building and entrance that a heading between rows speaks of."""
    found = _SECTION.fullmatch(compact(text))
    if not found:
        return "", ""
    way = found["entrance"] or ""
    return compact(text).removesuffix(way), way
