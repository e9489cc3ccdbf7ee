"""What the pages of one resolution share: finding it, who acts, the way back."""

from datetime import date
from uuid import UUID

from flask import url_for as to

from assemblies.foundation import web
from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Need
from assemblies.foundation.pictures import Link
from assemblies.foundation.web import must, reading
from assemblies.resolutions.queries.resolution import Page, page
from assemblies.resolutions.services.register import Deed


def seen(estate: UUID, resolution: UUID, need: Need) -> Page:
    """Return a resolution's page where the caller may `need`; raises `NotFound`, `NotAllowed`."""
    with reading() as session:
        found = page(session, estate, resolution, now=web.now())
    must(need, at=found.place.node)
    return found


def acted(found: Page) -> Deed:
    """Say that the caller acts on this resolution."""
    person = web.staff()
    by = f"{person.display_name}（{person.roles_zh}）"
    return Deed(found.place.id, found.line.id, by)


def crumbs(found: Page, name: str) -> tuple[Link, ...]:
    """Return the way back from a page of a resolution."""
    estate = found.place.id
    return (
        Link(found.place.name, to("estates.estate", estate=estate)),
        Link("决议台账", to("register.home", estate=estate)),
        Link(found.line.number, to("register.one", estate=estate, resolution=found.line.id)),
        Link(name, ""),
    )


def today() -> dict[str, date]:
    """Offer today as the day of what is recorded."""
    return {"day": in_china(web.now()).date()}
