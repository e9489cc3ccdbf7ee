"""The exported calendar: lines of 75 octets at most, CRLF, escapes, whole characters."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies.duties.icalendar import folded, icalendar
from assemblies.records.calendar import Entry

NOW = datetime(2026, 3, 30, 4, tzinfo=UTC)
SITE = "https://example.invalid"


def entry(title: str = "张贴决定公告", about: str = "聘用甲公司", *, done: bool = False) -> Entry:
    return Entry(
        id=UUID(int=7),
        estate=UUID(int=8),
        source=UUID(int=9),
        name="decision_posted_days",
        title=title,
        about=about,
        who="committee",
        due_on=date(2026, 12, 31),
        when="done" if done else "later",
        words="还有 276 天",
        law="《山东省物业管理条例》第三十二条",
        binding=True,
        starts_zh="",
        href="",
        done_at=NOW if done else None,
        done_by="",
        proof="",
        file=None,
    )


def unfolded(text: str) -> list[str]:
    """Read a calendar as RFC 5545 section 3.1 says: a line that begins with a space goes on."""
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_each_duty_is_an_event_of_a_whole_day() -> None:
    lines = unfolded(icalendar("和平里小区", (entry(),), SITE, now=NOW))
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    held = dict(line.split(":", 1) for line in lines)
    assert held["DTSTART;VALUE=DATE"] == "20261231"
    assert held["DTEND;VALUE=DATE"] == "20270101"
    assert held["DTSTAMP"] == "20260330T040000Z"
    assert held["SUMMARY"] == "和平里小区：张贴决定公告"
    assert held["URL"] == f"{SITE}/estates/{UUID(int=8)}/duties/{UUID(int=7)}/done"


def test_what_was_done_says_so() -> None:
    assert "张贴决定公告（已办）" in icalendar("和平里", (entry(done=True),), SITE, now=NOW)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("甲,乙;丙", "甲\\,乙\\;丙"), ("a\\b", "a\\\\b"), ("一\r\n二", "一\\n二")],
    ids=["comma and semicolon", "backslash", "new line"],
)
def test_signs_of_the_format_are_escaped(written: str, expected: str) -> None:
    lines = unfolded(icalendar("和平里", (entry(title=written),), SITE, now=NOW))
    assert f"SUMMARY:和平里：{expected}" in lines


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc"))))
def test_no_line_is_longer_than_75_octets_and_folding_loses_nothing(about: str) -> None:
    text = icalendar("和平里", (entry(about=about),), SITE, now=NOW)
    assert text.endswith("\r\n")
    for line in text.encode().split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
        assert b"\n" not in line
        assert b"\r" not in line


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=400))
def test_a_folded_line_is_the_same_line(line: str) -> None:
    parts = list(folded(line))
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert all(part.startswith(" ") for part in parts[1:])
