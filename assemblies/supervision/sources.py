"""Where the source of an entry is shown: one table from its kind of record to a page."""

from typing import Any
from uuid import UUID

from flask import current_app, url_for

# The kind of record in "repair:<id>" -> its page, and what the page calls the id ("" for a page
# of the whole estate). A kind that stands nowhere here, or a page that is not there, has no link.
PAGES: dict[str, tuple[str, str]] = {
    "account": ("funds.home", ""),
    "assembly": ("agendas.overview", "assembly"),
    "authority": ("funds.publishing.authorities", ""),
    "candidate": ("committees.election.candidate", "candidate"),
    "committee": ("committees.home", ""),
    "duty": ("duties.home", ""),
    "filing": ("committees.filing.filing", "filing"),
    "group": ("committees.group.group", "group"),
    "handover": ("committees.handover.handover", "handover"),
    "inquiry": ("supervision.inquiries.inquiry", "inquiry"),
    "meeting": ("meetings.meeting", "meeting"),
    "member": ("committees.member.member", "member"),
    "note": ("supervision.home", ""),
    "order": ("supervision.orders.order", "order"),
    "posting": ("funds.posting", "posting"),
    "repair": ("repairs.project", "repair"),
    "report": ("supervision.reports.report", "report"),
    "resolution": ("register.one", "resolution"),
    "seal": ("seals.keeping.seal", "seal"),
    "seal-list": ("seals.home", ""),
    "seal-use": ("seals.use", "use"),
    "term": ("committees.home", ""),
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
