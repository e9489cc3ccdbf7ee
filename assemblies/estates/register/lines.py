"""The rows of a sheet as lines: which part, what is said of it, whose it is."""

from dataclasses import dataclass, replace

from assemblies.estates.register import headers
from assemblies.estates.register.facts import Facts, facts
from assemblies.estates.register.headers import Header
from assemblies.estates.register.owners import OwnerLine, owners
from assemblies.estates.register.rows import Row, RowKind, letter_of
from assemblies.estates.register.spots import Above, Spot, spot
from assemblies.estates.register.synonyms import AREAS, ROOMS, Field
from assemblies.estates.register.totals import Total, total
from assemblies.estates.register.values import PartKey, Remark, RowPlace
from assemblies.foundation.sheets.doubts import Doubt, Level
from assemblies.foundation.sheets.grid import Sheet
from assemblies.foundation.sheets.places import Named, building_in_title, building_of_sheet
from assemblies.foundation.sheets.text import compact, tidy

_EXAMPLES = ("示例", "样例", "填写说明", "填表说明", "说明", "模板说明")


@dataclass(frozen=True, slots=True)
class Line:
    """One row that speaks of a part."""

    place: RowPlace
    spot: Spot | None
    facts: Facts
    owners: tuple[OwnerLine, ...]
    header: Header
    # How many lines stand above it in its sheet.
    position: int

    @property
    def key(self) -> PartKey | None:
        """The part's key, where the row says which part it speaks of."""
        return self.spot.key if self.spot else None

    @property
    def area_dm2(self) -> int | None:
        """The area that the row gives."""
        return self.facts.area_dm2

    def remark(self, level: Level, code: str, said: str, *about: Field) -> Remark:
        """Say something of this row, pointing at the first column that it has of those named."""
        return Remark(*self.place, letter_of(self.header.first_of(*about)), level, code, said)

    @property
    def label(self) -> str:
        """The part and its owners as the clerk knows them."""
        names = "、".join(own.owner.name for own in self.owners)
        return " ".join(filter(None, (self.spot.label if self.spot else "", names)))


@dataclass(frozen=True, slots=True)
class SheetLines:
    """All that one sheet says, in its order."""

    lines: tuple[Line, ...] = ()
    totals: tuple[Total, ...] = ()
    remarks: tuple[Remark, ...] = ()
    header: Header | None = None


def lines(sheet: Sheet) -> SheetLines:
    """Read one sheet; a sheet that is no register is left out, and said so."""
    if not any(any(row) for row in sheet.rows):
        return SheetLines()
    header = headers.find(sheet)
    if left_out := _left_out(sheet, header):
        return SheetLines(remarks=(left_out,))
    assert header is not None  # noqa: S101  (else it was left out)
    return _Reader(sheet, header).read()


def _left_out(sheet: Sheet, header: Header | None) -> Remark | None:
    """Say why a sheet is not read, the first reason that holds."""
    if sheet.hidden:
        reason = (Level.WARNING, "hidden_sheet", "这个工作表是隐藏的，没有读。")
    elif compact(sheet.name) in _EXAMPLES:
        reason = (Level.NOTE, "example_sheet", "这是示例或说明，没有读。")
    elif header is None:
        said = "这个工作表里没有找到名册的表头（房号、面积、产权人），没有读。"
        reason = (Level.NOTE, "no_header", said)
    elif not header.has(*AREAS):
        reason = (Level.WARNING, "no_area_column", "这个工作表没有面积一列，没有读。")
    elif not header.has(Field.NAME, Field.STATUS):
        reason = (Level.WARNING, "no_owner_column", "这个工作表没有产权人一列，没有读。")
    else:
        return None
    return Remark(sheet.name, 0, "", *reason)


class _Reader:
    """Walks down one sheet, remembering what stands above."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.sheet = sheet
        self.header = header
        self.lines: list[Line] = []
        self.totals: list[Total] = []
        self.remarks: list[Remark] = []
        self.above = self._heading()
        # The line that a row without a room number may continue.
        self.open: Line | None = None

    def read(self) -> SheetLines:
        self._about_the_sheet()
        for at in range(self.header.last + 1, len(self.sheet.rows)):
            self._row(Row(RowPlace(self.sheet.name, at + 1), self.sheet.rows[at], self.header))
        self._check_merged_areas()
        found = (tuple(self.lines), tuple(self.totals), tuple(self.remarks))
        return SheetLines(*found, header=self.header)

    def _check_merged_areas(self) -> None:
        """Refuse an area that stands in one cell for several parts."""
        columns = {index for field in AREAS for index in self.header.at(field)}
        for merge in self.sheet.merges:
            if merge.left not in columns or merge.bottom == merge.top:
                continue
            inside = [line for line in self.lines if merge.top < line.place.row <= merge.bottom + 1]
            if len({line.key for line in inside}) > 1:
                said = "面积一格合并了几户，分不出每户多少，请拆开填写。"
                for line in inside:
                    self._say(Level.REFUSED, "area_shared", said, line.place.row)

    def _heading(self) -> Above:
        by_name = building_of_sheet(self.sheet.name)
        by_title = self._building_of_titles()
        if (
            by_name
            and by_title
            and by_name.key != by_title.key
            and not self.header.has(Field.BUILDING)
        ):
            said = f"工作表名是“{tidy(self.sheet.name)}”，标题却写{by_title.name}，请核对是哪一幢。"
            self._say(Level.WARNING, "title_differs", said)
        return Above(by_name or by_title, by_name is not None)

    def _building_of_titles(self) -> Named | None:
        titles = {cell for row in self.sheet.rows[: self.header.first] for cell in row if cell}
        found = {named.key: named for title in titles if (named := building_in_title(title))}
        return next(iter(found.values())) if len(found) == 1 else None

    def _about_the_sheet(self) -> None:
        if self.header.unread:
            columns = "、".join(dict.fromkeys(tidy(text)[:20] for text in self.header.unread))
            self._say(Level.NOTE, "columns_unread", f"这些列没有读：{columns}。")
        if self.sheet.hidden_rows:
            said = f"有 {self.sheet.hidden_rows} 行被隐藏或筛选掉了，也一并读入。"
            self._say(Level.WARNING, "hidden_rows", said)
        absent = {Field.USE: "住宅（车库里的按车位）", Field.STATUS: "已售", Field.BASIS: "未注明"}
        for field, taken in absent.items():
            if not self.header.has(field) and (
                field is not Field.BASIS or self.header.has(Field.AREA)
            ):
                level = Level.NOTE if field is Field.BASIS else Level.WARNING
                self._say(level, "column_absent", f"没有“{field}”一列，全部按{taken}导入，请核对。")

    def _say(self, level: Level, code: str, said: str, row: int = 0) -> None:
        self.remarks.append(Remark(self.sheet.name, row, "", level, code, said))

    def _row(self, row: Row) -> None:
        match row.kind():
            case RowKind.DATA:
                self._data(row)
            case RowKind.TOTAL:
                self.totals.append(total(row, len(self.lines)))
                self.open = None
            case RowKind.SECTION:
                self.above = self.above.after_section(next(cell for cell in row.cells if cell))
                self.open = None
            case RowKind.FOOTNOTE:
                text = tidy(next(cell for cell in row.cells if cell))
                self._say(
                    Level.NOTE, "row_unread", f"不像名册内容，没有读：{text[:40]}", row.place.row
                )
                self.open = None
            case _:
                self.open = None

    def _data(self, row: Row) -> None:
        said, about = facts(row)
        people, of_people = owners(row)
        self.remarks += (*about, *of_people)
        if not row.names_a_room and self.open and row.names_an_owner:
            line = self._continued(row, said, people)
        else:
            found, doubts = spot(row, self.above)
            self.remarks += (row.remark(doubt, self.header.first_of(*ROOMS)) for doubt in doubts)
            line = Line(row.place, found, said, people, self.header, len(self.lines))
        if line.spot:
            self.above = replace(self.above, last=line.spot)
        self.lines.append(line)
        self.open = line

    def _continued(self, row: Row, said: Facts, people: tuple[OwnerLine, ...]) -> Line:
        """Read a row without a room number as one more owner of the row above."""
        above = self.open
        assert above is not None  # noqa: S101  (the caller looked)
        if said.area_dm2 is not None:
            same = said.area_dm2 == above.facts.area_dm2
            level = Level.QUESTION if same else Level.REFUSED
            end = "确认后算作上一行的共有人。" if same else "请补上房号。"
            doubt = Doubt(level, "room_missing", f"这一行有面积却没有房号。{end}")
            self.remarks.append(row.remark(doubt, self.header.first_of(*ROOMS)))
            if not same:
                return Line(row.place, None, said, people, self.header, len(self.lines))
        return Line(row.place, above.spot, said, people, self.header, len(self.lines))
