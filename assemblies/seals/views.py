"""Pages of the seals room: what waits for whom, and a use from application to closing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask import url_for as to
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from assemblies.foundation import web
from assemblies.foundation.clock import in_china
from assemblies.foundation.forms import VerbForm
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading
from assemblies.seals import keeping_views, paper_views, pictures
from assemblies.seals.access import Here, here
from assemblies.seals.forms import (
    ApplyForm,
    ButtonForm,
    CloseForm,
    DeclineForm,
    PhotographsForm,
    StampForm,
    WithdrawForm,
)
from assemblies.seals.queries import bases, facts, lists, seals, uses
from assemblies.seals.services import applying, signing, stamping

bp = Blueprint("seals", __name__)
bp.register_blueprint(keeping_views.bp)
bp.register_blueprint(paper_views.bp)
E = "/estates/<uuid:estate>/seals"
U = f"{E}/uses/<uuid:use>"


@bp.get(E)
@needs(Need.SEE_SEALS)
def home(estate: UUID) -> ResponseReturnValue:
    """Show the seals and their keepers, what waits for the caller, and every use."""
    at = here(estate, Need.SEE_SEALS)
    account, runs = at.actor.account, at.actor.runs
    with reading() as session:
        found = uses.uses_of(session, estate)
        return render_template(
            "seals/home.html",
            place=at.place,
            runs=runs,
            account=account,
            seals=seals.seals_of(session, estate),
            uses=found,
            mine=uses.for_me(session, estate, found, account, runs=runs),
            today=uses.today(web.now()),
            differences=seals.matches_log(session, estate),
            may_apply=_may_apply(at),
            lists=lists.published(session, estate),
        )


def _may_apply(at: Here) -> bool:
    return web.staff().may(Need.SIGN_AS_MEMBER, at=at.place.node)


@bp.route(f"{E}/apply", methods=["GET", "POST"])
@needs(Need.SIGN_AS_MEMBER)
def apply(estate: UUID) -> ResponseReturnValue:
    """Choose a seal, then say what is to be stamped and on which decision."""
    at = here(estate, Need.SIGN_AS_MEMBER)
    with reading() as session:
        usable = tuple(one for one in seals.seals_of(session, estate) if one.usable)
        chosen = _chosen(usable)
        covering = bases.covering(session, estate, chosen.kind.value) if chosen else ()
        rule = facts.rule_of(session, estate, now=web.now())
    values = {name: request.args.get(name, "") for name in ("title", "basis")}
    form = ApplyForm(data={"copies": 2, **values}).offer(covering)
    made: list[UUID] = []
    if (
        chosen is not None
        and form.sent_and_valid()
        and form.carry_out(
            lambda session: made.append(
                applying.apply(session, at.actor, form.asked(chosen.id), now=web.now())
            )
        )
    ):
        flash("申请已经提交，并写入印章日志。请通知各位委员签字。", "ok")
        return redirect(to(".use", estate=estate, use=made[0]))
    page = render_template(
        "seals/apply.html",
        place=at.place,
        form=form,
        seals=usable,
        seal=chosen,
        bases=covering,
        rule=rule,
        title=values["title"],
    )
    return page, form.status


def _chosen(usable: tuple[seals.SealView, ...]) -> seals.SealView | None:
    """Return the seal that was asked for, or the only one there is."""
    asked = request.args.get("seal", "")
    named = next((one for one in usable if str(one.id) == asked), None)
    return named or (usable[0] if len(usable) == 1 else None)


@dataclass(slots=True)
class _Forms:
    """The forms of a use's page, one of which may have been sent."""

    sign: ButtonForm = field(default_factory=ButtonForm)
    decline: DeclineForm = field(default_factory=DeclineForm)
    stamp: StampForm = field(default_factory=StampForm)
    photographs: PhotographsForm = field(default_factory=PhotographsForm)
    close: CloseForm = field(default_factory=CloseForm)
    withdraw: WithdrawForm = field(default_factory=WithdrawForm)


@bp.get(U)
@needs(Need.SEE_SEALS)
def use(estate: UUID, use: UUID) -> ResponseReturnValue:
    """Show one use: its document and basis, who signed, and the next step."""
    wall = in_china(web.now()).replace(tzinfo=None)
    forms = _Forms(close=CloseForm(data={"returned": wall}))
    return _page(here(estate, Need.SEE_SEALS), use, forms), 200


def _page(at: Here, use: UUID, forms: _Forms, sent: VerbForm | None = None) -> str:
    estate, account = at.place.id, at.actor.account
    with reading() as session:
        view = uses.use_of(session, estate, use)
        lines = seals.log_lines(session, estate, use)
        return render_template(
            "seals/use.html",
            place=at.place,
            use=view,
            steps=pictures.steps(view, lines, uses.today(web.now())),
            lines=lines,
            may=uses.may(session, estate, view, account, runs=at.actor.runs),
            late=view.late(uses.today(web.now())),
            rule=facts.rule_of(session, estate, now=web.now()),
            forms=forms,
            sent=sent,
        )


def _done(
    at: Here, use: UUID, form: VerbForm, forms: _Forms, step: Callable[[Session], None], said: str
) -> ResponseReturnValue:
    """Carry out a step of a use; what it refuses stands on its page."""
    if form.sent_and_valid() and form.carry_out(step):
        flash(said, "ok")
        return redirect(to(".use", estate=at.place.id, use=use))
    return _page(at, use, forms, form), form.status


@bp.post(f"{U}/sign")
@needs(Need.SIGN_AS_MEMBER)
def sign(estate: UUID, use: UUID) -> ResponseReturnValue:
    """Sign for a use by one's own sign-in."""
    at, form = here(estate, Need.SIGN_AS_MEMBER), ButtonForm()
    return _done(
        at, use, form, _Forms(sign=form),
        lambda session: signing.sign(session, at.actor, use, now=web.now()),
        "您已签字同意，已写入印章日志。",
    )  # fmt: skip


@bp.post(f"{U}/decline")
@needs(Need.SIGN_AS_MEMBER)
def decline(estate: UUID, use: UUID) -> ResponseReturnValue:
    """Decline a use with a reason."""
    at, form = here(estate, Need.SIGN_AS_MEMBER), DeclineForm()
    return _done(
        at, use, form, _Forms(decline=form),
        lambda session: signing.decline(
            session, at.actor, use, form.reason.data or "", now=web.now()
        ),
        "您的不同意意见和理由已写入印章日志。",
    )  # fmt: skip


@bp.post(f"{U}/stamp")
@needs(Need.SEE_SEALS)
def stamp(estate: UUID, use: UUID) -> ResponseReturnValue:
    """Record the stamp, as the keeper of this moment."""
    at, form = here(estate, Need.SEE_SEALS), StampForm()
    return _done(
        at, use, form, _Forms(stamp=form),
        lambda session: stamping.stamp(
            session, at.actor, use, form.copies.data or 0, form.pictures, now=web.now()
        ),
        "盖章已经登记。" if form.pictures else "盖章已经登记。请尽快存入盖章页的照片。",
    )  # fmt: skip


@bp.post(f"{U}/photographs")
@needs(Need.SEE_SEALS)
def photographs(estate: UUID, use: UUID) -> ResponseReturnValue:
    """Add photographs of the stamped pages."""
    at, form = here(estate, Need.SEE_SEALS), PhotographsForm()
    return _done(
        at, use, form, _Forms(photographs=form),
        lambda session: stamping.add_photographs(
            session, at.actor, use, form.pictures, now=web.now()
        ),
        "照片已经存入。",
    )  # fmt: skip


@bp.post(f"{U}/close")
@needs(Need.SEE_SEALS)
def close(estate: UUID, use: UUID) -> ResponseReturnValue:
    """Close a use that is stamped and photographed."""
    at, form = here(estate, Need.SEE_SEALS), CloseForm()
    return _done(
        at, use, form, _Forms(close=form),
        lambda session: stamping.close(
            session, at.actor, use, form.closing(web.now()), now=web.now()
        ),
        "这次用印已经办结，记录不能再改。",
    )  # fmt: skip


@bp.post(f"{U}/withdraw")
@needs(Need.SIGN_AS_MEMBER)
def withdraw(estate: UUID, use: UUID) -> ResponseReturnValue:
    """Withdraw an application before its stamp."""
    at, form = here(estate, Need.SIGN_AS_MEMBER), WithdrawForm()
    return _done(
        at, use, form, _Forms(withdraw=form),
        lambda session: applying.withdraw(
            session, at.actor, use, form.why.data or "", now=web.now()
        ),
        "申请已经撤回。",
    )  # fmt: skip
