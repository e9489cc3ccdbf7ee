"""Posted forms of the console room: a section of the monthly table, and its submission."""

from collections.abc import Sequence
from typing import Any, cast

from wtforms import BooleanField, FileField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from assemblies.console.queries.lines import Line
from assemblies.console.rows import DONE_ZH, UNDONE_ZH, Kind, Row
from assemblies.console.services.months import LONGEST_NOTE, Entry
from assemblies.foundation.amounts import plain
from assemblies.foundation.fields import upload_of
from assemblies.foundation.forms import VerbForm, offered

PAPERS = ".jpg,.jpeg,.png,.pdf"
WHOLE = Regexp(r"\d{1,7}\Z", message="请填写整数，例如 12。")


class SectionForm(VerbForm):
    """The rows of one section; its fields are made for the rows at hand."""

    def entries(self, lines: Sequence[Line]) -> tuple[Entry, ...]:
        """Return what was keyed anew; rows left as they were are left out."""
        found = [(line, self._entry(line.row)) for line in lines]
        return tuple(entry for line, entry in found if _is_new(line, entry))

    def fields_of(self, row: Row) -> tuple[Any, ...]:
        """Return the fields of a row in the order of the page."""
        return (*self._figures(row), self[_note(row)], self[_file(row)])

    def _entry(self, row: Row) -> Entry:
        texts = [field.data or "" for field in self._figures(row)]
        paper = upload_of(self[_file(row)])
        note = (self[_note(row)].data or "").strip()
        return Entry(row.number, tuple(int(one) for one in texts if one), note, paper)

    def _figures(self, row: Row) -> list[Any]:
        return [self[_figure(row, place)] for place in range(row.figures)]


class SubmitForm(VerbForm):
    """The office's word that the table may go out."""

    seen = BooleanField("我已经核对每一行的数字和材料", [InputRequired("请核对后勾选。")])


def section_form(lines: Sequence[Line]) -> SectionForm:
    """Return the form of a section, filled with what is keyed or offered."""
    fields: dict[str, Any] = {}
    held: dict[str, str] = {}
    for line in lines:
        for place in range(line.row.figures):
            fields[_figure(line.row, place)] = _field(line.row, place)
        fields[_note(line.row)] = StringField("备注", [Length(max=LONGEST_NOTE)])
        fields[_file(line.row)] = FileField("纪实材料", render_kw={"accept": PAPERS})
        held.update(_held(line))
    kind = cast(type[SectionForm], type("OneSectionForm", (SectionForm,), fields))
    return kind(**held)


def _field(row: Row, place: int) -> Any:
    if row.kind is Kind.DONE:
        choices = offered((("1", DONE_ZH), ("0", UNDONE_ZH)))
        return RadioField("工作进展情况", [Optional()], choices=choices, validate_choice=False)
    label = f"{row.parts[place]}（{row.unit}）" if row.parts else f"数量（{row.unit}）"
    return StringField(label, [Optional(), WHOLE], filters=[_plain])


def _held(line: Line) -> dict[str, str]:
    """Return what the form shows at first: what was keyed, else what the tree offers."""
    value = line.keyed.value if line.keyed else line.suggestion
    held = {_figure(line.row, place): str(one) for place, one in enumerate(value or ())}
    if line.keyed is not None:
        held[_note(line.row)] = line.keyed.note
    return held


def _is_new(line: Line, entry: Entry) -> bool:
    """Say whether anything was keyed that does not stand already."""
    if entry.paper is not None:
        return True
    if line.keyed is not None:
        return (entry.value, entry.note) != (line.keyed.value, line.keyed.note)
    return bool(entry.value or entry.note)


def _plain(text: str | None) -> str:
    return plain(text or "").replace(",", "")


def _figure(row: Row, place: int) -> str:
    return f"v{row.number}_{place}"


def _note(row: Row) -> str:
    return f"n{row.number}"


def _file(row: Row) -> str:
    return f"f{row.number}"
