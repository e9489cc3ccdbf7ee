"""Hands out a project's papers: the package and its parts, the share list, instructions."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.web import needs, reading
from assemblies.repairs import papers
from assemblies.repairs.access import held
from assemblies.repairs.queries.papers import pictures_of, vote_of

bp = Blueprint("papers", __name__, url_prefix="/<uuid:repair>/papers")
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = {
    "form": "维修资金使用申请表",
    "details": "方案书面确认明细表",
    "shares": "分摊清册",
    "resolution": "业主大会决定",
    "posting": "公示证明",
    "spot": "应急查验确认单",
}


@bp.get("/application.pdf")
@needs(Need.SEE_FUND)
def application(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Hand out the whole application package."""
    sheets = _sheets(estate, repair)
    return _file(papers.application_pdf(sheets), PDF, f"{sheets.view.title} 申请材料.pdf")


@bp.get("/<part>.pdf")
@needs(Need.SEE_FUND)
def single(estate: UUID, repair: UUID, part: str) -> ResponseReturnValue:
    """Hand out one paper of the package by itself."""
    sheets = _sheets(estate, repair)
    if part not in sheets.parts:
        raise NotFound
    data = papers.single_pdf(sheets, part)
    return _file(data, PDF, f"{sheets.view.title} {NAMES[part]}.pdf")


@bp.get("/plan.pdf")
@needs(Need.SEE_FUND)
def plan(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Hand out what is posted: plan, budget and share list."""
    view = held(Need.SEE_FUND, estate, repair)
    data = papers.posting_pdf(view, in_china(web.now()).date())
    return _file(data, PDF, f"{view.title} 方案公示.pdf")


@bp.get("/settlement.pdf")
@needs(Need.SEE_FUND)
def settlement(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Hand out 结算公示; none before the settlement."""
    view = held(Need.SEE_FUND, estate, repair)
    if not view.settled:
        raise NotFound
    data = papers.settlement_pdf(view, in_china(web.now()).date())
    return _file(data, PDF, f"{view.title} 结算公示.pdf")


@bp.get("/shares.xlsx")
@needs(Need.SEE_FUND)
def share_sheet(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Hand out the share list as a spreadsheet."""
    view = held(Need.SEE_FUND, estate, repair)
    return _file(papers.shares_xlsx(view), XLSX, f"{view.title} 分摊清册.xlsx")


@bp.get("/instructions/<uuid:instruction>.pdf")
@needs(Need.SEE_FUND)
def instruction(estate: UUID, repair: UUID, instruction: UUID) -> ResponseReturnValue:
    """Hand out an instruction to the bank."""
    view = held(Need.SEE_FUND, estate, repair)
    found = next((one for one in view.instructions if one.id == instruction), None)
    if found is None:
        raise NotFound
    return _file(papers.instruction_pdf(view, found), PDF, f"{view.title} 划款通知.pdf")


def _sheets(estate: UUID, repair: UUID) -> papers.Sheets:
    view = held(Need.SEE_FUND, estate, repair)
    with reading() as session:
        vote, photos = vote_of(session, repair), pictures_of(session, repair)
    return papers.Sheets(view, vote, in_china(web.now()).date(), photos)


def _file(data: bytes, kind: str, name: str) -> ResponseReturnValue:
    return send_file(BytesIO(data), kind, as_attachment=kind != PDF, download_name=name)
