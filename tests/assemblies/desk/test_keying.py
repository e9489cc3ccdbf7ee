"""A paper beside a phone: logged once under a key of its own, and standing as the rules say."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.ballots import services as ballots
from assemblies.desk import queries, services
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import CredentialRecord
from assemblies.records.casting import refusals
from assemblies.records.casting.intake import KEYS_PER_VOTER, Logged
from tests.support.builders import Letter, Phone
from tests.support.counted import Vote, begun
from tests.support.households import COUPLE, SINGLE
from voting.ballot import Channel, Choice
from voting.errors import BrokenChain, Malformed, UntrustedKey
from voting.result import Aside
from voting.signing import PublicKey

AGREE: tuple[Choice, ...] = ("agree", "a", "agree")
AGAINST: tuple[Choice, ...] = ("against", "b", "against")
AN_HOUR = timedelta(hours=1)
ORDERS = [(revote, begins) for revote in ("first", "last", "paper") for begins in Channel]
OTHER = {Channel.PHONE: Channel.PAPER, Channel.PAPER: Channel.PHONE}


@pytest.fixture
def vote(session: Session, keys: Keys, now: datetime) -> Vote:
    return begun(session, keys, now)


def letter_of(vote: Vote) -> Letter:
    return vote.frozen.letter(SINGLE)


def key_in(
    vote: Vote,
    letter: Letter,
    *words: Choice,
    now: datetime | None = None,
    browser: Phone | None = None,
    note: str = "票号 1",
) -> Logged:
    at = now or vote.now
    browser = browser or Phone(vote.frozen, letter.voter, Channel.PAPER)
    token = browser.sign(vote.frozen.choices(*(words or AGREE)), at)
    return send(vote, letter, token, at, note)


def send(vote: Vote, letter: Letter, token: str, now: datetime, note: str = "") -> Logged:
    keyed = services.Keyed(services.present(token), "teller", note)
    frozen = vote.frozen
    return services.key_paper(
        vote.session, frozen.assembly, letter.voter, keyed, vote.keys, now=now
    )


def credentials(vote: Vote) -> int:
    counted = select(func.count()).select_from(CredentialRecord)
    return vote.session.execute(counted).scalar_one()


# --- golden 9: phone then paper, paper then phone -----------------------------------------------


@pytest.mark.parametrize("apart", [AN_HOUR, timedelta(0)], ids=["an hour", "the same second"])
@pytest.mark.parametrize(("revote", "begins"), ORDERS, ids=str)
def test_which_of_phone_and_paper_stands(
    session: Session, keys: Keys, now: datetime, revote: str, begins: Channel, apart: timedelta
) -> None:
    vote = begun(session, keys, now, revote=revote)
    letter = letter_of(vote)
    if begins is Channel.PHONE:
        vote.cast(letter, *AGREE)
        key_in(vote, letter, *AGAINST, now=now + apart)
    else:
        key_in(vote, letter, *AGREE)
        vote.cast(letter, *AGAINST, now=now + apart)
    stands = {"first": begins, "last": OTHER[begins], "paper": Channel.PAPER}[revote]
    shown = queries.sheet(session, vote.frozen.assembly, letter.voter).received
    assert [one.channel for one in shown if one.stands] == [stands]
    result = vote.result()
    assert result.counted == {one: int(one is stands) for one in Channel}
    assert [(one.channel, one.reason) for one in result.aside] == [
        (OTHER[stands], Aside.SUPERSEDED)
    ]
    agreed = result.items[0].lines[0].agreed.heads
    assert agreed == int(stands is begins)


# --- one paper, one key, one ballot -------------------------------------------------------------


def test_a_paper_is_logged_with_the_tellers_name_and_its_number(vote: Vote) -> None:
    letter = letter_of(vote)
    logged = key_in(vote, letter, note="票号 12")
    [one] = queries.sheet(vote.session, vote.frozen.assembly, letter.voter).received
    assert (one.index, one.channel, one.teller, one.note) == (
        logged.receipt.index,
        Channel.PAPER,
        "teller",
        "票号 12",
    )


def test_a_retry_gets_the_first_receipt_and_no_second_credential(vote: Vote) -> None:
    letter = letter_of(vote)
    token = Phone(vote.frozen, letter.voter, Channel.PAPER).sign({}, vote.now)
    first = send(vote, letter, token, vote.now)
    assert send(vote, letter, token, vote.now + AN_HOUR) == first
    assert credentials(vote) == 1


def test_a_papers_key_signs_once(vote: Vote) -> None:
    letter = letter_of(vote)
    browser = Phone(vote.frozen, letter.voter, Channel.PAPER)
    token = browser.sign({}, vote.now)
    send(vote, letter, token, vote.now)
    with pytest.raises(BrokenChain):
        key_in(vote, letter, browser=browser)
    browser.accepted(token)
    with pytest.raises(BrokenChain):
        key_in(vote, letter, browser=browser)


def test_a_phones_key_signs_no_paper(vote: Vote) -> None:
    letter = letter_of(vote)
    phone = vote.cast(letter, *AGREE)
    phone.channel, phone.counter, phone.previous = Channel.PAPER, 0, None
    token = phone.sign({}, vote.now)
    with pytest.raises(Malformed):
        ballots.present(token)
    with pytest.raises(refusals.WrongChannel):
        send(vote, letter, token, vote.now)


def test_a_papers_key_casts_nothing_by_phone(vote: Vote) -> None:
    letter = letter_of(vote)
    browser = Phone(vote.frozen, letter.voter, Channel.PAPER)
    token = browser.sign({}, vote.now)
    send(vote, letter, token, vote.now)
    browser.accepted(token)
    browser.channel = Channel.PHONE
    again = browser.sign({}, vote.now)
    with pytest.raises(Malformed):
        services.present(again)
    with pytest.raises(refusals.WrongChannel):
        ballots.cast(vote.session, letter.id, ballots.present(again), vote.keys, now=vote.now)


def test_a_phone_still_enrols_after_many_papers(vote: Vote) -> None:
    letter = letter_of(vote)
    for _ in range(KEYS_PER_VOTER):
        key_in(vote, letter)
    with pytest.raises(refusals.TooManyPapers):
        key_in(vote, letter)
    vote.cast(letter, *AGREE)


def test_a_paper_in_another_voters_name_is_refused(vote: Vote) -> None:
    letter, other = letter_of(vote), vote.frozen.letter(COUPLE)
    token = Phone(vote.frozen, other.voter, Channel.PAPER).sign({}, vote.now)
    with pytest.raises(refusals.NotYourBallot):
        send(vote, letter, token, vote.now)


def test_another_voters_key_is_refused(vote: Vote) -> None:
    letter, other = letter_of(vote), vote.frozen.letter(COUPLE)
    browser = Phone(vote.frozen, letter.voter, Channel.PAPER)
    key_in(vote, letter, browser=browser)
    with pytest.raises(refusals.KeyTaken):
        key_in(vote, other, browser=browser)


def test_a_voter_of_another_assembly_is_not_found(
    vote: Vote, session: Session, keys: Keys, now: datetime
) -> None:
    elsewhere = begun(session, keys, now)
    stranger = letter_of(elsewhere)
    with pytest.raises(NotFound):
        key_in(vote, stranger)


# --- times --------------------------------------------------------------------------------------


def test_a_paper_waits_for_the_opening_of_the_vote(vote: Vote) -> None:
    with pytest.raises(refusals.NotOpenYet):
        key_in(vote, letter_of(vote), now=vote.now - timedelta(seconds=1))


def test_a_paper_keyed_after_closing_is_logged_late(vote: Vote) -> None:
    letter = letter_of(vote)
    assert not key_in(vote, letter, now=vote.closing - timedelta(seconds=1)).late
    vote.close()
    assert key_in(vote, letter, now=vote.closing).late
    vote.open()
    assert [one.reason for one in vote.count().aside] == [Aside.LATE]


def test_nothing_is_keyed_in_once_the_box_is_open(vote: Vote) -> None:
    vote.close()
    vote.open()
    with pytest.raises(refusals.AlreadyOpened):
        key_in(vote, letter_of(vote), now=vote.closing)
    assert credentials(vote) == 0


def test_a_phone_is_not_enrolled_by_the_desk(vote: Vote) -> None:
    """A phone's key without a credential stays without one, whatever the desk keyed in."""
    letter = letter_of(vote)
    key_in(vote, letter)
    stray = Phone(vote.frozen, letter.voter)
    presented = ballots.present(stray.sign({}, vote.now))
    with pytest.raises(UntrustedKey):
        ballots.cast(vote.session, letter.id, presented, vote.keys, now=vote.now)
    device = ballots.enrol(
        vote.session,
        letter.id,
        PublicKey.from_jwk({**stray.jwk}),
        "letter+id4",
        vote.keys,
        now=vote.now,
    )
    assert (device.counter, device.previous) == (1, None)
