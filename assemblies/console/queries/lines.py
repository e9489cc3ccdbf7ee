"""The monthly table as a value: each row with what was computed and keyed, and the shares."""

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from assemblies.console.months import Month
from assemblies.console.queries.answers import Computed
from assemblies.console.rows import SECTIONS, SUGGESTED, Ratio, Row
from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import FileLink


@dataclass(frozen=True, slots=True)
class Keyed:
    """What somebody keyed in: the figures, a remark, the proof, by whom and when."""

    value: tuple[int, ...]
    note: str
    by: str
    at: datetime
    file: FileLink | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands: what counts, what the records say, and what last month said."""

    row: Row
    value: tuple[int, ...] | None
    computed: Computed | None
    keyed: Keyed | None
    remark: str
    before: tuple[int, ...] | None
    suggestion: tuple[int, ...] | None = None

    @property
    def said(self) -> str:
        """Say the value that counts, or nothing where there is none yet."""
        return "" if self.value is None else self.row.said(self.value)

    @property
    def before_said(self) -> str:
        """Say last month's value, or nothing."""
        return "" if self.before is None else self.row.said(self.before)

    @property
    def computed_said(self) -> str:
        """Say what the records answer."""
        return "" if self.computed is None else self.row.said(self.computed.value)

    @property
    def replaced(self) -> bool:
        """Say whether a keyed value stands in place of a different computed one."""
        return bool(self.keyed and self.computed and self.keyed.value != self.computed.value)

    @property
    def proof(self) -> str:
        """Say what proves the row, for the column 纪实材料."""
        if self.keyed is not None and self.keyed.file is not None:
            return self.keyed.file.name
        if self.computed is not None and self.keyed is None:
            return "平台记录"
        taken = self.value is not None and self.value == self.suggestion
        return self.offered_by if taken else ""

    @property
    def offered_by(self) -> str:
        """Say where the offered value comes from."""
        return "平台区划" if self.row.number in SUGGESTED else "街道报表合计"


@dataclass(frozen=True, slots=True)
class Share:
    """A ratio with its exact fraction; None where its rows have no value yet."""

    ratio: Ratio
    part: int | None
    whole: int | None

    @property
    def known(self) -> bool:
        """Say whether there is a share to speak of."""
        return self.part is not None and bool(self.whole)

    @property
    def fraction(self) -> Fraction | None:
        """Return the exact share."""
        return Fraction(self.part or 0, self.whole) if self.known and self.whole else None

    @property
    def missing(self) -> int:
        """Return how many are missing to the target."""
        if self.ratio.target is None or not self.whole:
            return 0
        exact = self.ratio.target * self.whole
        return max(0, -(-exact.numerator // exact.denominator) - (self.part or 0))


@dataclass(frozen=True, slots=True)
class Table:
    """The table of an office and a month.

    `intact` says whether what is kept still gives the digest that went out with it.
    """

    node: UUID
    office: str
    path: str
    month: Month
    as_of: datetime
    lines: tuple[Line, ...]
    due_on: date
    due_said: str
    over: bool
    submitted_at: datetime | None = None
    submitted_by: str = ""
    digest: str = ""
    intact: bool = True
    estates: int = 0
    shares: tuple[Share, ...] = field(default=())

    @property
    def sections(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """Return the lines by section."""
        return tuple(
            (name, tuple(one for one in self.lines if one.row.section == name)) for name in SECTIONS
        )

    @property
    def missing(self) -> tuple[int, ...]:
        """Return the numbers of the rows that have no value yet."""
        return tuple(one.row.number for one in self.lines if one.value is None)

    def late(self, now: datetime) -> bool:
        """Say whether it went out after its last day, or has not by then."""
        return in_china(self.submitted_at or now).date() > self.due_on
