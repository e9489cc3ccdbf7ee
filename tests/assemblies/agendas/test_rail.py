"""At every step there is one thing to do next, and the rail stands at the right point."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from assemblies.agendas.queries.assemblies import AssemblyView
from assemblies.agendas.queries.readiness import Gap
from assemblies.agendas.rail import BEHIND, next_step, pages, phases
from tests.support.agendas import NOON

A_DAY = timedelta(days=1)
POSTED = NOON - 20 * A_DAY
DRAFT = AssemblyView(
    id=UUID(int=1),
    estate=UUID(int=2),
    node=UUID(int=3),
    estate_name="和平里小区（示例）",
    address="",
    number=1,
    title="第一次会议",
    convener="committee",
    convener_name="业主委员会",
    contact="",
    place="",
    phase="draft",
    pack="shandong",
    house=None,
    planned_post=POSTED,
    opens_at=NOON + A_DAY,
    closes_at=NOON + 14 * A_DAY,
    reviewed_at=None,
    review_answer="",
    posted_at=None,
    frozen_at=None,
    closed_at=None,
    opened_at=None,
    counted_at=None,
    objections_until=None,
    certified_at=None,
    published_at=None,
)


def view(phase: str, **changed: datetime) -> AssemblyView:
    posted = {} if phase in {"draft", "reviewed"} else {"posted_at": POSTED}
    return replace(DRAFT, phase=phase, **{**posted, **changed})  # type: ignore[arg-type]


STEPS = {
    "a whole draft is reported": (view("draft"), "agendas.review"),
    "a reviewed plan is posted": (view("reviewed"), "agendas.post"),
    "a fresh notice waits for objections": (view("posted", posted_at=NOON), "rolls.roll"),
    "the day before the roll was posted long enough": (
        view("posted", posted_at=NOON - 15 * A_DAY + timedelta(hours=12)),
        "rolls.roll",
    ),
    "a roll posted long enough is frozen": (
        view("posted", posted_at=NOON - 15 * A_DAY),
        "rolls.freeze",
    ),
    "before the vote the letters go out": (view("frozen"), "rolls.letters"),
    "during the vote one looks on": (view("frozen", opens_at=NOON), "board.assembly"),
    "at closing time one waits": (view("frozen", opens_at=POSTED, closes_at=NOON), ""),
    "a closed box is opened": (view("closed"), "counts.opening"),
    "an open box is counted": (view("opened"), "counts.count"),
    "a fresh result waits for objections": (
        view("counted", objections_until=NOON + A_DAY),
        "counts.result",
    ),
    "a result that stood is certified": (
        view("counted", objections_until=NOON),
        "resolutions.certify",
    ),
    "a certified result is published": (view("certified"), "resolutions.publish"),
    "a published one is looked at": (view("published"), "board.assembly"),
}


@pytest.mark.parametrize(("at", "endpoint"), STEPS.values(), ids=STEPS)
def test_the_next_step(at: AssemblyView, endpoint: str) -> None:
    step = next_step(at, (), now=NOON)
    assert step.endpoint == endpoint
    assert step.title
    assert step.text
    assert bool(step.action) is bool(endpoint)


@pytest.mark.parametrize(
    ("page", "endpoint"),
    [
        ("change", "agendas.change"),
        ("register", "estates.estate"),
        ("items", "agendas.items.listed"),
        ("rules", "agendas.rules"),
        ("calendar", "agendas.calendar"),
    ],
)
def test_what_is_missing_comes_first(page: str, endpoint: str) -> None:
    step = next_step(view("draft"), (Gap(page, "还差一样。"), Gap("rules", "再差一样。")), now=NOON)
    assert (step.endpoint, step.text) == (endpoint, "还差一样。")


@pytest.mark.parametrize("phase", BEHIND)
def test_the_rail_has_one_present_point(phase: str) -> None:
    states = [point.state for point in phases(view(phase))]
    done = BEHIND[phase]
    assert states[:done] == ["done"] * done
    assert states[done : done + 1] == ([] if phase == "published" else ["now"])
    assert set(states[done + 1 :]) <= {"ahead"}


def test_the_rail_says_the_dates() -> None:
    said = {point.name: point.when for point in phases(view("draft"))}
    assert said["公告"] == "计划 2月10日"
    assert said["投票"] == "3月3日—3月16日"
    assert phases(view("posted"))[2].when == "2月10日"


def test_pages_grow_with_the_steps() -> None:
    counts = [len(pages(view(phase))) for phase in BEHIND]
    assert counts == sorted(counts)
    assert counts[0] == 0
