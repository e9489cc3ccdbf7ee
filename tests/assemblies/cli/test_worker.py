"""The worker prints what was asked for, survives a job that breaks, and closes votes on time."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from assemblies.cli import worker
from assemblies.cli.greeting import demonstrations
from assemblies.cli.worker import work_once
from assemblies.foundation.clock import Clock
from assemblies.records import jobs
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.jobs import JobRecord
from assemblies.records.turnout import entitled
from assemblies.rolls.services.letters import ask_for_letters
from tests.assemblies.cli.conftest import Demonstration


def running(session: Session) -> AssemblyRecord:
    return next(one for one in demonstrations(session) if one.phase != "published")


def test_it_prints_the_letters_that_were_asked_for(demonstration: Demonstration) -> None:
    site, now = demonstration.site, demonstration.site.clock.now()
    director = demonstration.made.team.account("director")
    with site.database.writing() as session:
        assembly = running(session).id
        job = ask_for_letters(session, assembly, director, now=now)
        whole = entitled(session, assembly)
    assert work_once(site)
    with site.database.reading() as session:
        done = session.get_one(JobRecord, job)
        assert (done.state, done.done, done.total) == ("done", whole.heads, whole.heads)
        printed = (site.config.outputs / done.output).read_bytes()
    assert len(PdfReader(BytesIO(printed)).pages) == whole.heads


def test_a_job_that_breaks_is_said_to_have_failed_and_the_worker_goes_on(
    demonstration: Demonstration, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_given: object) -> str:
        raise OSError("no space left on device")

    site, now = demonstration.site, demonstration.site.clock.now()
    monkeypatch.setattr(worker, "HANDLERS", {"letters": breaks})
    with site.database.writing() as session:
        job = jobs.ask(session, "letters", {}, assembly=None, asked_by=None, now=now)
    assert work_once(site)
    with site.database.reading() as session:
        failed = session.get_one(JobRecord, job)
        assert (failed.state, failed.output) == ("failed", "")
        assert "请重试" in failed.said
    assert not work_once(site)


def test_it_closes_a_vote_whose_time_has_come_and_not_before(demonstration: Demonstration) -> None:
    site = demonstration.site
    work_once(site)
    with site.database.reading() as session:
        assert running(session).phase == "frozen"
    later = replace(site, clock=Clock(timedelta(days=12)))
    work_once(later)
    with site.database.reading() as session:
        closed = running(session)
        assert (closed.phase, closed.closed_at is not None) == ("closed", True)
