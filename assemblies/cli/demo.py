"""The demonstration: made once on an empty database, in one transaction, all of it or nothing."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.cli import demo_agendas, demo_staff, rehearsal
from assemblies.cli.affairs import play, works
from assemblies.cli.affairs.stage import Stage
from assemblies.cli.greeting import Made, greeting
from assemblies.cli.rehearsal import A_DAY, A_WEEK, Calendar
from assemblies.foundation.clock import in_china
from assemblies.foundation.secrets import Keys
from assemblies.foundation.site import Site
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.people import AccountRecord

# Posted so many days ago: the one is open since three days, the other was published last month.
OPEN_SINCE, HELD_SINCE = timedelta(days=19), timedelta(days=80)
DAYS_OPEN, DAYS_HELD = 13, 14


def prepare(site: Site) -> str:
    """Make the demonstration if the database is empty, and return what to print.

    A start that is broken off leaves the database empty; of two at once, one finds it made.
    """
    with site.database.writing() as session:
        _one_at_a_time(session)
        made = _made(session, site) if _is_empty(session) else None
    return greeting(site, made)


def _made(session: Session, site: Site) -> Made:
    print("众决：第一次启动，正在准备演示小区，大约需要十秒……", flush=True)  # noqa: T201
    return make(session, site.keys, now=site.clock.now())


def make(session: Session, keys: Keys, *, now: datetime) -> Made:
    """Make tree, accounts, estate and both assemblies, each step at its own past moment."""
    today = in_china(now).date()
    held = Calendar.of(today - HELD_SINCE, days_open=DAYS_HELD)
    running = Calendar.of(today - OPEN_SINCE, days_open=DAYS_OPEN)
    team = demo_staff.settle(session, keys, now=held.begun - A_WEEK)
    officials = demo_staff.officials(team)
    first = demo_agendas.finished(held.posted.year, 1, officials, held)
    stage = Stage(session, keys, team)
    doors = works.doors(first.motions[0])
    repair = play.before(stage, doors, now=held.begun - 6 * A_DAY)
    assembly = rehearsal.run(session, keys, team.estate, first)
    published = session.get_one(AssemblyRecord, assembly).published_at or now
    play.after(stage, repair, assembly, published=published)
    number = 2 if running.posted.year == held.posted.year else 1
    second = demo_agendas.open_now(running.posted.year, number, officials, running)
    _open(session, keys, team.estate, second, now)
    play.lately(stage, repair, doors.fund.budget - 120_000, now=now)
    return Made(team, officials.passphrase)


def _open(
    session: Session, keys: Keys, estate: UUID, script: rehearsal.Script, now: datetime
) -> None:
    assembly = rehearsal.convene(session, keys, estate, script)
    rehearsal.freeze(session, keys, assembly, script)
    rehearsal.vote(session, keys, assembly, script, until=now)


def _is_empty(session: Session) -> bool:
    return session.execute(select(AccountRecord.id).limit(1)).first() is None


def _one_at_a_time(session: Session) -> None:
    """Let a second start wait; SQLite has one writer at a time anyway."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE")
