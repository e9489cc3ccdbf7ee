"""The header of a sheet: found under titles, in one row or two, and read as columns."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from assemblies.estates.register.headings import Heading, Who, heading
from assemblies.estates.register.synonyms import AREAS, KINDS, OF_OWNER, ROOMS, Field
from assemblies.foundation.sheets.grid import Sheet
from assemblies.foundation.sheets.text import NumberCell, compact

_SEARCHED_ROWS = 40
_CO_OWNERS = 100
ALL_OWNERS = 0
_MOST_DIGITS = 3
_FREE_TEXT = frozenset({Field.NOTE, Field.ADDRESS, Field.LOCATION, Field.DELIVERY})


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read: its place, its field, and the owner it speaks of (0: of all)."""

    index: int
    field: Field
    owner: int
    words: str

    def repeats(self, cell: str) -> bool:
        """Say whether a cell holds this column's heading, or one line of it."""
        return (len(cell) > 1 and self.words.startswith(cell)) or self.words.endswith(cell)


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's header stands (rows counted from 0) and what its columns are."""

    first: int
    last: int
    columns: tuple[Column, ...]
    unread: tuple[str, ...]
    places: dict[tuple[Field, int], tuple[int, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look up once where each field stands."""
        keys = dict.fromkeys((column.field, column.owner) for column in self.columns)
        found = {
            key: tuple(c.index for c in self.columns if (c.field, c.owner) == key) for key in keys
        }
        object.__setattr__(self, "places", found)

    def at(self, wanted: Field, owner: int = ALL_OWNERS) -> tuple[int, ...]:
        """Return the columns of a field."""
        return self.places.get((wanted, owner), ())

    def first_of(self, *fields: Field) -> int:
        """Return the first column of the first of these fields that has one; -1 for none."""
        for wanted in fields:
            for column in self.columns:
                if column.field is wanted:
                    return column.index
        return -1

    def ending_of(self, index: int) -> str:
        """Return 区 where a column of phases is headed so, else 期."""
        words = next((column.words for column in self.columns if column.index == index), "")
        return "区" if "区" in words and "期" not in words else "期"

    def has_heading(self, start: str) -> bool:
        """Say whether a column's heading begins with these words."""
        return any(column.words.startswith(start) for column in self.columns)

    @property
    def owners(self) -> tuple[int, ...]:
        """The numbers of the owners that have columns of their own."""
        return tuple(sorted({c.owner for c in self.columns if c.field in OF_OWNER} - {ALL_OWNERS}))

    @property
    def name_columns(self) -> tuple[int, ...]:
        """The columns that hold owners' names."""
        return tuple(c.index for c in self.columns if c.field is Field.NAME)

    @property
    def free_text(self) -> frozenset[int]:
        """The columns in which anything may be written."""
        return frozenset(c.index for c in self.columns if c.field in _FREE_TEXT)

    def has(self, *fields: Field) -> bool:
        """Say whether any of the fields has a column."""
        return any(column.field in fields for column in self.columns)

    def repeats(self, row: Sequence[str]) -> bool:
        """Say whether a row is the header once more, as printed lists have it on every page."""
        filled = [column for column in self.columns if row[column.index]]
        if len(filled) < max(2, len(self.columns) // 2):
            return False
        return all(column.repeats(compact(row[column.index])) for column in filled)


def find(sheet: Sheet) -> Header | None:
    """Return the best header among a sheet's first rows, or None where there is none.

    A header names at least the room, and the area or the owner.
    """
    best: Header | None = None
    for candidate in _candidates(sheet):
        if _is_register(candidate) and (best is None or _weight(candidate) > _weight(best)):
            best = candidate
    return best


def _weight(header: Header) -> int:
    return len({(column.field, column.owner) for column in header.columns})


def _is_register(header: Header) -> bool:
    return header.has(*ROOMS) and header.has(*AREAS, Field.NAME)


def _candidates(sheet: Sheet) -> Iterator[Header]:
    rows = sheet.rows[:_SEARCHED_ROWS]
    for at, row in enumerate(rows):
        yield _header(at, at, row)
    for at, (upper, lower) in enumerate(pairwise(rows)):
        if _may_be_second_row(lower):
            yield _header(at, at + 1, _joined(_spread(at, upper, sheet), lower))


def _may_be_second_row(row: Sequence[str]) -> bool:
    numbers = any(isinstance(cell, NumberCell) for cell in row)
    digits = any(sum(sign.isdigit() for sign in cell) >= _MOST_DIGITS for cell in row)
    return not numbers and not digits and sum(heading(cell) is not None for cell in row if cell) > 1


def _spread(at: int, row: Sequence[str], sheet: Sheet) -> list[str]:
    """Repeat the text of cells merged across; without merges, a blank goes with its left."""
    spread = list(row)
    across = [m for m in sheet.merges if m.top <= at <= m.bottom and m.right > m.left]
    for merge in across:
        for index in range(merge.left, min(merge.right + 1, len(spread))):
            spread[index] = row[merge.left]
    if not across:
        for index in range(1, len(spread)):
            spread[index] = spread[index] or spread[index - 1]
    return spread


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    return [_join(above, below) for above, below in zip(upper, lower, strict=True)]


def _join(above: str, below: str) -> str:
    if not above or not below or compact(above) == compact(below):
        return below or above
    both = f"{above}{below}"
    return next((words for words in (both, below, above) if heading(words)), both)


def _header(first: int, last: int, texts: Sequence[str]) -> Header:
    found = [(at, text, heading(text)) for at, text in enumerate(texts) if text]
    fields = {words.field for _, _, words in found if words and not words.weak}
    named = [
        (at, text, words)
        for at, text, words in found
        if words and not (words.weak and _said_better(words.field, fields))
    ]
    read = {at for at, _, _ in named}
    unread = tuple(text for at, text, _ in found if at not in read)
    return Header(first, last, tuple(_columns(named)), unread)


def _said_better(weak: Field, strong: Set[Field]) -> bool:
    """Say whether a weak heading's kind has a plain heading already: 车位号 beside 房号."""
    return any(weak in kind and not strong.isdisjoint(kind) for kind in KINDS)


_Found = tuple[int, str, Heading]


def _columns(found: Sequence[_Found]) -> Iterator[Column]:
    names = _names(found)
    for at, text, words in found:
        if words.field is Field.NAME:
            yield Column(at, words.field, names[at], compact(text))
        elif words.field in OF_OWNER:
            yield Column(at, words.field, _owner_of(at, words, names, found), compact(text))
        else:
            yield Column(at, words.field, ALL_OWNERS, compact(text))


def _names(found: Sequence[_Found]) -> dict[int, int]:
    """Return the owner's number of each column of names: from 1, co-owners from 101."""
    names: dict[int, int] = {}
    for at, _, words in found:
        if words.field is Field.NAME:
            base = _CO_OWNERS if words.who is Who.CO_OWNER else 0
            taken = [n - base for n in names.values() if n // _CO_OWNERS == base // _CO_OWNERS]
            number = words.number if words.number and words.number not in taken else None
            names[at] = base + (number or max(taken, default=0) + 1)
    return names


def _owner_of(at: int, words: Heading, names: dict[int, int], found: Sequence[_Found]) -> int:
    nearest = next((names[n] for n in sorted(names, reverse=True) if n < at), 1)
    if len(names) <= 1 and words.who is not Who.CO_OWNER:
        return next(iter(names.values()), 1) if words.who is Who.NOT_SAID else words.number or 1
    alike = Counter(other for _, _, other in found)[words] > 1
    if words.who is Who.CO_OWNER:
        return nearest if alike and nearest > _CO_OWNERS else _CO_OWNERS + (words.number or 1)
    if words.who is Who.OWNER:
        return nearest if alike else words.number or 1
    last_block = at > max(names)
    if words.number:
        by_number = last_block and not alike and words.number in names.values()
        return words.number if by_number else nearest
    alone = sum(other.field is words.field for _, _, other in found) == 1
    return ALL_OWNERS if last_block and alone else nearest
