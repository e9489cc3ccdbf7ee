"""Supervision of the demonstration's committee: a report received, an order issued and closed."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from assemblies.cli.affairs.stage import Stage, paper
from assemblies.cli.rehearsal import A_DAY
from assemblies.foundation.uploads import checked
from assemblies.records.oversight import ReportRecord
from assemblies.supervision.queries.orders import CORRECT
from assemblies.supervision.queries.reports import PARTS
from assemblies.supervision.services import notes, orders, reports
from assemblies.supervision.services.notes import Written

SAID = "本期按规定办理，没有需要说明的其他情况。"


def report(stage: Stage, *, now: datetime) -> UUID:
    """Let the reports that are due open themselves; complete the latest, and have it received."""
    session, estate = stage.session, stage.estate
    reports.open_due_reports(session, stage.keys, now=now)
    latest = select(ReportRecord.id).order_by(ReportRecord.since.desc()).limit(1)
    drafted = session.execute(latest).scalar_one()
    reports.complete(session, estate, drafted, dict.fromkeys(PARTS, SAID))
    reports.submit(session, estate, drafted, stage.who("director"), stage.keys, now=now + A_DAY)
    opinion = Written("内容完整，请继续按期公布收支。", stage.who("community"))
    reports.receive(session, estate, drafted, opinion, stage.keys, now=now + 2 * A_DAY)
    return drafted


def correct(stage: Stage, *, now: datetime) -> UUID:
    """Issue an order to correct, serve it, and take the committee's answer."""
    session, estate = stage.session, stage.estate
    draft = orders.OrderDraft(
        kind=CORRECT,
        office=stage.name("street"),
        addressee="和平里小区业主委员会",
        facts="2026年上半年公共收益收支没有在小区内公布。",
        clause="《山东省物业管理条例》第五十条",
        demand="在期限内把上半年公共收益收支明细张贴公布，并书面报告。",
        due_on=(now + timedelta(days=10)).date(),
    )
    order = orders.issue(session, estate, draft, stage.who("street"), stage.keys, now=now)
    served = Written("当面送达，业委会主任签收", stage.who("street"))
    receipt = paper("送达回证.pdf", "送达回证", stage.name("street"), ("已签收（演示）。",), now)
    orders.serve(
        session, estate, order, served, checked(receipt), stage.keys, now=now + timedelta(hours=3)
    )
    answer = Written("已于当日张贴公布，照片附后。", stage.who("director"))
    shown = paper("公布情况报告.pdf", "公布情况报告", "和平里小区业主委员会", ("已公布。",), now)
    orders.reply(session, estate, order, answer, checked(shown), stage.keys, now=now + 2 * A_DAY)
    closing = Written("已现场核实，予以办结。", stage.who("street"))
    orders.close(session, estate, order, closing, stage.keys, now=now + 3 * A_DAY)
    return order


def note(stage: Stage, text: str, *, now: datetime) -> None:
    """Write a note beside the whole record."""
    written = Written(text, stage.who("community"))
    notes.write(stage.session, stage.estate, None, written, stage.keys, now=now)
