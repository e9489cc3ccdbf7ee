"""Pages of an agenda's items: the list, one item with its papers, its form."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.agendas.access import convened, may_change, seen
from assemblies.agendas.forms import PaperForm
from assemblies.agendas.item_form import ItemForm, Shape, filled_from, shape_of
from assemblies.agendas.queries import assemblies as queries
from assemblies.agendas.queries.register import register
from assemblies.agendas.services import attachments
from assemblies.agendas.services import items as services
from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, writing
from voting.law.matters import Matter
from voting.law.wording import words

bp = Blueprint("items", __name__, url_prefix="/assemblies/<uuid:assembly>")


@bp.get("/items")
@needs(Need.SEE_ASSEMBLY)
def listed(assembly: UUID) -> ResponseReturnValue:
    """Show the agenda: every item with what it needs."""
    view = seen(assembly)
    with reading() as session:
        items = queries.item_views(session, view, now=web.now())
    return render_template(
        "agendas/items.html", view=view, items=items, may_change=may_change(view)
    )


@bp.get("/items/new")
@needs(Need.CONVENE)
def choose(assembly: UUID) -> ResponseReturnValue:
    """Show the nine matters with their thresholds, and how each may be put to the vote."""
    view = convened(assembly)
    rules = view.rules(web.now())
    matters = [
        (matter, words(matter, "本小区", rules), services.kinds_of(matter)) for matter in Matter
    ]
    return render_template("agendas/choose.html", view=view, matters=matters)


@bp.route("/items/new/<int:matter>/<kind>", methods=["GET", "POST"])
@needs(Need.CONVENE)
def add(assembly: UUID, matter: int, kind: str) -> ResponseReturnValue:
    """Show an empty item of a matter; add it when it comes back whole."""
    view, shape = convened(assembly), shape_of(matter, kind)
    form = _form(view, shape)
    made: list[UUID] = []
    if form.sent_and_valid() and form.carry_out(
        lambda session: made.append(services.add_item(session, assembly, form.draft()))
    ):
        flash("事项已经加入议程。可以在下面上传附件。", "ok")
        return redirect(to(".item", assembly=assembly, item=made[0]))
    return _form_page(view, shape, form)


@bp.get("/items/<uuid:item>")
@needs(Need.SEE_ASSEMBLY)
def item(assembly: UUID, item: UUID) -> ResponseReturnValue:
    """Show one item in full."""
    return _item_page(seen(assembly), item, PaperForm())


@bp.route("/items/<uuid:item>/edit", methods=["GET", "POST"])
@needs(Need.CONVENE)
def change(assembly: UUID, item: UUID) -> ResponseReturnValue:
    """Show an item's form; write it anew when it comes back whole."""
    view = convened(assembly)
    with reading() as session:
        one = queries.item_view(session, view, item, now=web.now()).item
        places = register(session, view.estate)
    shape = Shape(one.matter, one.kind)
    form = ItemForm(shape, places, data=filled_from(one, places))
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.change_item(session, assembly, item, form.draft())
    ):
        flash("修改已经保存。", "ok")
        return redirect(to(".item", assembly=assembly, item=item))
    return _form_page(view, shape, form)


@bp.post("/items/<uuid:item>/remove")
@needs(Need.CONVENE)
def remove(assembly: UUID, item: UUID) -> ResponseReturnValue:
    """Take an item off the agenda."""
    convened(assembly)
    with writing() as session:
        services.remove_item(session, assembly, item)
    flash("事项已经移出议程。", "ok")
    return redirect(to(".listed", assembly=assembly))


@bp.post("/items/<uuid:item>/up")
@needs(Need.CONVENE)
def move_up(assembly: UUID, item: UUID) -> ResponseReturnValue:
    """Let an item change places with the one before it."""
    convened(assembly)
    with writing() as session:
        services.move_item_up(session, assembly, item)
    return redirect(to(".listed", assembly=assembly))


@bp.post("/items/<uuid:item>/papers")
@needs(Need.CONVENE)
def attach(assembly: UUID, item: UUID) -> ResponseReturnValue:
    """Attach the papers that were sent, all or none."""
    view, form = convened(assembly), PaperForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: [
            attachments.attach(session, assembly, item, upload) for upload in form.uploads()
        ]
    ):
        flash("附件已经上传。", "ok")
        return redirect(to(".item", assembly=assembly, item=item))
    return _item_page(view, item, form)


@bp.post("/items/<uuid:item>/papers/<uuid:paper>/remove")
@needs(Need.CONVENE)
def detach(assembly: UUID, item: UUID, paper: UUID) -> ResponseReturnValue:
    """Take a paper off an item."""
    convened(assembly)
    with writing() as session:
        attachments.detach(session, assembly, item, paper)
    flash("附件已经删除。", "ok")
    return redirect(to(".item", assembly=assembly, item=item))


@bp.get("/papers/<uuid:paper>")
@needs(Need.SEE_ASSEMBLY)
def paper(assembly: UUID, paper: UUID) -> ResponseReturnValue:
    """Hand out an attachment, always as a file to save."""
    seen(assembly)
    with reading() as session:
        found = queries.paper_of(session, assembly, paper)
    return send_file(
        BytesIO(found.content),
        mimetype=found.media_type,
        as_attachment=True,
        download_name=found.name,
    )


def _form(view: queries.AssemblyView, shape: Shape) -> ItemForm:
    with reading() as session:
        return ItemForm(shape, register(session, view.estate))


def _form_page(view: queries.AssemblyView, shape: Shape, form: ItemForm) -> ResponseReturnValue:
    needed = words(shape.matter, "表决范围内", view.rules(web.now()))
    page = render_template(
        "agendas/item_form.html",
        view=view,
        shape=shape,
        form=form,
        needed=needed,
        places=form.places(),
    )
    return page, form.status


def _item_page(view: queries.AssemblyView, item: UUID, form: PaperForm) -> ResponseReturnValue:
    with reading() as session:
        one = queries.item_view(session, view, item, now=web.now())
    page = render_template(
        "agendas/item.html", view=view, one=one, form=form, may_change=view.editable
    )
    return page, form.status
