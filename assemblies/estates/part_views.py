"""Pages of one part: what the register says of it, correcting it by hand, entering a new one."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.estates.access import granted
from assemblies.estates.part_form import NewPartForm, PartForm, questions
from assemblies.estates.queries import estates as queries
from assemblies.estates.queries.parts import part as part_of
from assemblies.estates.services import corrections
from assemblies.estates.services.corrections import Correction
from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.pictures import Option
from assemblies.foundation.web import needs, reading, site, writing

bp = Blueprint("parts", __name__, url_prefix="/<uuid:estate>/parts")
ONE = "/<uuid:part>"


@bp.get(ONE)
@needs(Need.SEE_REGISTER)
def part(estate: UUID, part: UUID) -> ResponseReturnValue:
    """Show one part and its owners, 张* and the last four of each number."""
    head = granted(estate, Need.SEE_REGISTER)
    with reading() as session:
        view = part_of(session, estate, part, site().keys)
    may_edit = web.staff().may(Need.EDIT_REGISTER, at=head.node)
    return render_template("estates/part.html", head=head, view=view, may_edit=may_edit)


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@needs(Need.EDIT_REGISTER)
def edit(estate: UUID, part: UUID) -> ResponseReturnValue:
    """Correct one part; names stand in full here, because here they are corrected."""
    head = granted(estate, Need.EDIT_REGISTER)
    form = PartForm()
    asked: tuple[Option, ...] = ()
    if form.sent_and_valid():
        with reading() as session:
            came = corrections.correct(session, estate, part, form.edit(), site().keys)
        if came.part:
            return _saved(estate, came)
        form.blame(came.faults)
        asked = questions(came.faults)
    with reading() as session:
        view = part_of(session, estate, part, site().keys)
        frozen = [one for one in queries.assemblies(session, estate) if one.frozen]
    if request.method == "GET":
        form.fill(view)
    else:
        form.offer_rows()
    return render_template(
        "estates/edit.html",
        head=head,
        view=view,
        known={str(owner.person): owner for owner in view.owners},
        form=form,
        asked=asked,
        frozen=frozen,
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Need.EDIT_REGISTER)
def new(estate: UUID) -> ResponseReturnValue:
    """Enter one part by hand."""
    head = granted(estate, Need.EDIT_REGISTER)
    form = NewPartForm()
    asked: tuple[Option, ...] = ()
    if form.sent_and_valid():
        with reading() as session:
            came = corrections.add(session, estate, form.site(), form.edit(), site().keys)
        if came.part:
            return _saved(estate, came)
        form.blame(came.faults)
        asked = questions(came.faults)
    with reading() as session:
        frozen = [one for one in queries.assemblies(session, estate) if one.frozen]
    form.offer_rows()
    return render_template(
        "estates/edit.html",
        head=head,
        view=None,
        known={},
        form=form,
        asked=asked,
        frozen=frozen,
    )


@bp.post(f"{ONE}/remove")
@needs(Need.EDIT_REGISTER)
def remove(estate: UUID, part: UUID) -> ResponseReturnValue:
    """Take a part off the register."""
    granted(estate, Need.EDIT_REGISTER)
    seen = request.form.get("seen", "")
    with writing() as session:
        corrections.remove(session, estate, part, site().keys, seen=seen)
    flash("这一处已从名册删除。", "ok")
    return redirect(to("estates.register", estate=estate))


def _saved(estate: UUID, came: Correction) -> ResponseReturnValue:
    with writing() as session:
        corrections.save(session, came, site().keys)
    flash("已保存。", "ok")
    for warning in came.warnings:
        flash(f"提醒：{warning}", "warn")
    return redirect(to("estates.parts.part", estate=estate, part=came.part))
