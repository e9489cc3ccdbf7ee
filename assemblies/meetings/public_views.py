"""The minutes that hang on the door, for every owner: 业委会会议纪要 without signing in."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.kept import kept
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.web import needs, reading, site
from assemblies.meetings import papers
from assemblies.meetings.queries import meetings as queries

bp = Blueprint("meeting_board", __name__, url_prefix="/board/meetings")


@bp.get("/<uuid:meeting>/minutes.pdf")
@needs(Need.PUBLIC)
def minutes(meeting: UUID) -> ResponseReturnValue:
    """Hand out the minutes once they are posted; before, they are nobody's to find."""
    with reading() as session:
        view = queries.meeting_of(session, meeting, now=web.now())
    if view.posted_at is None:
        raise NotFound
    # Nothing of posted minutes changes but who has confirmed them.
    name = f"meeting-{view.id}-{len(view.confirmed)}-minutes.pdf"
    data = kept(
        site().config.outputs, name, lambda: papers.minutes_pdf(view, site().config.public_url)
    )
    title = f"{view.place.name}{view.name}纪要.pdf"
    return send_file(BytesIO(data), "application/pdf", download_name=title)
