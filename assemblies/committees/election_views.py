"""Pages of an election's beginning: candidates, joint review, the agenda, the new term."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.committees import papers
from assemblies.committees.access import Visit
from assemblies.committees.drafts import Beginning
from assemblies.committees.election_forms import (
    CLEAR,
    UNCLEAR,
    AgendaForm,
    BeginForm,
    ReviewForm,
    candidate_form,
)
from assemblies.committees.queries import standing
from assemblies.committees.queries.asked import asked_of
from assemblies.committees.queries.standing import CandidateView
from assemblies.committees.services import agenda, candidates, joining, terms
from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import Incomplete
from assemblies.foundation.uploads import Checked
from assemblies.foundation.web import needs, reading, site, writing

bp = Blueprint("election", __name__)
PDF = "application/pdf"


@bp.get("/candidates", endpoint="candidates")
@needs(Need.SEE_COMMITTEE)
def listed(estate: UUID) -> ResponseReturnValue:
    """Show the candidates of the coming term and what the departments said of them."""
    visit = Visit(estate, Need.SEE_COMMITTEE)
    with reading() as session:
        found = standing.candidates_of(session, estate, site().keys, now=web.now())
        asked = asked_of(session, estate, now=web.now())
        elections = standing.published_elections(session, estate)
    return render_template(
        "committees/candidates.html",
        **visit.values(candidates=found, asked=asked, elections=elections),
    )


@bp.route("/candidates/new", methods=["GET", "POST"])
@needs(Need.PREPARE_ELECTION)
def nominate(estate: UUID) -> ResponseReturnValue:
    """Put a candidate on the list."""
    visit = Visit(estate, Need.PREPARE_ELECTION)
    with reading() as session:
        asked = asked_of(session, estate, now=web.now())
    form, made = candidate_form(asked.clauses), list[UUID]()
    if form.sent_and_valid() and form.carry_out(
        lambda session: made.append(
            candidates.nominate(session, visit.acting, form.nomination(), now=web.now())
        )
    ):
        flash("候选人已经登记。", "ok")
        return redirect(to(".candidate", estate=estate, candidate=made[0]))
    page = render_template(
        "committees/candidate_form.html", **visit.values(form=form, asked=asked, view=None)
    )
    return page, form.status


@bp.get("/candidates/<uuid:candidate>")
@needs(Need.SEE_COMMITTEE)
def candidate(estate: UUID, candidate: UUID) -> ResponseReturnValue:
    """Show a candidate with papers, negative list and opinions."""
    visit = Visit(estate, Need.SEE_COMMITTEE)
    view, asked = _seen(estate, candidate)
    form = ReviewForm().asking(asked)
    return render_template("committees/candidate.html", **visit.values(view=view, form=form))


@bp.route("/candidates/<uuid:candidate>/change", methods=["GET", "POST"])
@needs(Need.PREPARE_ELECTION)
def change(estate: UUID, candidate: UUID) -> ResponseReturnValue:
    """Write a candidate anew."""
    visit = Visit(estate, Need.PREPARE_ELECTION)
    with reading() as session:
        asked = asked_of(session, estate, now=web.now())
    view, _ = _seen(estate, candidate)
    form = candidate_form(asked.clauses, data=_filled(view, asked.clauses))
    if form.sent_and_valid() and form.carry_out(
        lambda session: candidates.change(
            session, visit.acting, candidate, form.nomination(), now=web.now()
        )
    ):
        flash("候选人资料已经更新。", "ok")
        return redirect(to(".candidate", estate=estate, candidate=candidate))
    page = render_template(
        "committees/candidate_form.html", **visit.values(form=form, asked=asked, view=view)
    )
    return page, form.status


@bp.post("/candidates/<uuid:candidate>/withdraw")
@needs(Need.PREPARE_ELECTION)
def withdraw(estate: UUID, candidate: UUID) -> ResponseReturnValue:
    """Take a candidate off the list."""
    visit = Visit(estate, Need.PREPARE_ELECTION)
    with writing() as session:
        candidates.withdraw(session, visit.acting, candidate, now=web.now())
    flash("候选人已经退出，资料仍然留存。", "ok")
    return redirect(to(".candidates", estate=estate))


@bp.post("/candidates/<uuid:candidate>/review")
@needs(Need.REVIEW_CANDIDATE)
def review(estate: UUID, candidate: UUID) -> ResponseReturnValue:
    """Record a department's opinion."""
    visit = Visit(estate, Need.REVIEW_CANDIDATE)
    view, asked = _seen(estate, candidate)
    form = ReviewForm().asking(asked)
    if form.sent_and_valid() and form.carry_out(
        lambda session: candidates.review(
            session, visit.acting, candidate, form.given(), now=web.now()
        )
    ):
        flash("联审意见已经记录。", "ok")
        return redirect(to(".candidate", estate=estate, candidate=candidate))
    page = render_template("committees/candidate.html", **visit.values(view=view, form=form))
    return page, form.status


@bp.route("/candidates/agenda", methods=["GET", "POST"])
@needs(Need.PREPARE_ELECTION)
def put_on(estate: UUID) -> ResponseReturnValue:
    """Make the candidates the options of an election in a draft assembly."""
    visit = Visit(estate, Need.PREPARE_ELECTION)
    with reading() as session:
        found = standing.candidates_of(session, estate, site().keys, now=web.now())
        drafts = standing.draft_assemblies(session, estate)
    free = [one for one in found if one.free]
    plans = [standing.Plan(one.id, f"{one.name}（{one.room}）") for one in free]
    form = AgendaForm(data={"candidates": [str(one.id) for one in free], "seats": 7})
    form.offering(drafts, plans)
    if form.sent_and_valid() and form.carry_out(
        lambda session: agenda.put_on_agenda(
            session, visit.acting, _listing(form, free, visit), now=web.now()
        )
    ):
        flash("候选人已经列入议程，姓名和顺序就是选票上的样子。", "ok")
        return redirect(to("agendas.overview", assembly=UUID(form.assembly.data)))
    page = render_template(
        "committees/agenda.html", **visit.values(form=form, drafts=drafts, free=free)
    )
    return page, form.status


@bp.route("/begin", methods=["GET", "POST"])
@needs(Need.PREPARE_ELECTION)
def begin(estate: UUID) -> ResponseReturnValue:
    """Begin a term from a published election."""
    visit = Visit(estate, Need.PREPARE_ELECTION)
    with reading() as session:
        elections = standing.published_elections(session, estate)
    form = BeginForm().offering(elections)
    if form.sent_and_valid() and form.carry_out(
        lambda session: (
            joining.join_term(session, visit.acting, UUID(form.item.data), now=web.now())
            if form.how.data == "seats"
            else terms.begin_term(session, visit.acting, _beginning(form), now=web.now())
        )
    ):
        flash("选举结果已经登记，法定事项已经排进待办。", "ok")
        return redirect(to("committees.home", estate=estate))
    page = render_template("committees/begin.html", **visit.values(form=form, elections=elections))
    return page, form.status


@bp.get("/candidates/<uuid:candidate>/paper.pdf")
@needs(Need.SEE_COMMITTEE)
def paper(estate: UUID, candidate: UUID) -> ResponseReturnValue:
    """Hand out 候选人推荐表."""
    visit = Visit(estate, Need.SEE_COMMITTEE)
    view, _ = _seen(estate, candidate)
    data = papers.candidate_pdf(visit.place.name, view, now=web.now())
    return send_file(BytesIO(data), mimetype=PDF, download_name=f"候选人推荐表-{view.name}.pdf")


@bp.get("/candidates/reviews.pdf")
@needs(Need.SEE_COMMITTEE)
def reviews(estate: UUID) -> ResponseReturnValue:
    """Hand out 联审意见表: candidates by departments."""
    visit = Visit(estate, Need.SEE_COMMITTEE)
    with reading() as session:
        found = standing.candidates_of(session, estate, site().keys, now=web.now())
        asked = asked_of(session, estate, now=web.now())
    here = [one for one in found if one.withdrawn_at is None]
    data = papers.reviews_pdf(visit.place.name, here, asked.departments, now=web.now())
    return send_file(BytesIO(data), mimetype=PDF, download_name="联审意见表.pdf")


def _seen(estate: UUID, candidate: UUID) -> tuple[CandidateView, tuple[str, ...]]:
    with reading() as session:
        view = standing.candidate_of(session, estate, candidate, site().keys, now=web.now())
        return view, asked_of(session, estate, now=web.now()).departments


def _filled(view: CandidateView, clauses: tuple[str, ...]) -> dict[str, object]:
    """Return a candidate as the form shows them."""
    answers = {one.clause: one for one in view.answers}
    filled: dict[str, object] = {
        "name": view.name,
        "room": view.room,
        "sex": view.sex,
        "born": view.born,
        "party": "yes" if view.party else "no",
        "phone": view.phone,
        "nominator": view.nominator.value,
        "statement": view.statement,
    }
    for place, clause in enumerate(clauses):
        answer = answers.get(clause)
        if answer is not None:
            filled[f"clause_{place}"] = CLEAR if answer.clear else UNCLEAR
            filled[f"note_{place}"] = answer.note
    return filled


def _listing(form: AgendaForm, free: list[CandidateView], visit: Visit) -> agenda.Listing:
    """Return the election with the paper that voters read: every candidate's sheet in one."""
    chosen = set(form.chosen())
    sheets = [one for one in free if one.id in chosen]
    if not sheets:
        raise Incomplete("请至少选一名候选人。")
    content = papers.candidates_pdf(visit.place.name, sheets, now=web.now())
    return agenda.Listing(
        UUID(form.assembly.data),
        form.seats.data or 0,
        tuple(one.id for one in sheets),
        Checked("候选人情况.pdf", PDF, content),
    )


def _beginning(form: BeginForm) -> Beginning:
    return Beginning(UUID(form.item.data), form.months.data or 0, form.leave_open.data)
