"""Duties as an iCalendar (RFC 5545) that any telephone's calendar reads."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from assemblies.duties.queries import Entry

END = "\r\n"
LONGEST = 75  # octets a line, without the line's end (RFC 5545 section 3.1)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def icalendar(estate: str, found: Iterable[Entry], site: str, *, now: datetime) -> str:
    """Return duties with a last day as all-day events; `site` is the address of the pages.

    Source: RFC 5545 sections 3.1 (folding), 3.3.11 (escapes), 3.6.1 (events).
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Zhongjue//Duties//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(f'{estate}待办事项')}",
        "X-WR-TIMEZONE:Asia/Shanghai",
    ]
    for one in found:
        lines += _event(one, estate, site, now) if one.due_on else ()
    return END.join(part for line in (*lines, "END:VCALENDAR") for part in folded(line)) + END


def folded(line: str) -> Iterator[str]:
    """Fold a line so that none is longer than 75 octets, and no character is cut in two."""
    held, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LONGEST:
            yield held
            held, size = " ", 1
        held, size = held + character, size + octets
    yield held


def _event(one: Entry, estate: str, site: str, now: datetime) -> Iterator[str]:
    due = one.due_on or date.max
    href = one.href or f"/estates/{one.estate}/duties/{one.id}/done"
    told = (one.about, f"由{one.who_zh}办理", f"{one.standing_zh}：{one.law}")
    yield "BEGIN:VEVENT"
    yield f"UID:{one.id}@zhongjue"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'{estate}：{one.title}' + ('（已办）' if one.done_at else ''))}"
    yield f"DESCRIPTION:{_text(chr(10).join(told))}"
    yield f"URL:{site}{href}"
    yield "TRANSP:TRANSPARENT"
    yield f"CATEGORIES:{_text(one.who_zh)}"
    yield "END:VEVENT"


def _text(words: str) -> str:
    return words.translate(_ESCAPED)
