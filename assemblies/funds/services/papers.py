"""Keep the paper that shows a booking."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.uploads import Upload, checked
from assemblies.records.files import keep


def keep_paper(
    session: Session, estate: UUID, sent: Iterable[Upload], by: str, *, now: datetime
) -> UUID | None:
    """Keep the paper if one was sent and return its file; raises `Incomplete`."""
    papers = [checked(one) for one in sent]
    kept = [keep(session, estate, paper, by, now=now).id for paper in papers]
    return kept[0] if kept else None
