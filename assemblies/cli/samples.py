"""`make samples`: one simulated assembly without a browser, and everything it prints or exports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy.orm import Session

from assemblies.agendas.printed import notice_pdf
from assemblies.agendas.queries.notice import posted_notice
from assemblies.app import create_app
from assemblies.cli import demo_agendas, demo_estate, demo_staff, rehearsal
from assemblies.cli.affairs import oversight, play, works
from assemblies.cli.affairs.papers import downloads, fetch
from assemblies.cli.affairs.stage import Stage
from assemblies.cli.demo_staff import Team
from assemblies.cli.rehearsal import A_DAY, A_WEEK, Calendar
from assemblies.estates.register.template import blank_template
from assemblies.foundation import database
from assemblies.foundation.config import Config
from assemblies.foundation.site import Site
from assemblies.foundation.wording import file_size_text
from assemblies.records.assemblies import AssemblyRecord
from assemblies.resolutions.papers import result_notice_pdf, summary_xlsx
from assemblies.resolutions.queries import results
from assemblies.rolls import letters
from voting import canonical
from voting.bundle import Edition
from voting.log.entries import Receipt
from voting.verify.audit import verify
from voting.verify.report import Report
from voting.verify.streams import verify_stream

NAME = "heping-2026-1"
POSTED, DAYS_OPEN = date(2026, 3, 2), 14
URL = "http://localhost:8000"
MONTH = "2026-06"
STREAMS = ("seal-log.zip", "record.zip")


@dataclass(frozen=True, slots=True)
class Sample:
    """A file, what it is, and its bytes."""

    name: str
    words: str
    content: bytes


def make(out: Path) -> bool:
    """Write every sample into `out`, verify both bundles, and say whether both hold."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="zhongjue-") as folder:
        url = f"sqlite:///{folder}/zhongjue.db"
        database.migrate(url)
        app = create_app(Config(instance=Path(folder), database_url=url, public_url=URL))
        app.config["WTF_CSRF_ENABLED"] = False  # nobody else can reach this application
        site: Site = app.extensions["site"]
        try:
            for sample in _samples(app, site):
                (out / sample.name).write_bytes(sample.content)
                _say(f"{out / sample.name}　{sample.words}，{file_size_text(len(sample.content))}")
        finally:
            site.database.close()
    reports = [_checked(out / f"{NAME}-{edition.value}.zip", edition) for edition in Edition]
    streams = [_stream_holds(out / name) for name in STREAMS]
    return all(report.holds for report in reports) and all(streams)


def _samples(app: Flask, site: Site) -> Iterator[Sample]:
    yield Sample("register-template.xlsx", "业主名册模板", blank_template())
    yield Sample("register.xlsx", "导入的业主名册", demo_estate.register())
    with site.database.writing() as session:
        team, assembly, receipt = _hold(session, site)
    yield Sample("receipt.json", "一张投票回执", canonical.encode(receipt.to_json()))
    yield Sample("letters.pdf", "投票信，每户一张", _letters(site, assembly))
    with site.database.reading() as session:
        yield from _papers(session, site, assembly)
        wanted = downloads(session, team, MONTH)
    for one, content in fetch(app, team, wanted):
        yield Sample(one.name, one.words, content)


def _hold(session: Session, site: Site) -> tuple[Team, UUID, Receipt]:
    """Hold the assembly from the register on, and let everything follow from it."""
    keys, calendar = site.keys, Calendar.of(POSTED, days_open=DAYS_OPEN)
    team = demo_staff.settle(session, keys, now=calendar.begun - 2 * A_WEEK)
    officials = demo_staff.officials(team)
    script = demo_agendas.of_every_kind(POSTED.year, officials, calendar)
    stage, roof = Stage(session, keys, team), works.roof(script.motions[0])
    repair = play.before(stage, roof, now=calendar.begun - 10 * A_DAY)
    assembly = rehearsal.convene(session, keys, team.estate, script)
    rehearsal.freeze(session, keys, assembly, script)
    casts = rehearsal.vote(session, keys, assembly, script, until=calendar.closes)
    rehearsal.count(session, keys, assembly, script, casts)
    rehearsal.conclude(session, keys, assembly, script)
    published = session.get_one(AssemblyRecord, assembly).published_at
    if published is None:
        raise RuntimeError("the assembly was concluded and not published")
    play.after(stage, repair, assembly, published=published)
    play.lately(stage, repair, roof.fund.budget - 200_000, now=published + 40 * A_DAY)
    oversight.report(stage, now=published + 90 * A_DAY)
    oversight.correct(stage, now=published + 95 * A_DAY)
    return team, assembly, casts[0].receipt


def _letters(site: Site, assembly: UUID) -> bytes:
    """Print the letters as the worker does."""
    arguments = {"assembly": str(assembly)}
    name = letters.print_all(site, uuid4(), arguments, lambda _done, _total: None)
    return (site.config.outputs / name).read_bytes()


def _papers(session: Session, site: Site, assembly: UUID) -> Iterator[Sample]:
    notice = posted_notice(session, assembly)
    yield Sample("notice.pdf", "会议公告", notice_pdf(notice, URL, draft=False))
    page = results.page(session, assembly)
    yield Sample("result-notice.pdf", "表决结果公告", result_notice_pdf(page, URL))
    yield Sample("summary.xlsx", "计票结果汇总表", summary_xlsx(page))
    for edition in Edition:
        data = results.bundle_of(session, assembly, site.keys, edition)
        yield Sample(f"{NAME}-{edition.value}.zip", f"存证包（{edition.words}）", data)


def _checked(path: Path, edition: Edition) -> Report:
    report = verify(path.read_bytes())
    _say(f"核验{edition.words}存证包 {path.name}：{report.said_zh}")
    for step in report.steps:
        if not step.holds:
            _say(f"  第 {step.number} 步　{step.title_zh}　{step.mark_zh}：{''.join(step.said_zh)}")
    return report


def _stream_holds(path: Path) -> bool:
    report = verify_stream(path.read_bytes())
    _say(f"核验 {path.name}：{report.said_zh}")
    return report.holds


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- this is for the person at the keyboard
