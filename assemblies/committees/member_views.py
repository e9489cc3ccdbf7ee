"""Pages about members: posts, accounts, leaving, resting, stepping in, an older term."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.committees.access import Visit
from assemblies.committees.drafts import PartyBranch, Resignation
from assemblies.committees.election_forms import day_of
from assemblies.committees.member_forms import (
    AccountForm,
    EnterForm,
    LostForm,
    PartyForm,
    PostsForm,
    RemoveForm,
    ResignForm,
    SubstituteForm,
    SuspendForm,
    posts_form,
)
from assemblies.committees.queries import choices
from assemblies.committees.queries.asked import asked_of
from assemblies.committees.queries.house import House, MemberLine, house_of, member_of
from assemblies.committees.services import entering, members
from assemblies.foundation import web
from assemblies.foundation.fields import upload_of
from assemblies.foundation.forms import VerbForm
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.web import needs, reading, site, writing

bp = Blueprint("member", __name__)
M = "/members/<uuid:member>"


@bp.route("/posts", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def posts(estate: UUID) -> ResponseReturnValue:
    """Give the posts that the committee's meeting chose."""
    visit = Visit(estate, Need.RUN_COMMITTEE)
    house = _house(estate)
    with reading() as session:
        decisions = choices.decisions(session, estate)
    form: PostsForm = posts_form(house.term.members if house.term else (), decisions)
    if form.sent_and_valid() and form.carry_out(
        lambda session: members.appoint(
            session, visit.acting, form.posts(), UUID(form.basis.data), now=web.now()
        )
    ):
        return _done("职务已经登记。", estate)
    page = render_template(
        "committees/posts.html", **visit.values(form=form, house=house, decisions=decisions)
    )
    return page, form.status


@bp.route("/party", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def party(estate: UUID) -> ResponseReturnValue:
    """Record the committee's organisation of the party."""
    visit, house = Visit(estate, Need.RUN_COMMITTEE), _house(estate)
    form = PartyForm(data={"branch": house.party.value, "name": house.party_name})
    if form.sent_and_valid() and form.carry_out(
        lambda session: members.set_party(
            session, visit.acting, PartyBranch(form.branch.data), form.name.data or "",
            now=web.now(),
        )
    ):  # fmt: skip
        return _done("党组织情况已经记录。", estate)
    return render_template("committees/party.html", **visit.values(form=form)), form.status


@bp.route("/enter", methods=["GET", "POST"])
@needs(Need.PREPARE_ELECTION)
def enter(estate: UUID) -> ResponseReturnValue:
    """Enter a committee that was elected before this platform."""
    visit, form = Visit(estate, Need.PREPARE_ELECTION), EnterForm()
    with reading() as session:
        asked = asked_of(session, estate, now=web.now())
    if form.sent_and_valid() and form.carry_out(
        lambda session: entering.enter_term(
            session, visit.acting, form.entered(), now=web.now()
        )
    ):  # fmt: skip
        return _done("在任的业主委员会已经登记。", estate)
    page = render_template("committees/enter.html", **visit.values(form=form, asked=asked))
    return page, form.status


@bp.get(M)
@needs(Need.SEE_COMMITTEE)
def member(estate: UUID, member: UUID) -> ResponseReturnValue:
    """Show a member with everything that may be done about the membership."""
    visit = Visit(estate, Need.SEE_COMMITTEE)
    return _page(visit, _line(estate, member))


@bp.post(f"{M}/account")
@needs(Need.RUN_COMMITTEE)
def account(estate: UUID, member: UUID) -> ResponseReturnValue:
    """Connect a member with the account that signs."""
    visit = Visit(estate, Need.RUN_COMMITTEE)
    with reading() as session:
        form = AccountForm().offering(choices.accounts(session, visit.place.node))
    if form.sent_and_valid() and form.carry_out(
        lambda session: members.connect(
            session, visit.acting, member, form.chosen(), now=web.now()
        )
    ):  # fmt: skip
        return _done("签字账号已经保存。", estate, member)
    return _page(visit, _line(estate, member), account=form)


@bp.post(f"{M}/resign")
@needs(Need.SEE_COMMITTEE)
def resign(estate: UUID, member: UUID) -> ResponseReturnValue:
    """End a membership by the member's own letter."""
    visit, form = Visit(estate, Need.SEE_COMMITTEE), ResignForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: members.resign(
            session,
            visit.acting,
            member,
            Resignation(
                day_of(form.on), upload_of(form.letter), visit.person.id, visit.may(Need.NOTE)
            ),
            now=web.now(),
        )
    ):
        return _done("辞职已经登记，变更备案和移交已经排进待办。", estate, member)
    return _page(visit, _line(estate, member), resign=form)


@bp.post(f"{M}/lost")
@needs(Need.RUN_COMMITTEE)
def lost(estate: UUID, member: UUID) -> ResponseReturnValue:
    """End a membership that ended by itself: the member no longer owns here."""
    visit, form = Visit(estate, Need.RUN_COMMITTEE), LostForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: members.lose_ownership(
            session, visit.acting, member, day_of(form.since), now=web.now()
        )
    ):
        return _done("离任已经登记，变更备案和移交已经排进待办。", estate, member)
    return _page(visit, _line(estate, member), lost=form)


@bp.post(f"{M}/suspend")
@needs(Need.RUN_COMMITTEE)
def suspend(estate: UUID, member: UUID) -> ResponseReturnValue:
    """Let a member's duties rest until the owners decide."""
    visit, form = Visit(estate, Need.RUN_COMMITTEE), SuspendForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: members.suspend(
            session, visit.acting, member, form.why.data or "", upload_of(form.posting),
            now=web.now(),
        )
    ):  # fmt: skip
        return _done("暂停履职已经登记。", estate, member)
    return _page(visit, _line(estate, member), suspend=form)


@bp.post(f"{M}/restore")
@needs(Need.RUN_COMMITTEE)
def restore(estate: UUID, member: UUID) -> ResponseReturnValue:
    """Let a suspended member serve again."""
    visit = Visit(estate, Need.RUN_COMMITTEE)
    with writing() as session:
        members.restore(session, visit.acting, member, now=web.now())
    return _done("已经恢复履职。", estate, member)


@bp.post(f"{M}/remove")
@needs(Need.RUN_COMMITTEE)
def remove(estate: UUID, member: UUID) -> ResponseReturnValue:
    """End a membership by the owners' resolution."""
    visit = Visit(estate, Need.RUN_COMMITTEE)
    with reading() as session:
        form = RemoveForm().offering(choices.owners_resolutions(session, estate))
    if form.sent_and_valid() and form.carry_out(
        lambda session: members.remove(
            session, visit.acting, member, UUID(form.basis.data), now=web.now()
        )
    ):
        return _done("罢免已经登记，变更备案和移交已经排进待办。", estate, member)
    return _page(visit, _line(estate, member), remove=form)


@bp.route("/substitute", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def substitute(estate: UUID) -> ResponseReturnValue:
    """Let the next alternate take an empty seat."""
    visit, house = Visit(estate, Need.RUN_COMMITTEE), _house(estate)
    with reading() as session:
        first = choices.first_alternates(session, estate)
    form = SubstituteForm().offering(first)
    if form.sent_and_valid() and form.carry_out(
        lambda session: members.substitute(
            session, visit.acting, form.alternate(), now=web.now()
        )
    ):  # fmt: skip
        return _done("递补已经登记。", estate)
    page = render_template(
        "committees/substitute.html", **visit.values(form=form, house=house, first=first)
    )
    return page, form.status


def _page(visit: Visit, line: MemberLine, **sent: VerbForm) -> ResponseReturnValue:
    """Show a member; a form that was refused stands in the place of its own fresh one."""
    with reading() as session:
        accounts = choices.accounts(session, visit.place.node)
        resolutions = choices.owners_resolutions(session, visit.estate)
    known = {"account": str(line.account_id or "")}
    fresh: dict[str, VerbForm] = {
        "account": AccountForm(data=known).offering(accounts),
        "resign": ResignForm(),
        "lost": LostForm(),
        "suspend": SuspendForm(),
        "remove": RemoveForm().offering(resolutions),
    }
    status = next((form.status for form in sent.values()), 200)
    page = render_template(
        "committees/member.html",
        **visit.values(line=line, forms={**fresh, **sent}, resolutions=resolutions, sent=set(sent)),
    )
    return page, status


def _line(estate: UUID, member: UUID) -> MemberLine:
    with reading() as session:
        return member_of(session, estate, member, site().keys)


def _house(estate: UUID) -> House:
    with reading() as session:
        house = house_of(session, estate, site().keys, now=web.now())
    if house is None or house.term is None:
        raise WrongStep("这个小区还没有在任的业主委员会。")
    return house


def _done(said: str, estate: UUID, member: UUID | None = None) -> ResponseReturnValue:
    flash(said, "ok")
    if member is None:
        return redirect(to("committees.home", estate=estate))
    return redirect(to(".member", estate=estate, member=member))
