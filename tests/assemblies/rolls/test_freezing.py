"""The freeze: heads by the court's rule, everything hashed, nothing before its time."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, TooManyAttempts, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import (
    AssemblyRecord,
    DocumentRecord,
    LetterRecord,
    VoterPersonRecord,
    VoterRecord,
)
from assemblies.records.logs import LogEntryRecord, entries
from assemblies.records.objections import PER_ADDRESS, Objection
from assemblies.records.premises import PartRecord
from assemblies.rolls.queries import draft as drafts
from assemblies.rolls.queries import letters as letter_queries
from assemblies.rolls.services import freezing, letters, objections
from assemblies.rolls.services.freezing import OpeningKey
from tests.support.agendas import posted
from tests.support.registers import Home, Registered, add_home
from voting import signing
from voting.agenda import Agenda
from voting.canonical import sha256_hex
from voting.roll import Roll
from voting.signing import PublicKey

POSTING = timedelta(days=15)


def opening() -> OpeningKey:
    return OpeningKey(PublicKey.of(signing.new_key()), "a.b.c.d.e", "监票人周（示例）")


def frozen(session: Session, estate: Registered, keys: Keys, now: datetime) -> UUID:
    assembly = posted(session, estate, keys, now)
    freezing.freeze(session, assembly, opening(), keys, now=now + POSTING)
    return assembly


def document(session: Session, assembly: UUID, name: str) -> DocumentRecord:
    return session.get_one(DocumentRecord, (assembly, name))


def test_heads_and_areas_follow_the_courts_counting_rule(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = frozen(session, estate, keys, now)
    roll = Roll.decode(document(session, assembly, "roll.jsonl").content)
    weights = sorted((voter.area, voter.developer) for voter in roll)
    assert weights == [
        (89_23, False),  # 王一: the parking bay has no vote
        (98_33, False),  # 赵五: a shop
        (120_55, False),  # 李二 and 李三 together: one head
        (164_24, False),  # 张四: two flats, one head
        (220_00, True),  # unsold and undelivered: the developer, one head
    ]


def test_the_frozen_documents_are_hashed_into_the_log(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = frozen(session, estate, keys, now)
    record = session.get_one(AssemblyRecord, assembly)
    assert record.log_id is not None
    entry = next(one for one in entries(session, record.log_id) if one.kind == "frozen")
    body = entry.receipt().entry.body
    for name, field in (("roll.jsonl", "roll"), ("agenda.json", "agenda"), ("rules.json", "rules")):
        assert body[field] == sha256_hex(document(session, assembly, name).content)
    assert "d" not in str(body["opening"]).split("'"), "the log holds the public half only"


def test_names_are_on_no_frozen_document(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = frozen(session, estate, keys, now)
    for name in ("roll.jsonl", "agenda.json", "rules.json"):
        text = document(session, assembly, name).content.decode()
        assert not any(person in text for person in ("王一", "李二", "张四", "钱六"))


def test_golden_07_a_weight_edited_after_the_freeze_changes_nothing(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = frozen(session, estate, keys, now)
    before = document(session, assembly, "roll.jsonl").content
    session.get_one(PartRecord, estate.parts["1号楼1单元101"]).area_dm2 = 999_99
    session.flush()
    assert document(session, assembly, "roll.jsonl").content == before
    lines = session.execute(
        select(VoterRecord.line)
        .where(VoterRecord.assembly_id == assembly)
        .order_by(VoterRecord.position)
    ).scalars()
    assert b"\n".join(lines) + b"\n" == before


REFUSED_TIMES = {
    "the day before the posting of the roll is over": timedelta(days=14),
    "one second before midnight": timedelta(days=14, hours=11, minutes=59, seconds=59),
    "after the vote should have closed": timedelta(days=60),
}


@pytest.mark.parametrize("after", REFUSED_TIMES.values(), ids=REFUSED_TIMES)
def test_freezing_at_the_wrong_time_is_refused(
    session: Session, estate: Registered, keys: Keys, now: datetime, after: timedelta
) -> None:
    assembly = posted(session, estate, keys, now)
    with pytest.raises(WrongStep):
        freezing.freeze(session, assembly, opening(), keys, now=now + after)


def test_freezing_begins_with_the_sixteenth_day(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = posted(session, estate, keys, now)
    freezing.freeze(session, assembly, opening(), keys, now=now + timedelta(days=14, hours=12))
    assert session.get_one(AssemblyRecord, assembly).phase == "frozen"


def test_freezing_twice_is_refused(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = frozen(session, estate, keys, now)
    with pytest.raises(WrongStep):
        freezing.freeze(session, assembly, opening(), keys, now=now + POSTING)


def test_a_sold_part_without_an_owner_stands_in_the_way(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = posted(session, estate, keys, now)
    add_home(session, estate.estate, Home("1号楼", "1单元", "301", 80_00))
    with pytest.raises(Incomplete, match="301"):
        freezing.freeze(session, assembly, opening(), keys, now=now + POSTING)


def test_an_unanswered_objection_stands_in_the_way_and_an_answer_clears_it(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = posted(session, estate, keys, now)
    raised = Objection("我家面积不对", "13800000000")
    one = objections.object_to_roll(session, assembly, raised, keys, now=now)
    with pytest.raises(WrongStep, match="异议"):
        freezing.freeze(session, assembly, opening(), keys, now=now + POSTING)
    objections.answer(session, assembly, one, "已按产权证更正。", keys, now=now)
    freezing.freeze(session, assembly, opening(), keys, now=now + POSTING)
    with pytest.raises(WrongStep):
        objections.object_to_roll(session, assembly, raised, keys, now=now + POSTING)


def test_every_voter_behind_the_roll_has_persons_to_ask_a_fact_of(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    frozen(session, estate, keys, now)
    voters = set(session.execute(select(VoterRecord.id)).scalars())
    asked = set(session.execute(select(VoterPersonRecord.voter_id)).scalars())
    assert len(voters) == 5
    assert asked == voters
    developer = session.execute(select(VoterRecord).where(VoterRecord.developer)).scalar_one()
    persons = session.execute(
        select(VoterPersonRecord).where(VoterPersonRecord.voter_id == developer.id)
    ).scalars()
    names = drafts.owners_of_developer(session, estate.estate)
    assert {one.person_id for one in persons} >= names


def test_a_reprinted_letter_makes_the_old_code_void_and_is_logged(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = frozen(session, estate, keys, now)
    later = now + POSTING
    assert letters.issue_letters(session, assembly, keys, now=later) == 5
    assert letters.issue_letters(session, assembly, keys, now=later) == 0
    voter = letter_queries.letters(session, assembly)[0].voter
    assert letters.reprint_letter(session, assembly, voter, "信件遗失", keys, now=later) == 2
    held = session.execute(
        select(LetterRecord).where(LetterRecord.voter_id == voter).order_by(LetterRecord.serial)
    ).scalars()
    old, new = held
    assert old.voided_at == later.astimezone(old.voided_at.tzinfo if old.voided_at else None)
    assert new.voided_at is None
    assert new.code_index == keys.index_of(keys.letter_code(str(voter), 2))
    logged = session.execute(
        select(LogEntryRecord).where(LogEntryRecord.kind == "letter")
    ).scalar_one()
    assert logged.receipt().entry.body == {
        "reason": "信件遗失",
        "serial": 2,
        "voter": str(voter),
    }


def test_a_reprint_without_a_reason_is_refused(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = frozen(session, estate, keys, now)
    letters.issue_letters(session, assembly, keys, now=now + POSTING)
    voter = letter_queries.letters(session, assembly)[0].voter
    with pytest.raises(Incomplete):
        letters.reprint_letter(session, assembly, voter, "  ", keys, now=now + POSTING)


def test_the_agenda_frozen_is_the_agenda_posted(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = frozen(session, estate, keys, now)
    agenda = Agenda.decode(document(session, assembly, "agenda.json").content)
    record = session.get_one(AssemblyRecord, assembly)
    assert agenda.items == tuple(item.value() for item in record.items)
    assert (agenda.opens, agenda.closes) == (record.opens_at, record.closes_at)


def test_one_address_cannot_bury_the_convener_under_objections(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = posted(session, estate, keys, now)
    for number in range(PER_ADDRESS):
        raised = Objection(f"第 {number} 条", "", "10.0.0.1")
        objections.object_to_roll(session, assembly, raised, keys, now=now)
    with pytest.raises(TooManyAttempts):
        objections.object_to_roll(
            session, assembly, Objection("又一条", "", "10.0.0.1"), keys, now=now
        )
    elsewhere = Objection("面积不对", "", "10.0.0.2")
    objections.object_to_roll(session, assembly, elsewhere, keys, now=now)
