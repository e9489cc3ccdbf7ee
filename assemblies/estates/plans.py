"""What applying a file would do: its rows with their verdicts, what is asked, and the sums."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from assemblies.estates import shown
from assemblies.estates.persons import agreed, twice
from assemblies.estates.register.changes import Change, merged
from assemblies.estates.register.heads import sums
from assemblies.estates.register.preview import Preview, PreviewPart, PreviewRow, Verdict, compare
from assemblies.estates.register.values import (
    ExistingPart,
    PartKey,
    Reading,
    Remark,
    RowPlace,
    Sums,
    Use,
)
from assemblies.estates.stored import Stored
from assemblies.foundation.sheets.doubts import Level

# Which uses count for votes is a house rule; these do unless it says otherwise.
USUAL_USES = frozenset({Use.DWELLING, Use.SHOP})
# A file that asks more than this is wrong in a whole column: nobody ticks a thousand boxes well.
MOST_QUESTIONS = 200
_FOLLOWS = "with_other_row"


@dataclass(frozen=True, slots=True)
class Said:
    """A remark as the page shows it; the column is a letter, or nothing for the whole row."""

    column: str
    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the file, what becomes of it and why; row 0 speaks of a whole sheet."""

    sheet: str
    row: int
    label: str
    verdict: Verdict
    said: tuple[Said, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def warned(self) -> bool:
        """Say whether something should be looked at although the row can be applied."""
        return any(one.level is Level.WARNING for one in self.said)


@dataclass(frozen=True, slots=True)
class Question:
    """Something the clerk has to confirm, with all the rows that ask it in the same words."""

    id: str
    text: str
    rows: tuple[RowPlace, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a file would do to a register at one version.

    `written` are the parts to write; sums are of the whole register as it would stand.
    """

    version: int
    rows: tuple[PlanRow, ...]
    notes: tuple[PlanRow, ...]
    questions: tuple[Question, ...]
    untouched: int
    of_file: Sums
    after: Sums
    counted: Sums
    written: tuple[ExistingPart, ...]

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """Return how many rows have each verdict."""
        return Counter(row.verdict for row in self.rows)

    @property
    def refused(self) -> int:
        """Return how many rows, of the file or of the register, stand in the way."""
        return sum(row.verdict is Verdict.REFUSED for row in (*self.rows, *self.notes))

    @property
    def warned(self) -> int:
        """Return how many rows carry a warning."""
        return sum(row.warned for row in self.rows)


def plan(reading: Reading, stored: Stored) -> Plan:
    """Lay a reading beside the stored register."""
    existing = stored.existing()
    whole = _whole(reading, existing)
    double = twice(whole)
    if any(part.key in double for part in reading.parts):
        reading = _each_once(reading, double)
        whole = _whole(reading, existing)
        double = twice(whole)
    read = tuple(replace(part, owners=whole[part.key].owners) for part in reading.parts)
    preview = compare(replace(reading, parts=read), existing)
    after = tuple(whole.values())
    return Plan(
        version=stored.version,
        rows=_rows(preview),
        notes=(*(_merging(whole[key]) for key in double), *map(_note, preview.remarks)),
        questions=_questions(preview),
        untouched=len(preview.absent),
        of_file=sums(read),
        after=sums(after),
        counted=sums(after, USUAL_USES),
        written=tuple(
            _plain_part(part.after)
            for part in preview.parts
            if part.verdict in {Verdict.NEW, Verdict.CHANGED}
        ),
    )


def _whole(
    reading: Reading, existing: Mapping[PartKey, ExistingPart]
) -> Mapping[PartKey, ExistingPart]:
    """Return the whole register with a file's parts in it."""
    return agreed(
        existing, {part.key: merged(part, existing.get(part.key)) for part in reading.parts}
    )


def _each_once(reading: Reading, double: Collection[PartKey]) -> Reading:
    """Refuse the parts that name one person twice, which only the whole register shows."""
    said = "同一房屋里，同一位产权人写了两次（证件号相同，或姓名和电话相同）。请只留一处。"
    remarks = (
        Remark(*part.rows[0], "", Level.REFUSED, "owner_twice", said)
        for part in reading.parts
        if part.key in double
    )
    kept = tuple(part for part in reading.parts if part.key not in double)
    return replace(reading, parts=kept, remarks=(*reading.remarks, *remarks))


def _merging(part: ExistingPart) -> PlanRow:
    """Refuse a file by which two owners of a stored part would turn out to be one person."""
    said = (
        f"照这份文件，名册里{part.label}的两位产权人是同一个人（姓名和电话相同）。"
        "请先到那一处的页面核对，再来导入。"
    )
    return PlanRow("名册", 0, part.label, Verdict.REFUSED, (Said("", Level.REFUSED, said),))


def register_after(plan_: Plan, stored: Stored) -> Mapping[PartKey, ExistingPart]:
    """Return the whole register as the plan would leave it."""
    return agreed(stored.existing(), {part.key: part for part in plan_.written})


def _plain_part(part: ExistingPart) -> ExistingPart:
    """Forget which rows a part was read from."""
    return ExistingPart(
        part.key,
        part.building,
        part.entrance,
        part.floor,
        part.room,
        part.area_dm2,
        part.basis,
        part.use,
        part.status,
        part.unit_code,
        part.address,
        part.delivery,
        part.note,
        part.owners,
    )


def _rows(preview: Preview) -> tuple[PlanRow, ...]:
    parts = {part.key: part for part in preview.parts}
    return tuple(_row(row, parts.get(row.key) if row.key else None) for row in preview.rows)


def _row(row: PreviewRow, part: PreviewPart | None) -> PlanRow:
    changed = shown.changes(part.before, part.after, row.changes) if part else ()
    said = tuple(_said(remark) for remark in row.remarks)
    return PlanRow(*row.place, shown.row_label(row.label), row.verdict, said, changed)


def _note(remark: Remark) -> PlanRow:
    return PlanRow(*remark.place, "", Verdict.UNCHANGED, (_said(remark),))


def _said(remark: Remark) -> Said:
    return Said(remark.column, remark.level, remark.said_zh)


def _questions(preview: Preview) -> tuple[Question, ...]:
    asked: dict[str, list[RowPlace]] = defaultdict(list)
    for row in preview.rows:
        for text in _asked(row):
            asked[text].append(row.place)
    return tuple(Question(question_id(text), text, tuple(rows)) for text, rows in asked.items())


def _asked(row: PreviewRow) -> Iterator[str]:
    if row.verdict is Verdict.QUESTION:
        for remark in row.remarks:
            if remark.level is Level.QUESTION and remark.code != _FOLLOWS:
                yield remark.said_zh


def question_id(text: str) -> str:
    """Return the id of a question: what is asked in the same words is asked once."""
    return sha256(text.encode()).hexdigest()[:16]


def unanswered(questions: Sequence[Question], accepted: frozenset[str]) -> int:
    """Return how many questions nobody has confirmed."""
    return sum(question.id not in accepted for question in questions)
