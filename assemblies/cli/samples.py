"""`make samples`: one simulated assembly without a browser, and everything it prints or exports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.agendas.printed import notice_pdf
from assemblies.agendas.queries.notice import posted_notice
from assemblies.cli import demo_agendas, demo_estate, demo_staff, rehearsal
from assemblies.cli.rehearsal import A_WEEK, Calendar
from assemblies.estates.register.template import blank_template
from assemblies.foundation import database
from assemblies.foundation.config import Config
from assemblies.foundation.site import Site, open_site
from assemblies.foundation.wording import file_size_text
from assemblies.resolutions import queries as results
from assemblies.resolutions.papers import result_notice_pdf, summary_xlsx
from assemblies.rolls import letters
from voting import canonical
from voting.bundle import Edition
from voting.log.entries import Receipt
from voting.verify.audit import verify
from voting.verify.report import Report

NAME = "heping-2026-1"
POSTED, DAYS_OPEN = date(2026, 3, 2), 14
URL = "http://localhost:8000"


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
        site = open_site(Config(instance=Path(folder), database_url=url, public_url=URL))
        try:
            for sample in _samples(site):
                (out / sample.name).write_bytes(sample.content)
                _say(f"{out / sample.name}　{sample.words}，{file_size_text(len(sample.content))}")
        finally:
            site.database.close()
    reports = [_checked(out / f"{NAME}-{edition.value}.zip", edition) for edition in Edition]
    return all(report.holds for report in reports)


def _samples(site: Site) -> Iterator[Sample]:
    yield Sample("register-template.xlsx", "业主名册模板", blank_template())
    yield Sample("register.xlsx", "导入的业主名册", demo_estate.register())
    with site.database.writing() as session:
        assembly, receipt = _hold(session, site)
    yield Sample("receipt.json", "一张投票回执", canonical.encode(receipt.to_json()))
    yield Sample("letters.pdf", "投票信，每户一张", _letters(site, assembly))
    with site.database.reading() as session:
        yield from _papers(session, site, assembly)


def _hold(session: Session, site: Site) -> tuple[UUID, Receipt]:
    """Hold the assembly from the register on; return it with the first receipt handed out."""
    keys, calendar = site.keys, Calendar.of(POSTED, days_open=DAYS_OPEN)
    team = demo_staff.settle(session, keys, now=calendar.begun - A_WEEK)
    officials = demo_staff.officials(team)
    script = demo_agendas.of_every_kind(POSTED.year, officials, calendar)
    assembly = rehearsal.convene(session, keys, team.estate, script)
    rehearsal.freeze(session, keys, assembly, script)
    casts = rehearsal.vote(session, keys, assembly, script, until=calendar.closes)
    rehearsal.count(session, keys, assembly, script, casts)
    rehearsal.conclude(session, keys, assembly, script)
    return assembly, casts[0].receipt


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


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- this is for the person at the keyboard
