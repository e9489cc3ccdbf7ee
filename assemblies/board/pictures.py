"""What the board draws: the rail of phases, and the two bars of the turnout."""

from datetime import datetime

from assemblies.board.queries.pages import Page
from assemblies.foundation import verdicts
from assemblies.foundation.pictures import Bar, Phase, Stage
from assemblies.foundation.wording import moment_text
from voting.law.participation import participation


def phases(page: Page, now: datetime) -> tuple[Phase, ...]:
    """Return the phases of an assembly with their dates, done, under way, or ahead."""
    steps = (
        ("公告", page.posted_at, page.frozen_at is not None or now >= page.opens_at),
        ("锁定名册", page.frozen_at, page.frozen_at is not None),
        ("投票", page.opens_at, now >= page.closes_at),
        ("截止", page.closes_at, now >= page.closes_at),
        ("计票公示", page.counted_at, page.certified_at is not None),
        ("核验", page.certified_at, page.certified_at is not None),
        ("公布", page.published_at, page.published_at is not None),
    )
    drawn: list[Phase] = []
    under_way = False
    for name, at, done in steps:
        state: Stage = "done" if done else "ahead" if under_way else "now"
        under_way = under_way or not done
        drawn.append(Phase(name, moment_text(at) if at else "待定", state))
    return tuple(drawn)


def bars(page: Page) -> tuple[Bar, Bar] | None:
    """Return heads and area that took part against the two-thirds mark, of the whole estate."""
    if page.turnout is None:
        return None
    counted = page.turnout
    return verdicts.twin(participation(counted.took_part, counted.entitled, page.rules.quorum()))
