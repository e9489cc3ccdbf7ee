"""Hands out the files that prove a step, to whom they are open."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from assemblies.files import queries
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, needs, reading

bp = Blueprint("files", __name__, url_prefix="/files")


@bp.get("/<uuid:file>")
@needs(Need.PUBLIC)
def file(file: UUID) -> ResponseReturnValue:
    """Show a file: to everybody if it is open, else to the staff of its estate."""
    with reading() as session:
        found = queries.kept(session, file)
    if not found.shown:
        must(Need.SEE_DECISIONS, at=found.node)
    return send_file(BytesIO(found.content), found.media_type, download_name=found.name)
