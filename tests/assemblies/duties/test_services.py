"""What is late is told once; what has no page of its own is done here with a proof."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.duties import queries, services
from assemblies.duties.services import Finished
from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.permissions import GRANTED, Role
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload
from assemblies.records.duties import WHO, Done, DutyRecord, fulfil
from assemblies.records.logs import LogEntryRecord
from assemblies.records.resolutions import change_state
from tests.support.committee import resolved
from tests.support.households import PDF
from tests.support.registers import Registered, registered
from tests.support.resolutions import opened

A_DAY, A_SECOND = timedelta(days=1), timedelta(seconds=1)
TOLD, POSTING = "change_told_days", "decision_posted_days"
BY = "林海生（业委会主任）"
PROOF = Upload("回执.pdf", PDF)


def duty(session: Session, estate: Registered, now: datetime, name: str = POSTING) -> DutyRecord:
    record = resolved(session, estate.estate, now, title="修改管理规约", matter=2)
    return opened(session, record, name, now=now)


def midnight_after(record: DutyRecord) -> datetime:
    assert record.due_on is not None
    day = record.due_on + A_DAY
    return datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(UTC)


def late_entries(session: Session) -> int:
    found = select(func.count()).where(LogEntryRecord.kind == "duty.late")
    return session.execute(found).scalar_one()


def test_a_duty_is_late_from_the_midnight_after_its_last_day_and_told_once(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    record = duty(session, estate, now)
    midnight = midnight_after(record)
    for moment in (midnight - A_DAY, midnight - A_SECOND):
        assert not services.anything_late(session, now=moment)
        assert services.tell_late(session, keys, now=moment) == 0
    assert services.anything_late(session, now=midnight)
    assert services.tell_late(session, keys, now=midnight) == 1
    assert record.late_at == midnight
    for moment in (midnight, midnight + A_DAY):
        assert not services.anything_late(session, now=moment)
        assert services.tell_late(session, keys, now=moment) == 0
    assert late_entries(session) == 1


def test_all_late_duties_are_told_whatever_estate_and_whether_binding_or_not(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    other = registered(session, now)
    held = [
        duty(session, estate, now),
        duty(session, estate, now, "contract_signing_days"),
        duty(session, other, now),
    ]
    assert {one.binding for one in held} == {True, False}
    assert services.tell_late(session, keys, now=now + 40 * A_DAY) == 3
    assert late_entries(session) == 3


def test_what_is_done_void_or_waiting_is_never_late(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    done, void, waiting = (duty(session, estate, now) for _ in range(3))
    fulfil(session, done.source_id, POSTING, Done(BY), now=now)
    change_state(session, void.source_id, "revoked", void.id, "违法", now=now)
    waiting.due_on = None
    session.flush()
    assert not services.anything_late(session, now=now + 100 * A_DAY)
    assert services.tell_late(session, keys, now=now + 100 * A_DAY) == 0


def test_the_sentence_names_the_duty_its_day_and_whose_it_is(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    record = duty(session, estate, now)
    services.tell_late(session, keys, now=midnight_after(record))
    entry = session.execute(
        select(LogEntryRecord).where(LogEntryRecord.kind == "duty.late")
    ).scalar_one()
    for word in ("张贴决定公告", "修改管理规约", "业委会", "2026年"):
        assert word in entry.data.decode()


def test_a_duty_without_a_page_is_done_here_with_a_sentence_and_a_proof(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    record = duty(session, estate, now, TOLD)
    for finished in (Finished("已送达", None), Finished(" ", PROOF)):
        with pytest.raises(Incomplete):
            services.finish(session, record.id, finished, BY, keys, now=now)
    services.finish(session, record.id, Finished("已送街道", PROOF), BY, keys, now=now)
    assert (record.done_at, record.done_by, record.proof) == (now, BY, "已送街道")
    assert record.file_id is not None
    with pytest.raises(WrongStep, match="办结"):
        services.finish(session, record.id, Finished("再次", PROOF), BY, keys, now=now)


def test_a_duty_with_a_page_is_done_there(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    record = duty(session, estate, now)
    with pytest.raises(WrongStep, match="自己的页面"):
        services.finish(session, record.id, Finished("已贴", PROOF), BY, keys, now=now)
    with pytest.raises(NotFound):
        services.finish(session, record.source_id, Finished("已贴", PROOF), BY, keys, now=now)


@pytest.mark.parametrize(
    ("days", "group", "words"),
    [
        (-8, "later", "还有 8 天"),
        (-7, "soon", "还有 7 天"),
        (-1, "soon", "还有 1 天"),
        (0, "soon", "今天是最后一天"),
        (1, "late", "逾期 1 天"),
    ],
    ids=["eight days", "seven days", "the day before", "the last day", "the day after"],
)
def test_the_calendar_puts_each_duty_where_it_belongs(
    session: Session, estate: Registered, now: datetime, days: int, group: str, words: str
) -> None:
    record = duty(session, estate, now, TOLD)
    assert record.due_on is not None
    left = (record.due_on - in_china(now).date()).days
    held = queries.calendar(session, estate.estate, "", now=now + (left + days) * A_DAY)
    groups = {name: getattr(held, name) for name in ("late", "soon", "later", "waiting", "done")}
    assert [name for name, found in groups.items() if found] == [group]
    assert groups[group][0].words == words


def test_the_calendar_shows_what_waits_what_was_done_and_only_whom_is_asked_for(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    waiting = duty(session, estate, now, "contract_filing_days")
    waiting.due_on = None
    done = duty(session, estate, now, TOLD)
    session.flush()
    services.finish(session, done.id, Finished("已送街道", PROOF), BY, keys, now=now)
    held = queries.calendar(session, estate.estate, "", now=now)
    assert [one.id for one in held.waiting] == [waiting.id]
    assert [one.id for one in held.done] == [done.id]
    assert held.done[0].file is not None
    managers = queries.calendar(session, estate.estate, "manager", now=now)
    assert [one.id for one in managers.waiting] == [waiting.id]
    assert managers.done == ()
    long_after = queries.calendar(session, estate.estate, "", now=now + 90 * A_DAY)
    assert long_after.done == ()


@pytest.mark.parametrize("asked", ["2026-13", "x", "26-03", "2026-", "-1", "٢٠٢٦-03"])
def test_a_month_that_is_none_is_this_month(
    session: Session, estate: Registered, now: datetime, asked: str
) -> None:
    shown = queries.month(session, estate.estate, "", asked, now=now)
    assert (shown.year, shown.number) == (in_china(now).year, in_china(now).month)


def test_a_month_lists_its_days_and_turns_over_the_year(
    session: Session, estate: Registered, now: datetime
) -> None:
    record = duty(session, estate, now, TOLD)
    assert record.due_on is not None
    shown = queries.month(session, estate.estate, "", f"{record.due_on:%Y-%m}", now=now)
    assert [day for day, _ in shown.days] == [record.due_on]
    december = queries.month(session, estate.estate, "", "2026-12", now=now)
    assert (december.before, december.after) == ("2026-11", "2027-01")
    january = queries.month(session, estate.estate, "", "2026-01", now=now)
    assert (january.before, january.after) == ("2025-12", "2026-02")


def test_each_office_says_itself_that_its_duty_was_done() -> None:
    assert set(services.NEEDS) == set(WHO)
    street, community = GRANTED[Role.STREET], GRANTED[Role.COMMUNITY]
    director = GRANTED[Role.DIRECTOR]
    assert services.NEEDS["street"] in street
    assert services.NEEDS["street"] not in director | community
    assert services.NEEDS["community"] in community
    assert services.NEEDS["community"] not in director
    assert services.NEEDS["committee"] in director
    assert services.NEEDS["committee"] not in street | community
