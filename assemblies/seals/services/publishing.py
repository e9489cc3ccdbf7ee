"""The list of uses that is published at the interval of the rules (K5)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.foundation.uploads import PDF, Checked
from assemblies.records.duties import Done, Opening, fulfil, open_duty
from assemblies.records.files import keep
from assemblies.records.seals import SealListRecord
from assemblies.seals.queries.lists import PublicList, last_list, next_list
from assemblies.seals.services.keeping import LIST_DUTY
from assemblies.seals.services.pen import Actor, pen_of
from voting.canonical import Plain
from voting.law.duties import due
from voting.log import seals


def publish_list(
    session: Session,
    actor: Actor,
    printed: Callable[[PublicList], bytes],
    *,
    now: datetime,
) -> UUID:
    """Publish the uses stamped since the last list, as a paper that everybody may read.

    Returns the list's id; `printed` makes the paper. Raises `WrongStep` before there is a seal.
    Hangzhou 30 (LAW.md K5): the interval is the rule pack's `seal_publication_months`.
    """
    pen = pen_of(session, actor, now=now)
    before = last_list(session, pen.committee.id)
    drawn = next_list(session, actor.estate, now=now)
    paper = Checked(f"{drawn.title}.pdf", PDF, printed(drawn))
    file = keep(session, actor.estate, paper, actor.said, shown=True, now=now)
    body: dict[str, Plain] = {
        "list": file.sha256,
        "since": drawn.since.isoformat(),
        "until": drawn.until.isoformat(),
        "uses": len(drawn.lines),
    }
    pen.write(seals.PUBLISHED, body, pen.committee.id)
    record = SealListRecord(
        id=uuid4(),
        committee_id=pen.committee.id,
        since=drawn.since,
        until=drawn.until,
        uses=len(drawn.lines),
        file_id=file.id,
        published_by=actor.said,
        published_at=now,
    )
    session.add(record)
    session.flush()
    done = Done(actor.said, paper.name, file.id)
    fulfil(session, before.id if before else pen.committee.id, LIST_DUTY, done, now=now)
    duty = due(LIST_DUTY, pen.today, pen.rules)
    about = "把上次公布以来的用印情况列成清单，向全体业主公布。"
    href = f"/estates/{actor.estate}/seals/publish"
    opening = Opening(duty, record.id, "公布用印情况", about, "committee", href)
    open_duty(session, actor.estate, opening, now=now)
    said = f"{actor.said}公布{drawn.title}，共 {len(drawn.lines)} 件。"
    pen.tell("seal.published", said, actor.said, f"seal-list:{record.id}", file.sha256)
    return record.id
