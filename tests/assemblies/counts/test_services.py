"""Closing by the clock, opening with the one right key, counting what the log holds."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from assemblies.counts import queries, services
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.logs import entries
from tests.support.counted import begun
from voting import signing
from voting.result import Aside
from voting.sealing import private_jwk

A_SECOND = timedelta(seconds=1)


def test_closing_needs_no_click_and_happens_once(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = begun(session, keys, now)
    assert services.close_due(session, keys, now=vote.closing - A_SECOND) == 0
    assert services.anything_due(session, now=vote.closing)
    assert services.close_due(session, keys, now=vote.closing + 5 * A_SECOND) == 1
    assert services.close_due(session, keys, now=vote.closing + 6 * A_SECOND) == 0
    closed = [one for one in entries(session, vote.frozen.log) if one.kind == "closed"]
    assert [one.at for one in closed] == [vote.frozen.agenda.closes]


def test_the_box_stays_shut_before_the_closing(session: Session, keys: Keys, now: datetime) -> None:
    vote = begun(session, keys, now)
    with pytest.raises(WrongStep):
        vote.open()


def test_another_key_does_not_open_the_box(session: Session, keys: Keys, now: datetime) -> None:
    vote = begun(session, keys, now)
    vote.close()
    wrong = private_jwk(signing.new_key()).decode()
    with pytest.raises(Incomplete):
        services.open_ballots(session, vote.frozen.assembly, wrong, keys, now=vote.closing)
    assert session.get_one(AssemblyRecord, vote.frozen.assembly).phase == "closed"


def test_counting_before_opening_is_refused(session: Session, keys: Keys, now: datetime) -> None:
    vote = begun(session, keys, now)
    vote.close()
    with pytest.raises(WrongStep):
        vote.count()


def test_the_private_key_is_nowhere_in_the_log(session: Session, keys: Keys, now: datetime) -> None:
    vote = begun(session, keys, now)
    vote.cast(vote.frozen.letters[0])
    vote.result()
    secret = private_jwk(vote.frozen.opening)
    d = secret.split(b'"d":"')[1][:43]
    assert not any(d in one.data for one in entries(session, vote.frozen.log))


def test_everybody_agrees_and_every_number_is_the_rolls(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = begun(session, keys, now)
    for letter in vote.frozen.letters:
        vote.cast(letter)
    result = vote.result()
    whole = result.items[-1]
    assert (
        whole.took_part
        == whole.entitled
        == vote.frozen.roll.entitled(vote.frozen.agenda.items[-1].scope)
    )
    assert result.aside == ()
    assert sum(result.counted.values()) == len(vote.frozen.letters)


REVOTES = {
    "first stands: the second is set aside": ("first", "agree"),
    "last stands: the first is set aside": ("last", "against"),
    "paper stands: among phones the last": ("paper", "against"),
}


@pytest.mark.parametrize(("policy", "word"), REVOTES.values(), ids=REVOTES)
def test_golden_09_two_ballots_of_one_voter_in_the_same_second(
    session: Session, keys: Keys, now: datetime, policy: str, word: str
) -> None:
    vote = begun(session, keys, now, revote=policy)
    letter = vote.frozen.letters[0]
    phone = vote.cast(letter, "agree", "a", "agree")
    vote.cast(letter, "against", "a", "against", phone=phone)
    result = vote.result()
    assert [one.reason for one in result.aside] == [Aside.SUPERSEDED]
    line = result.items[-1].lines[0]
    assert (line.agreed.heads, line.against.heads) == ((1, 0) if word == "agree" else (0, 1))


def test_a_ballot_after_the_closing_is_kept_and_shown_as_late(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = begun(session, keys, now)
    letter = vote.frozen.letters[0]
    vote.cast(letter)
    phone = vote.cast(vote.frozen.letters[1])
    vote.close()
    vote.cast(vote.frozen.letters[1], now=vote.closing, phone=phone)
    vote.open()
    result = vote.count()
    assert [one.reason for one in result.aside] == [Aside.LATE]
    assert result.items[-1].took_part.heads == 2


def test_a_ruling_sets_one_ballot_aside_with_its_reason_and_counts_again(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = begun(session, keys, now)
    for letter in vote.frozen.letters:
        vote.cast(letter)
    before = vote.result()
    index = next(one.index for one in entries(session, vote.frozen.log) if one.kind == "ballot")
    ruling = services.Ruling(index, "本人书面声明并非本人投票", "林主任")
    after = services.rule_void(session, vote.frozen.assembly, ruling, keys, now=vote.closing)
    assert [one.reason for one in after.aside] == [Aside.RULED_VOID]
    assert after.items[-1].took_part.heads == before.items[-1].took_part.heads - 1
    assert queries.result(session, vote.frozen.assembly) == after


def test_a_ruling_on_what_is_no_ballot_is_refused(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = begun(session, keys, now)
    vote.cast(vote.frozen.letters[0])
    vote.result()
    ruling = services.Ruling(0, "理由", "林主任")
    with pytest.raises(NotFound):
        services.rule_void(session, vote.frozen.assembly, ruling, keys, now=vote.closing)


@pytest.mark.parametrize(
    "statement", ["UPDATE log_entries SET kind = 'x'", "DELETE FROM log_entries"]
)
def test_the_database_itself_refuses_to_change_the_log(
    session: Session, keys: Keys, now: datetime, statement: str
) -> None:
    begun(session, keys, now)
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(statement))


def test_counting_twice_is_refused(session: Session, keys: Keys, now: datetime) -> None:
    vote = begun(session, keys, now)
    vote.cast(vote.frozen.letters[0])
    vote.result()
    with pytest.raises(WrongStep):
        vote.count()
