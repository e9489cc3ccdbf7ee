"""Pages that take a project to the owners' vote and take over what came of it."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.forms import offered
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, writing
from assemblies.repairs.access import actor, done, held
from assemblies.repairs.forms import ChoiceForm
from assemblies.repairs.queries import ballots
from assemblies.repairs.queries.projects import Project
from assemblies.repairs.services import votes

bp = Blueprint("votes", __name__, url_prefix="/<uuid:repair>/vote")


@bp.get("")
@needs(Need.RUN_REPAIR)
def vote(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Show how the project comes to the vote, or what came of it."""
    return _page(held(Need.RUN_REPAIR, estate, repair), ChoiceForm())


@bp.post("/put")
@needs(Need.RUN_REPAIR)
def put(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Add the project to an assembly's agenda."""
    view = held(Need.RUN_REPAIR, estate, repair)
    form = _form(view, agendas=True)
    if form.sent_and_valid() and form.carry_out(
        lambda session: votes.put_to_vote(
            session, estate, repair, form.picked(), actor(), now=web.now()
        )
    ):
        return done(view, "项目已经列入会议议程，分摊清册一起附上了。")
    return _page(view, form)


@bp.post("/choose")
@needs(Need.RUN_REPAIR)
def choose(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Let the project rest on an item that says exactly the same."""
    view = held(Need.RUN_REPAIR, estate, repair)
    form = _form(view, agendas=False)
    if form.sent_and_valid() and form.carry_out(
        lambda session: votes.choose_item(
            session, estate, repair, form.picked(), actor(), now=web.now()
        )
    ):
        return done(view, "已经和这个表决事项对上。")
    return _page(view, form)


@bp.post("/outcome")
@needs(Need.RUN_REPAIR)
def outcome(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Take over the published result."""
    view = held(Need.RUN_REPAIR, estate, repair)
    with writing() as session:
        state = votes.take_outcome(session, estate, repair, actor(), now=web.now())
    said = "表决通过，已经记入。" if state == "voted" else "业主没有作出同意的决定，已经记入。"
    return done(view, said)


def _form(view: Project, *, agendas: bool) -> ChoiceForm:
    with reading() as session:
        offer = ballots.offer(session, view.id)
    form = ChoiceForm()
    choices = offer.agendas if agendas else offer.items
    form.chosen.choices = offered((str(one.id), one.said) for one in choices)
    return form


def _page(view: Project, form: ChoiceForm) -> ResponseReturnValue:
    with reading() as session:
        offer = ballots.offer(session, view.id)
    return render_template("repairs/vote.html", view=view, form=form, offer=offer), form.status
