"""What the reader of values does not tell about a sheet: its extent, formulas, hidden rows."""

from assemblies.foundation.sheets.grid import check_size
from assemblies.foundation.sheets.package import careful_parser, parse

_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_DIGITS = 9
_MOST_LETTERS = 4


class Worksheet:
    """A sheet's XML walked through once, before anything reserves room for its cells."""

    def __init__(self, xml: bytes, name: str) -> None:
        """Walk through the sheet; raise `OversizedSheet` where a cell lies too far out."""
        self.formulas: dict[tuple[int, int], str] = {}
        self.hidden_rows = self.height = self.width = 0
        self._where = f"工作表“{name}”"
        self._row = self._column = -1
        self._formula: list[str] = []
        self._columns: dict[str, int] = {}
        self._parser = careful_parser()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        parse(self._parser, xml)
        del self._parser  # it and this object hold each other

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self._cell(attributes.get("r"))
        elif tag in {"v", "is", "f"}:
            self._reach()
            if tag == "f":
                self._formula = []
                self._parser.CharacterDataHandler = self._formula.append
                self._parser.EndElementHandler = self._end_of_formula
        elif tag == "row":
            self._row = _number(attributes.get("r"), self._row + 2) - 1
            self._column = -1
            self.hidden_rows += attributes.get("hidden") in {"1", "true"}

    def _cell(self, reference: str | None) -> None:
        """Note where a cell stands; without a reference it follows the one before."""
        if not reference:
            self._column += 1
            return
        letters = reference.rstrip(_DIGITS)
        if letters not in self._columns:
            self._columns[letters] = _column(letters)
        self._column = self._columns[letters]
        self._row = _number(reference[len(letters) :], self._row + 1) - 1

    def _reach(self) -> None:
        if self._row >= self.height or self._column >= self.width:
            self.height = max(self.height, self._row + 1)
            self.width = max(self.width, self._column + 1)
            check_size(self.height, self.width, self._where)

    def _end_of_formula(self, _tag: str) -> None:
        self.formulas[self._row, self._column] = "".join(self._formula)
        self._parser.CharacterDataHandler = None
        self._parser.EndElementHandler = None


def _number(digits: str | None, otherwise: int) -> int:
    usable = digits is not None and digits.isdecimal() and len(digits) <= _MOST_DIGITS
    return int(digits or otherwise) if usable else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:_MOST_LETTERS].upper():
        number = number * len(_LETTERS) + _LETTERS.find(letter) + 1
    return number - 1
