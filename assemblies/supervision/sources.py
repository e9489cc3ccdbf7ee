"""Where the source of an entry is shown: one table from its kind of record to a page."""

from typing import Any
from uuid import UUID

from flask import current_app, url_for

# The kind of record in "repair:<id>" -> its page, and what the page calls the id ("" for a page
# of the whole estate). A kind that stands nowhere here, or a page that is not there, has no link.
PAGES: dict[str, tuple[str, str]] = {
    "assembly": ("agendas.overview", "assembly"),
    "note": ("supervision.home", ""),
    "report": ("supervision.reports.report", "report"),
    "order": ("supervision.orders.order", "order"),
    "inquiry": ("supervision.inquiries.inquiry", "inquiry"),
    "resolution": ("register.resolution", "resolution"),
}
OUTSIDE_ESTATES = frozenset({"assembly"})


def href_of(estate: UUID, source: str) -> str:
    """Return the address of the page that shows a source, "" where there is none."""
    kind, _, id_ = source.partition(":")
    endpoint, argument = PAGES.get(kind, ("", ""))
    if endpoint not in current_app.view_functions:
        return ""
    values: dict[str, Any] = {} if kind in OUTSIDE_ESTATES else {"estate": estate}
    if argument:
        values[argument] = UUID(id_)
    return url_for(endpoint, **values)
