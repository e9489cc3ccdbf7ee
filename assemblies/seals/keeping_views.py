"""Pages about the seals themselves: made, kept, handed over, lost, replaced."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading
from assemblies.seals.access import Here, here
from assemblies.seals.forms import ButtonForm, LossForm, LostForm, OfferForm, ReplaceForm, SealForm
from assemblies.seals.queries import keepers, seals
from assemblies.seals.services import keeping

bp = Blueprint("keeping", __name__)
E = "/estates/<uuid:estate>/seals"
S = f"{E}/<uuid:seal>"


@bp.route(f"{E}/new", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def new(estate: UUID) -> ResponseReturnValue:
    """Enter a new seal."""
    at, form = here(estate, Need.RUN_COMMITTEE), SealForm()
    made: list[UUID] = []
    if form.sent_and_valid() and form.carry_out(
        lambda session: made.append(
            keeping.make_seal(session, at.actor, form.draft(), now=web.now())
        )
    ):
        return _saved("印章已经登记。接下来指定保管人。", estate, made[0])
    return render_template("seals/new.html", place=at.place, form=form), form.status


@bp.get(S)
@needs(Need.SEE_SEALS)
def seal(estate: UUID, seal: UUID) -> ResponseReturnValue:
    """Show one seal, its keeper and its history."""
    return _page(here(estate, Need.SEE_SEALS), seal, OfferForm(), LostForm(), LossForm()), 200


def _page(at: Here, seal: UUID, offer: OfferForm, lost: LostForm, loss: LossForm) -> str:
    with reading() as session:
        view = seals.seal_of(session, at.place.id, seal)
        choice = keepers.keepers(session, at.place.id, now=web.now())
        others = tuple(one for one in choice if one.account != view.keeper_account)
        return render_template(
            "seals/seal.html",
            place=at.place,
            seal=view,
            lines=seals.log_lines(session, at.place.id, seal),
            runs=at.actor.runs,
            keeps=view.keeper_account == at.actor.account,
            accepts=view.offered_account == at.actor.account,
            excluded=keepers.excluded(session, at.place.id, now=web.now()),
            choice=others,
            offer=offer.offer(others),
            lost=lost,
            loss=loss,
        )


@bp.post(f"{S}/offer")
@needs(Need.RUN_COMMITTEE)
def offer(estate: UUID, seal: UUID) -> ResponseReturnValue:
    """Name who is to keep a seal."""
    at = here(estate, Need.RUN_COMMITTEE)
    with reading() as session:
        form = OfferForm().offer(keepers.everybody(session, estate, now=web.now()))
    if form.sent_and_valid() and form.carry_out(
        lambda session: keeping.offer_seal(
            session, at.actor, seal, UUID(form.account.data), now=web.now()
        )
    ):
        return _saved("已经指定。请本人登录后点“我已接收”，接收以后才算交付。", estate, seal)
    return _page(at, seal, form, LostForm(), LossForm()), form.status


@bp.post(f"{S}/accept")
@needs(Need.SEE_SEALS)
def accept(estate: UUID, seal: UUID) -> ResponseReturnValue:
    """Take a seal over by one's own sign-in."""
    at, form = here(estate, Need.SEE_SEALS), ButtonForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: keeping.accept_seal(session, at.actor, seal, now=web.now())
    ):
        return _saved("您已接收印章，从现在起由您保管。", estate, seal)
    offer = OfferForm()
    offer.refused = form.refused
    return _page(at, seal, offer, LostForm(), LossForm()), form.status


@bp.post(f"{S}/lost")
@needs(Need.SEE_SEALS)
def lost(estate: UUID, seal: UUID) -> ResponseReturnValue:
    """Report a seal lost, as its keeper or for the committee."""
    at, form = here(estate, Need.SEE_SEALS), LostForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: keeping.lose_seal(
            session, at.actor, seal, form.note.data or "", now=web.now()
        )
    ):
        return _saved("遗失已经登记，这枚章不能再用。请当天报案并公告作废。", estate, seal)
    return _page(at, seal, OfferForm(), form, LossForm()), form.status


@bp.post(f"{S}/reported")
@needs(Need.RUN_COMMITTEE)
def reported(estate: UUID, seal: UUID) -> ResponseReturnValue:
    """Keep the proof that a loss was reported."""
    at, form = here(estate, Need.RUN_COMMITTEE), LossForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: keeping.report_loss(session, at.actor, seal, form.paper, now=web.now())
    ):
        return _saved("报案和作废的证明已经存入。", estate, seal)
    return _page(at, seal, OfferForm(), LostForm(), form), form.status


@bp.route(f"{S}/replace", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def replace(estate: UUID, seal: UUID) -> ResponseReturnValue:
    """Put a new seal in the place of an old one."""
    at = here(estate, Need.RUN_COMMITTEE)
    with reading() as session:
        old = seals.seal_of(session, estate, seal)
    form = ReplaceForm(data={"name": old.name})
    made: list[UUID] = []
    if form.sent_and_valid() and form.carry_out(
        lambda session: made.append(
            keeping.replace_seal(session, at.actor, seal, form.draft(old.kind), now=web.now())
        )
    ):
        return _saved("新章已经登记，旧章作废。接下来指定新章的保管人。", estate, made[0])
    page = render_template("seals/replace.html", place=at.place, seal=old, form=form)
    return page, form.status


def _saved(said: str, estate: UUID, seal: UUID) -> ResponseReturnValue:
    flash(said, "ok")
    return redirect(to("seals.keeping.seal", estate=estate, seal=seal))
