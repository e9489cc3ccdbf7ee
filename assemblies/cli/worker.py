"""The background worker: one job at a time, and the clock's own work: closing on time."""

import logging
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assemblies.cli.attachment import end_with_parent
from assemblies.counts import services as counts
from assemblies.duties import services as duties
from assemblies.foundation import config
from assemblies.foundation.config import Config
from assemblies.foundation.site import Site, open_site
from assemblies.records import jobs
from assemblies.rolls import letters
from assemblies.supervision.services import timely as supervision

REST = 1.0
LOG = logging.getLogger("zhongjue.worker")


@dataclass(frozen=True, slots=True)
class Progress:
    """What a handler calls to say how far it is; each call is a short transaction of its own."""

    site: Site
    job: UUID

    def __call__(self, done: int, total: int) -> None:
        """Record that `done` of `total` steps are behind."""
        with self.site.database.writing() as session:
            jobs.beat(session, self.job, done, total, now=self.site.clock.now())


# A handler does the work and returns the name of its file under `outputs`.
Handler = Callable[[Site, UUID, Mapping[str, Any], Progress], str]
HANDLERS: Mapping[str, Handler] = {"letters": letters.print_all}


def work(settings: Config) -> int:
    """Run jobs and close assemblies whose time has come, until told to stop."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: sys.exit(0))
    work_for_ever(open_site(settings))
    return 0


def work_for_ever(site: Site) -> None:
    """Work until the process is stopped."""
    while True:
        if not work_once(site):
            time.sleep(REST)


def work_once(site: Site) -> bool:
    """Close what is due, tell of what is late, do one job if one waits; say whether one did.

    Looking takes no lock, so an idle worker never makes a ballot wait.
    """
    now = site.clock.now()
    with site.database.reading() as session:
        due = counts.anything_due(session, now=now)
        late = duties.anything_late(session, now=now)
        supervised = supervision.anything_due(session, now=now)
        waits = jobs.anything_waits(session, now=now)
    if due:
        with site.database.writing() as session:
            counts.close_due(session, site.keys, now=now)
    if late:
        with site.database.writing() as session:
            duties.tell_late(session, site.keys, now=now)
    if supervised:
        with site.database.writing() as session:
            supervision.keep_up(session, site.keys, now=now)
    if not waits:
        return False
    with site.database.writing() as session:
        job = jobs.claim(session, now=now)
    if job is not None:
        _run(site, job.id, job.kind, job.arguments)
    return job is not None


def _run(site: Site, job: UUID, kind: str, arguments: Mapping[str, Any]) -> None:
    output, failed = "", ""
    try:
        output = HANDLERS[kind](site, job, arguments, Progress(site, job))
    except Exception:  # a job that breaks is recorded as failed, the worker lives on
        LOG.exception("job %s of kind %s failed", job, kind)
        failed = "这项任务没有完成，请重试；如仍不行，请联系管理员。"
    with site.database.writing() as session:
        jobs.finish(session, job, output=output, failed=failed, now=site.clock.now())


if __name__ == "__main__":
    end_with_parent(sys.argv)
    sys.exit(work(config.from_environment()))
