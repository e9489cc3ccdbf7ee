"""Pages of the inquiries about members: asked and proposed by the street, decided by owners."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import NotAllowed
from assemblies.foundation.web import needs, reading, site
from assemblies.supervision import papers
from assemblies.supervision.access import Seen, seen
from assemblies.supervision.forms import (
    InquiryForm,
    PaperForm,
    PetitionForm,
    StepForm,
    TextForm,
    paper_of,
)
from assemblies.supervision.inquiry_forms import Forms
from assemblies.supervision.queries import inquiries
from assemblies.supervision.services import inquiries as services
from assemblies.supervision.services import motions, removals
from voting.law.duties import Duty

bp = Blueprint("inquiries", __name__, url_prefix="/inquiries")
A = "/<uuid:inquiry>"


@bp.get("")
@needs(Need.SEE_SUPERVISION)
def listed(estate: UUID) -> ResponseReturnValue:
    """Show the inquiries of an estate."""
    who = seen(estate)
    with reading() as session:
        found = inquiries.listed(session, estate)
    return render_template(
        "supervision/inquiries.html", who=who, inquiries=found, now=web.now(), Need=Need
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Need.ORDER)
def new(estate: UUID) -> ResponseReturnValue:
    """Show the form of a new inquiry; open it when it comes back whole."""
    who = seen(estate, Need.ORDER)
    with reading() as session:
        seats = inquiries.seats(session, estate)
    form, made = InquiryForm(seats), list[UUID]()
    if form.sent_and_valid() and form.carry_out(
        lambda session: made.append(
            services.open_inquiry(
                session, estate, form.draft(), form.files(), who.by, site().keys, now=web.now()
            )
        )
    ):
        flash("调查已经立案。下一步：告知本人。", "ok")
        return redirect(to(".inquiry", estate=estate, inquiry=made[0]))
    page = render_template("supervision/inquiry_form.html", who=who, form=form, seats=seats)
    return page, form.status


@bp.get(A)
@needs(Need.SEE_SUPERVISION)
def inquiry(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Show an inquiry with what is to be done next."""
    return _shown(seen(estate), inquiry, Forms())


@bp.post(f"{A}/notice")
@needs(Need.ORDER)
def notice(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Record how the member was told."""
    who, forms = seen(estate, Need.ORDER), Forms()
    return _step(who, inquiry, forms, forms.notice, "告知已经记录，陈述期开始计算。", lambda s: (
        services.notify(s, estate, inquiry, forms.notice.written(who.by), site().keys,
                        now=web.now())
    ))  # fmt: skip


@bp.post(f"{A}/reply")
@needs(Need.SEE_SUPERVISION)
def reply(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Record what the member says: by their own sign-in, or by the office with the paper."""
    who, forms = seen(estate), Forms()
    with reading() as session:
        found = inquiries.inquiry(session, estate, inquiry)
    own = found.member_account == who.person.id
    if not own and not who.may(Need.ORDER):
        raise NotAllowed("只有本人，或者收到书面陈述的街道、主管部门，才能记录陈述。")
    return _step(who, inquiry, forms, forms.reply, "陈述已经记录。", lambda s: (
        services.reply(s, estate, inquiry, forms.reply.written(who.by),
                       forms.reply.statement(own=own), site().keys, now=web.now())
    ))  # fmt: skip


@bp.post(f"{A}/suspend")
@needs(Need.ORDER)
def suspend(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Let the member's duties rest, with the posting."""
    who, forms = seen(estate, Need.ORDER), Forms()
    return _step(who, inquiry, forms, forms.suspend, "已经暂停履职，等待业主大会决定。", lambda s: (
        services.suspend(s, estate, inquiry, forms.suspend.written(who.by),
                         paper_of(forms.suspend.paper), site().keys, now=web.now())
    ))  # fmt: skip


@bp.post(f"{A}/recommend")
@needs(Need.ORDER)
def recommend(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Let the office recommend the removal; it counts as nobody's proposal."""
    who, forms = seen(estate, Need.ORDER), Forms()
    return _step(who, inquiry, forms, forms.advice, "建议已经记录，委员会看到。", lambda s: (
        motions.recommend(s, estate, inquiry, forms.advice.written(who.by), site().keys,
                          now=web.now())
    ))  # fmt: skip


@bp.post(f"{A}/propose")
@needs(Need.SIGN_AS_MEMBER)
def propose(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Let a member propose the removal with their own sign-in."""
    who, forms = seen(estate, Need.SIGN_AS_MEMBER), Forms()
    return _step(who, inquiry, forms, forms.step, "您的提议已经记录。", lambda s: (
        motions.propose_as_member(s, estate, inquiry, who.person.id, site().keys, now=web.now())
    ))  # fmt: skip


@bp.post(f"{A}/petition")
@needs(Need.SEE_SUPERVISION)
def petition(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Record the owners' signed proposal, brought by the committee, the community or the street."""
    who, forms = seen(estate), Forms()
    _require(who, Need.RUN_COMMITTEE, Need.RECEIVE_REPORT)
    return _step(who, inquiry, forms, forms.petition, "业主的提议已经记录。", lambda s: (
        motions.propose_as_owners(s, estate, inquiry, forms.petition.petition(who.by),
                                  site().keys, now=web.now())
    ))  # fmt: skip


@bp.post(f"{A}/move")
@needs(Need.SEE_SUPERVISION)
def move(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Put the removal before the owners; enough members or owners proposed it."""
    who, forms = seen(estate), Forms()
    _require(who, Need.RUN_COMMITTEE, Need.ORDER)
    convener = "committee" if who.may(Need.RUN_COMMITTEE) else "street"
    said = "罢免事项已经列入业主大会会议草案，由业主大会决定。"
    return _step(who, inquiry, forms, forms.step, said, lambda s: (
        motions.move(s, estate, inquiry, convener, (who.person.id, who.by), site().keys,
                     now=web.now())
    ))  # fmt: skip


@bp.post(f"{A}/conclude")
@needs(Need.SEE_SUPERVISION)
def conclude(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """End an inquiry as the owners decided, or because the member has left."""
    who, forms = seen(estate), Forms()
    _require(who, Need.RUN_COMMITTEE, Need.ORDER)
    return _step(who, inquiry, forms, forms.step, "已经办结。", lambda s: (
        removals.conclude(s, estate, inquiry, who.by, site().keys, now=web.now())
    ))  # fmt: skip


@bp.post(f"{A}/departure")
@needs(Need.ORDER)
def departure(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """End an inquiry about somebody who has left the committee."""
    who, forms = seen(estate, Need.ORDER), Forms()
    return _step(who, inquiry, forms, forms.step, "已经办结。", lambda s: (
        removals.note_departure(s, estate, inquiry, who.by, site().keys, now=web.now())
    ))  # fmt: skip


@bp.post(f"{A}/unfounded")
@needs(Need.ORDER)
def unfounded(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """End an inquiry whose accusation did not hold."""
    who, forms = seen(estate, Need.ORDER), Forms()
    return _step(who, inquiry, forms, forms.unfounded, "已经办结，不成立。", lambda s: (
        removals.find_unfounded(s, estate, inquiry, forms.unfounded.written(who.by),
                                site().keys, now=web.now())
    ))  # fmt: skip


@bp.post(f"{A}/resign")
@needs(Need.SIGN_AS_MEMBER)
def resign(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Let the member leave of their own will."""
    who, forms = seen(estate, Need.SIGN_AS_MEMBER), Forms()
    return _step(who, inquiry, forms, forms.step, "您的辞职已经记录。", lambda s: (
        removals.resign(s, estate, inquiry, who.person.id, site().keys, now=web.now())
    ))  # fmt: skip


@bp.get(f"{A}/notice.pdf")
@needs(Need.SEE_SUPERVISION)
def notice_paper(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Hand out 调查告知书."""
    return _paper(estate, inquiry, papers.inquiry_notice_pdf, "履职调查告知书")


@bp.get(f"{A}/suspension.pdf")
@needs(Need.SEE_SUPERVISION)
def suspension_paper(estate: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Hand out 暂停履职公告, to be posted."""
    return _paper(estate, inquiry, papers.suspension_pdf, "暂停履职公告")


def _paper(
    estate: UUID,
    inquiry: UUID,
    make: Callable[[inquiries.Inquiry, Duty, datetime], bytes],
    name: str,
) -> ResponseReturnValue:
    seen(estate)
    with reading() as session:
        found = inquiries.inquiry(session, estate, inquiry)
        term = inquiries.reply_term(session, estate, now=web.now())
    data = make(found, term, web.now())
    return send_file(BytesIO(data), "application/pdf", download_name=f"{found.name} {name}.pdf")


def _step(
    who: Seen,
    inquiry: UUID,
    forms: Forms,
    form: TextForm | PaperForm | PetitionForm | StepForm,
    said: str,
    verb: Callable[[Session], object],
) -> ResponseReturnValue:
    """Carry out one step; what it refuses stands on the page of the inquiry."""
    if form.sent_and_valid() and form.carry_out(verb):
        flash(said, "ok")
        return redirect(to(".inquiry", estate=who.place.id, inquiry=inquiry))
    return _shown(who, inquiry, forms, form)


def _require(who: Seen, *needed: Need) -> None:
    if not any(who.may(need) for need in needed):
        raise NotAllowed


def _shown(
    who: Seen,
    inquiry: UUID,
    forms: Forms,
    sent: TextForm | PaperForm | PetitionForm | StepForm | None = None,
) -> ResponseReturnValue:
    with reading() as session:
        found = inquiries.inquiry(session, who.place.id, inquiry)
        backing = inquiries.backing(session, who.place.id, inquiry, now=web.now())
        term = inquiries.reply_term(session, who.place.id, now=web.now())
    forms.only(sent)
    page = render_template(
        "supervision/inquiry.html",
        who=who,
        inquiry=found,
        backing=backing,
        term=term,
        forms=forms,
        sent=sent,
        now=web.now(),
        Need=Need,
    )
    return page, 200 if sent is None else sent.status
