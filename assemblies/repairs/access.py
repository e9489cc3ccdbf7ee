"""Who sees a project here, who takes its steps, and where one is led after each."""

from uuid import UUID

from flask import flash, redirect, render_template
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.acting import Actor
from assemblies.foundation.forms import VerbForm
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, reading, site, staff
from assemblies.repairs.queries import projects as queries
from assemblies.repairs.queries.projects import Project


def held(need: Need, estate: UUID, repair: UUID) -> Project:
    """Return a project where the caller may do this; raises `NotFound`, `NotAllowed`."""
    with reading() as session:
        place = queries.place(session, estate)
        must(need, at=place.node)
        return queries.project(session, estate, repair, now=web.now())


def actor() -> Actor:
    """Return who acts, by name and roles, with the keys of this site."""
    person = staff()
    return Actor(f"{person.display_name}（{person.roles_zh}）", site().keys)


def done(view: Project, said: str) -> ResponseReturnValue:
    """Say what was done and lead back to the project."""
    flash(said, "ok")
    return redirect(to("repairs.project", estate=view.estate.id, repair=view.id))


def page(template: str, view: Project, form: VerbForm, **values: object) -> ResponseReturnValue:
    """Show a form of a project, with the status of its refusals."""
    return render_template(template, view=view, form=form, **values), form.status


def simple(
    view: Project, form: VerbForm, title: str, lead: str, submit: str, **values: object
) -> ResponseReturnValue:
    """Show a form that is nothing but its fields; `facts` stand above, `law` below its title."""
    shown = {"facts": (), "law": "", **values}
    return page("repairs/form.html", view, form, title=title, lead=lead, submit=submit, **shown)
