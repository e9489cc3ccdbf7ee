"""The demonstration's assemblies went through every room, on either database, and hold."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from assemblies.cli import demo
from assemblies.cli.greeting import demonstrations
from assemblies.cli.rehearsal import Calendar
from assemblies.foundation.clock import in_china
from assemblies.foundation.site import Site
from assemblies.records.assemblies import DocumentRecord, ItemRecord, VoterRecord
from assemblies.records.logs import LogEntryRecord, entries
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.turnout import entitled
from assemblies.resolutions.queries import results
from assemblies.resolutions.services import results as resolutions
from tests.assemblies.cli.conftest import Demonstration
from voting.agenda import ItemKind
from voting.bundle import Edition
from voting.log import kinds
from voting.result import Aside, Outcome
from voting.verify.audit import verify


def test_the_whole_demonstration_is_made_and_verified_on_either_database(site: Site) -> None:
    with site.database.writing() as session:
        demo.make(session, site.keys, now=site.clock.now())
    with site.database.reading() as session:
        running, held = demonstrations(session)
        assert (running.phase, held.phase) == ("frozen", "published")
        assert resolutions.examine(session, held.id, site.keys).holds


@pytest.mark.parametrize("edition", Edition)
def test_the_finished_assemblys_bundles_verify(
    demonstration: Demonstration, edition: Edition
) -> None:
    site = demonstration.site
    with site.database.reading() as session:
        _, held = demonstrations(session)
        data = results.bundle_of(session, held.id, site.keys, edition)
    report = verify(data)
    assert report.holds, report.said_zh
    assert report.result is not None


def test_the_finished_assembly_decided_what_the_crowd_chose(demonstration: Demonstration) -> None:
    with demonstration.site.database.reading() as session:
        _, held = demonstrations(session)
        page = results.page(session, held.id)
        numbers = (
            session.execute(
                select(ResolutionRecord.number).where(ResolutionRecord.item_id.is_not(None))
            )
            .scalars()
            .all()
        )
    outcomes = [item.outcome for item in page.result.items]
    assert outcomes == [Outcome.PASSED, Outcome.REJECTED, Outcome.PASSED]
    reasons = [one.reason for one in page.result.aside]
    assert sorted(reasons, key=lambda reason: reason.value) == [
        Aside.LATE,
        Aside.SUPERSEDED,
        Aside.SUPERSEDED,
    ]
    assert len(numbers) == 3
    assert [one.answered_at is not None for one in page.objections] == [True]


def test_a_third_has_voted_in_the_open_assembly_and_nothing_is_counted(
    demonstration: Demonstration,
) -> None:
    with demonstration.site.database.reading() as session:
        running, _ = demonstrations(session)
        voted = session.execute(
            select(LogEntryRecord.subject)
            .distinct()
            .where(LogEntryRecord.log_id == running.log_id, LogEntryRecord.kind == kinds.BALLOT)
        ).all()
        whole = entitled(session, running.id)
        items = session.execute(
            select(ItemRecord).where(ItemRecord.assembly_id == running.id)
        ).scalars()
        kinds_of_items = [ItemKind(item.kind) for item in items]
        assert session.get(DocumentRecord, (running.id, "result.json")) is None
    assert whole.heads // 4 < len(voted) <= whole.heads // 3 + 1
    assert kinds_of_items == [ItemKind.DECISION, ItemKind.CHOICE, ItemKind.DECISION]


def test_the_open_assembly_is_open_long_enough_to_look_at(demonstration: Demonstration) -> None:
    now = demonstration.site.clock.now()
    with demonstration.site.database.reading() as session:
        running, _ = demonstrations(session)
        posted, opens, closes = running.posted_at, running.opens_at, running.closes_at
    assert posted is not None
    assert opens is not None
    assert closes is not None
    assert now - posted > timedelta(days=16)
    assert opens < now
    assert timedelta(days=9) < closes - now < timedelta(days=11)


def test_parking_does_not_count_and_the_developer_is_one_voter(
    demonstration: Demonstration,
) -> None:
    with demonstration.site.database.reading() as session:
        running, _ = demonstrations(session)
        voters = session.execute(
            select(VoterRecord).where(VoterRecord.assembly_id == running.id)
        ).scalars()
        lines = [(voter.developer, voter.line) for voter in voters]
    assert sum(developer for developer, _ in lines) == 1
    assert not any("地下车库".encode() in line for _, line in lines)


def test_the_log_never_runs_backwards(demonstration: Demonstration) -> None:
    with demonstration.site.database.reading() as session:
        for assembly in demonstrations(session):
            assert assembly.log_id is not None
            times = [entry.at for entry in entries(session, assembly.log_id)]
            assert times == sorted(times)


def test_a_calendar_keeps_the_fifteen_days_and_one_to_spare() -> None:
    posted = date(2026, 3, 2)
    calendar = Calendar.of(posted, days_open=7)
    assert in_china(calendar.posted).date() == posted
    assert in_china(calendar.frozen).date() - posted == timedelta(days=15)
    assert in_china(calendar.opens).date() - posted == timedelta(days=16)
    assert in_china(calendar.closes).date() - in_china(calendar.opens).date() == timedelta(days=7)
