"""The record: fed once by every step, only ever appended to, filtered, handed out, annotated."""

import ast
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.logs import LogEntryRecord
from assemblies.records.streams import Stream, entries_of
from assemblies.records.supervision import Happened, digest_of, tell
from assemblies.resolutions.services import results as resolutions
from assemblies.supervision.papers import record_pdf
from assemblies.supervision.queries import stream
from assemblies.supervision.services import notes
from assemblies.supervision.services.notes import Written
from assemblies.supervision.subjects import SUBJECTS, subject_of
from tests.support.broken_bundles.forging import repacked
from tests.support.counted import begun
from tests.support.overseen import STREET, Seated
from voting.bundle import LOG
from voting.log.entries import Entry
from voting.log.supervision import CREATED, WORDS
from voting.stream import Stream as Handed
from voting.verify.streams import verify_file, verify_stream

WRITES = {"append", "extend", "extend_all", "create_log", "insert", "delete", "update", "text"}


def told(seated: Seated, kind: str, said: str, days: int = 0) -> None:
    happened = Happened(kind, said, "林主任", f"note:{seated.estate}", digest_of({"said": said}))
    later = seated.now + timedelta(days=days)
    tell(seated.session, seated.estate, happened, seated.keys, now=later)


def test_every_step_of_an_assembly_lands_once_with_its_source_and_proof(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = begun(session, keys, now)
    for letter in vote.frozen.letters:
        vote.cast(letter)
    result = vote.result()
    record = session.get_one(AssemblyRecord, vote.frozen.assembly)
    assert record.objections_until is not None
    end = record.objections_until
    resolutions.certify(session, record.id, "示例街道办事处", "", keys, now=end)
    resolutions.publish(session, record.id, keys, now=end)
    found = [
        Entry.parse(one.data) for one in entries_of(session, record.estate_id, Stream.SUPERVISION)
    ]
    of_assembly = [one for one in found if one.kind.startswith("assembly.")]
    kinds = [one.kind.removeprefix("assembly.") for one in of_assembly]
    assert kinds[-5:] == ["closed", "opened", "counted", "certified", "published"]
    assert len(set(kinds)) == len(kinds)
    assert {str(one.body["source"]) for one in of_assembly} == {f"assembly:{record.id}"}
    by_kind = {one.kind: one for one in of_assembly}
    for step in ("counted", "certified", "published"):
        assert by_kind[f"assembly.{step}"].body["digest"] == result.digest
    assert by_kind["assembly.certified"].body["by"] == "示例街道办事处"


def test_the_room_neither_writes_nor_takes_away_an_entry() -> None:
    """It reads the log and tells what happened through `tell`; nothing else of `logs` is called."""
    spec = find_spec("assemblies.supervision")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    for path in sorted(Path(spec.submodule_search_locations[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "logs":
                assert node.attr == "entries", f"{path.name}:{node.lineno}"
            if isinstance(node, ast.ImportFrom):
                names = {one.name for one in node.names}
                assert not names & WRITES, f"{path.name}:{node.lineno}"


CHANGES = {
    "changed": "UPDATE log_entries SET kind = 'note.written'",
    "deleted": "DELETE FROM log_entries",
}


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_the_database_lets_no_entry_be(seated: Seated, statement: str) -> None:
    told(seated, "duty.done", "张贴公告")
    with pytest.raises(DatabaseError):
        seated.session.execute(text(statement))


def test_newest_first_grouped_by_day_and_paged(seated: Seated) -> None:
    for number in range(stream.PAGE + 2):
        told(seated, "duty.done", f"第{number}件", days=number % 2)
    first = stream.page(seated.session, seated.estate, None, 0, 1)
    last = stream.page(seated.session, seated.estate, None, 0, 9)
    assert (first.found, first.pages, last.number) == (stream.PAGE + 2, 2, 2)
    lines = [line for page in (first, last) for day in page.days for line in day.lines]
    assert [line.number for line in lines] == list(range(stream.PAGE + 2, 0, -1))
    assert len(first.days) == stream.PAGE


def test_filtered_by_subject_and_year(seated: Seated) -> None:
    told(seated, "meeting.held", "开会")
    told(seated, "duty.late", "逾期")
    told(seated, "repair.overdue", "审核逾期", days=400)

    def said(subject: str, year: int) -> list[str]:
        page = stream.page(seated.session, seated.estate, subject_of(subject), year, 1)
        return [line.said for day in page.days for line in day.lines]

    assert said("late", 0) == ["审核逾期", "逾期"]
    assert said("late", 2026) == ["逾期"]
    assert said("repairs", 2027) == ["审核逾期"]
    assert said("meetings", 2027) == []
    assert said("nothing of this name", 0) == ["审核逾期", "逾期", "开会"]
    assert stream.page(seated.session, seated.estate, None, 0, 1).years == (2027, 2026)


def test_every_kind_of_entry_belongs_to_a_subject() -> None:
    kinds = {kind for subject in SUBJECTS for kind in subject.kinds}
    assert set(WORDS) - kinds == {CREATED}


def test_an_empty_record_has_nothing_to_show(seated: Seated) -> None:
    page = stream.page(seated.session, seated.estate, None, 0, 1)
    assert (page.days, page.pages, page.years) == ((), 1, ())
    with pytest.raises(NotFound):
        stream.exported(seated.session, seated.estate)


def test_the_record_handed_out_verifies_until_a_byte_is_changed(seated: Seated) -> None:
    told(seated, "meeting.held", "开会")
    data = stream.exported(seated.session, seated.estate)
    assert Handed.read(data).estate == "和平里小区（示例）"
    assert verify_file(data).holds
    key = seated.keys.log_signer(stream.head(seated.session, seated.estate).origin).verifier.vkey
    assert verify_stream(data, log_key=key).holds

    def forge(files: dict[str, bytes]) -> None:
        files[LOG] = files[LOG].replace("开会".encode(), "散会".encode())

    broken = verify_file(repacked(data, forge))
    assert [step.holds for step in broken.steps[:2]] == [True, False]


def test_printed_with_the_entries_of_its_days_only(seated: Seated) -> None:
    told(seated, "meeting.held", "前一天")
    told(seated, "meeting.held", "当天", days=1)
    day = date(2026, 3, 3)
    lines = stream.lines_between(seated.session, seated.estate, day, day)
    assert [line.said for line in lines] == ["当天"]
    head = stream.head(seated.session, seated.estate)
    printed = record_pdf("和平里小区", (day, day), lines, head, seated.now)
    assert printed.startswith(b"%PDF-")


# --- notes


def wrote(seated: Seated, entry: int | None, words: str = "请说明原因。") -> object:
    written = Written(words, STREET)
    return notes.write(seated.session, seated.estate, entry, written, seated.keys, now=seated.now)


def test_a_note_stands_beside_its_entry_until_it_is_answered(seated: Seated) -> None:
    told(seated, "meeting.held", "开会")
    wrote(seated, 1)
    page = stream.page(seated.session, seated.estate, None, 0, 1)
    assert page.unanswered == 1
    [note] = stream.line(seated.session, seated.estate, 1).notes
    answer = Written("已补公示。", "林主任（业委会主任）")
    notes.answer(seated.session, seated.estate, note.id, answer, seated.keys, now=seated.now)
    assert stream.page(seated.session, seated.estate, None, 0, 1).unanswered == 0
    assert stream.note(seated.session, seated.estate, note.id).answered_at == seated.now
    assert seated.kinds() == ["meeting.held", "note.written", "note.answered"]
    with pytest.raises(WrongStep, match="已经答复过"):
        notes.answer(seated.session, seated.estate, note.id, answer, seated.keys, now=seated.now)


def test_a_note_on_the_whole_record_needs_no_entry(seated: Seated) -> None:
    wrote(seated, None)
    page = stream.page(seated.session, seated.estate, None, 0, 1)
    assert [note.text for note in page.notes] == ["请说明原因。"]


@pytest.mark.parametrize("entry", [0, 5, -1])
def test_a_note_beside_nothing_is_refused(seated: Seated, entry: int) -> None:
    told(seated, "meeting.held", "开会")
    with pytest.raises(NotFound):
        wrote(seated, entry)


@pytest.mark.parametrize("words", ["", "  ", "长" * 2_001])
def test_a_note_says_something_but_not_too_much(seated: Seated, words: str) -> None:
    with pytest.raises(Incomplete):
        wrote(seated, None, words)


def test_the_log_keeps_as_many_entries_as_happened(seated: Seated) -> None:
    for number in range(3):
        told(seated, "duty.done", f"第{number}件")
    rows = seated.session.query(LogEntryRecord).count()
    assert rows == len(entries_of(seated.session, seated.estate, Stream.SUPERVISION)) == 4
