"""Members who sign in the same moment: each is recorded once, and it is approved once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from assemblies.foundation.database import Database
from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.seal_log import differences
from assemblies.records.seals import SealUseRecord
from assemblies.records.streams import Stream, entries_of
from assemblies.seals.services import signing
from assemblies.seals.services.pen import Actor
from tests.support.agendas import NOON
from tests.support.registers import registered
from tests.support.sealing import sealed


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)], scope="module"
)
def backend(request: pytest.FixtureRequest) -> str:
    """Run on both databases: they lock each in its own way."""
    name: str = request.param
    return name


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def at_once(verbs: list[Callable[[], str]]) -> list[str]:
    with ThreadPoolExecutor(len(verbs)) as pool:
        return [one.result() for one in [pool.submit(verb) for verb in verbs]]


def test_everybody_signs_twice_in_the_same_moment(database: Database, keys: Keys) -> None:
    with database.writing() as session:
        case = sealed(session, registered(session, NOON).estate, keys, NOON)
        use, estate = case.apply(), case.estate
        actors = [case.actor(position) for position in range(5)]

    def sign(actor: Actor) -> Callable[[], str]:
        return lambda: signed(database, actor, use)

    answers = at_once([sign(actor) for actor in [*actors, *actors]])
    assert sorted(answers) == ["signed"] * 5 + ["twice"] * 5
    with database.reading() as session:
        record = session.get_one(SealUseRecord, use)
        assert (record.state, len(record.signatures)) == ("approved", 5)
        told = [one.kind for one in entries_of(session, estate, Stream.SUPERVISION)]
        assert told.count("seal.approved") == 1
        assert differences(session, estate) == ()


def signed(database: Database, actor: Actor, use: UUID) -> str:
    try:
        with database.writing() as session:
            signing.sign(session, actor, use, now=NOON)
    except WrongStep:
        return "twice"
    return "signed"
