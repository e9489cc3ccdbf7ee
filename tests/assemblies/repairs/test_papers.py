"""The package says how many agreed and who took part; nobody's choice can be read from it."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from assemblies.records.repairs import RepairRecord
from assemblies.repairs.queries.papers import vote_of
from tests.support.counted import begun
from tests.support.households import COUPLE, SINGLE, THREE_FLATS


def test_the_vote_is_told_by_its_totals_and_by_who_took_part(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = begun(session, keys, now)
    for household, word in ((SINGLE, "agree"), (COUPLE, "against")):
        vote.cast(vote.frozen.letter(household), word)
    record = RepairRecord(
        id=uuid4(),
        estate_id=vote.frozen.estate,
        number=1,
        title="屋面防水",
        path="ordinary",
        state="posted",
        item_id=vote.frozen.agenda.items[0].id,
        created_by="林主任",
        created_at=now,
    )
    session.add(record)
    session.flush()
    before = vote_of(session, record.id)
    assert before is not None
    assert before.counts == ()
    vote.result()
    found = vote_of(session, record.id)
    assert found is not None
    counts = dict(found.counts)
    assert counts["同意"].heads == counts["反对"].heads == 1
    assert counts["参与表决"] == counts["同意"] + counts["反对"] + counts["弃权"]
    assert counts["应参与表决"] == counts["参与表决"] + counts["未参与表决"]
    roll = {voter.id: voter.parts for voter in vote.frozen.roll.voters}
    took_part = {
        part.id
        for household in (SINGLE, COUPLE)
        for part in roll[vote.frozen.letter(household).voter]
    }
    assert found.voted is not None
    assert set(found.voted) == took_part
    silent = {part.id for part in roll[vote.frozen.letter(THREE_FLATS).voter]}
    assert not silent & found.voted
