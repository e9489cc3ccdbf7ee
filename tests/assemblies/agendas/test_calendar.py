"""Dates are lawful to the day: one short is refused with its clause, exact is enough."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from assemblies.agendas.queries.assemblies import assembly_of
from assemblies.agendas.services.calendar import plan_dates
from assemblies.agendas.services.drafts import Dates
from assemblies.agendas.services.rules import record_rules
from assemblies.foundation.clock import CHINA
from assemblies.foundation.refusals import Incomplete
from tests.support.agendas import drafted, lawful_dates
from tests.support.laws import house
from tests.support.registers import Registered
from voting.canonical import JSON
from voting.errors import UnlawfulDate


def at(day: int, hour: int = 0, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CHINA)


# Posted on 2 March at noon: the day itself does not count, so voting may open on 17 March at 0:00.
LAWFUL = {
    "what the calendar proposes": Dates(at(2, 9), at(18, 8), at(1, 20, month=4)),
    "opening at the first lawful moment": Dates(at(2, 12), at(17), at(24, 20)),
    "posting at the last minute of the day": Dates(at(2, 23), at(17), at(24, 20)),
    "a window shorter than practice elsewhere": Dates(at(2, 12), at(17), at(19)),
}
UNLAWFUL = {
    "opening one second early": (
        Dates(at(2, 12), at(17) - timedelta(seconds=1), at(24, 20)),
        "《物业管理条例》第十四条第一款",
    ),
    "opening one day early": (Dates(at(2, 12), at(16, 8), at(24, 20)), "十五日"),
    "posting just after midnight": (Dates(at(3), at(17), at(24, 20)), "最早为2026年3月18日"),
    "closing when it opens": (Dates(at(2, 12), at(18, 8), at(18, 8)), "晚于投票开始时间"),
    "closing before it opens": (Dates(at(2, 12), at(18, 8), at(17, 8)), "晚于投票开始时间"),
}


@pytest.mark.parametrize("dates", LAWFUL.values(), ids=LAWFUL)
def test_lawful_dates_are_kept(
    session: Session, estate: Registered, now: datetime, dates: Dates
) -> None:
    assembly = drafted(session, estate, now)
    plan_dates(session, assembly, dates, now=now)
    view = assembly_of(session, assembly)
    assert (view.planned_post, view.opens_at, view.closes_at) == (
        dates.post,
        dates.opens,
        dates.closes,
    )


@pytest.mark.parametrize(("dates", "said"), UNLAWFUL.values(), ids=UNLAWFUL)
def test_unlawful_dates_are_refused_with_their_clause(
    session: Session, estate: Registered, now: datetime, dates: Dates, said: str
) -> None:
    assembly = drafted(session, estate, now)
    with pytest.raises(UnlawfulDate) as refused:
        plan_dates(session, assembly, dates, now=now)
    assert said in refused.value.said
    assert assembly_of(session, assembly).plan is None


def test_a_day_that_is_past_is_no_plan(session: Session, estate: Registered, now: datetime) -> None:
    assembly = drafted(session, estate, now)
    dates = lawful_dates(now)
    late = replace(dates, post=dates.post - timedelta(days=1))
    with pytest.raises(Incomplete, match="已经过去"):
        plan_dates(session, assembly, late, now=now)


def test_the_estates_own_longer_notice_binds(
    session: Session, estate: Registered, now: datetime
) -> None:
    assembly = drafted(session, estate, now)
    longer: list[JSON] = [
        {"name": "notice_days", "unit": "days", "value": 20, "clause": "第八条　提前二十日公告。"}
    ]
    record_rules(session, assembly, "shandong", house(moves=longer), now=now)
    with pytest.raises(UnlawfulDate, match="本小区业主大会议事规则"):
        plan_dates(session, assembly, Dates(at(2, 12), at(21, 23), at(30, 20)), now=now)
    plan_dates(session, assembly, Dates(at(2, 12), at(22), at(30, 20)), now=now)
