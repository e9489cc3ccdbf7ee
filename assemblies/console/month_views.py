"""Pages of the monthly table: which months, one month, a section to key, submission, papers."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.console import papers
from assemblies.console.forms import SubmitForm, section_form
from assemblies.console.months import Month
from assemblies.console.queries import history
from assemblies.console.queries.lines import Table
from assemblies.console.queries.table import table
from assemblies.console.queries.tree import tree
from assemblies.console.rows import BY_NUMBER, SECTIONS
from assemblies.console.services import months
from assemblies.console.services.months import Office
from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.web import must, needs, reading, writing

bp = Blueprint("months", __name__, url_prefix="/months")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NODE = "/<uuid:node>"
MONTH = f"{NODE}/<month>"


@bp.get("")
@needs(Need.SEE_CONSOLE)
def offices() -> ResponseReturnValue:
    """List the offices within reach, and which tables are due."""
    person, now = web.staff(), web.now()
    with reading() as session:
        grown = tree(session)
        found = history.last_tables(session, grown, person, now=now)
        due = history.due(session, grown, person, now=now)
    return render_template("console/offices.html", offices=found, due=due, now=now)


@bp.get(NODE)
@needs(Need.SEE_CONSOLE)
def office(node: UUID) -> ResponseReturnValue:
    """Show which months of an office were submitted, when and by whom."""
    now = web.now()
    with reading() as session:
        must(Need.SEE_CONSOLE, at=node)
        grown = tree(session)
        found = history.history(session, grown, node, now=now)
        name = grown.path(node)
    return render_template("console/office.html", months=found, name=name, node=node, now=now)


@bp.get(MONTH)
@needs(Need.SEE_CONSOLE)
def month(node: UUID, month: str) -> ResponseReturnValue:
    """Show the table of a month: live until it is submitted, fixed from then on."""
    shown = _table(node, month)
    may_key = web.staff().may(Need.KEEP_MONTH, at=node) and shown.submitted_at is None
    return render_template(
        "console/month.html",
        table=shown,
        ratios=papers.ratios(shown),
        headings=[papers.headed(place, name) for place, name in enumerate(SECTIONS)],
        may_key=may_key,
        now=web.now(),
    )


@bp.route(f"{MONTH}/sections/<int:number>", methods=["GET", "POST"])
@needs(Need.KEEP_MONTH)
def section(node: UUID, month: str, number: int) -> ResponseReturnValue:
    """Key the rows of a section, each with its proof."""
    person = must(Need.KEEP_MONTH, at=node)
    shown = _table(node, month)
    if not 1 <= number <= len(SECTIONS):
        raise NotFound
    lines = shown.sections[number - 1][1]
    form = section_form(lines)
    where = Office(node, shown.month)
    by = f"{person.display_name}（{person.roles_zh}）"
    if form.sent_and_valid() and form.carry_out(
        lambda session: months.key(session, where, form.entries(lines), by, now=web.now())
    ):
        flash(f"“{SECTIONS[number - 1]}”已保存。", "ok")
        following = f"s{number + 1}" if number < len(SECTIONS) else "main"
        return redirect(to(".month", node=node, month=month, _anchor=following))
    page = render_template(
        "console/section.html",
        table=shown,
        lines=lines,
        heading=papers.headed(number - 1, SECTIONS[number - 1]),
        form=form,
        number=number,
    )
    return page, form.status


@bp.post(f"{MONTH}/rows/<int:row>/clear")
@needs(Need.KEEP_MONTH)
def clear(node: UUID, month: str, row: int) -> ResponseReturnValue:
    """Take back what was keyed for a row."""
    must(Need.KEEP_MONTH, at=node)
    if row not in BY_NUMBER:
        raise NotFound
    with writing() as session:
        months.clear(session, Office(node, Month.read(month)), row)
    flash(f"第 {row} 行填报的数字已撤回。", "ok")
    return redirect(to(".month", node=node, month=month))


@bp.post(f"{MONTH}/carry")
@needs(Need.KEEP_MONTH)
def carry(node: UUID, month: str) -> ResponseReturnValue:
    """Take over last month's values where nothing is keyed yet."""
    person = must(Need.KEEP_MONTH, at=node)
    by = f"{person.display_name}（{person.roles_zh}）"
    with writing() as session:
        taken = months.carry(session, Office(node, Month.read(month)), by, now=web.now())
    if taken:
        flash(f"已按上月填入 {taken} 行，材料一并带入。请逐行核对本月有没有变化。", "ok")
    else:
        flash("上月没有可以带入的行。", "info")
    return redirect(to(".month", node=node, month=month))


@bp.route(f"{MONTH}/submit", methods=["GET", "POST"])
@needs(Need.KEEP_MONTH)
def submit(node: UUID, month: str) -> ResponseReturnValue:
    """Send the table out; its values are fixed from then on."""
    person = must(Need.KEEP_MONTH, at=node)
    shown, form = _table(node, month), SubmitForm()
    by = f"{person.display_name}（{person.roles_zh}）"
    where = Office(node, shown.month)
    if form.sent_and_valid() and form.carry_out(
        lambda session: months.submit(session, where, by, now=web.now())
    ):
        flash(f"{shown.month.words}报表已经提交，数字从此固定。请下载打印、盖章报送。", "ok")
        return redirect(to(".month", node=node, month=month))
    page = render_template("console/submit.html", table=shown, form=form, now=web.now())
    return page, form.status


@bp.get(f"{MONTH}/table.xlsx")
@needs(Need.SEE_CONSOLE)
def xlsx(node: UUID, month: str) -> ResponseReturnValue:
    """Hand out the table as XLSX."""
    shown = _table(node, month)
    return _file(papers.table_xlsx(shown), XLSX, _name(shown, "xlsx"))


@bp.get(f"{MONTH}/table.pdf")
@needs(Need.SEE_CONSOLE)
def pdf(node: UUID, month: str) -> ResponseReturnValue:
    """Hand out the table as PDF."""
    shown = _table(node, month)
    return _file(papers.table_pdf(shown), "application/pdf", _name(shown, "pdf"), inline=True)


def _table(node: UUID, month: str) -> Table:
    must(Need.SEE_CONSOLE, at=node)
    with reading() as session:
        return table(session, node, Month.read(month), now=web.now())


def _name(shown: Table, ending: str) -> str:
    return f"{shown.office} {shown.month.words} 工作进展情况统计表.{ending}"


def _file(data: bytes, kind: str, name: str, *, inline: bool = False) -> ResponseReturnValue:
    return send_file(BytesIO(data), kind, as_attachment=not inline, download_name=name)
