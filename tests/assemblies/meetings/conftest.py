"""A committee's meeting for the tests of this room."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from assemblies.records.premises import EstateRecord
from assemblies.staff import services as staff
from tests.support.committee import in_office
from tests.support.meetings import Round
from tests.support.registers import Registered, registered

Called = Callable[..., Round]


@pytest.fixture(autouse=True)
def quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords cheaply: nobody attacks these accounts, and there are many."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(staff, "HASHER", quick)


@pytest.fixture
def estate(session: Session, now: datetime) -> Registered:
    """Return an estate without a single home: a committee's meeting asks for none."""
    return registered(session, now, homes=())


@pytest.fixture
def called(session: Session, keys: Keys, estate: Registered, now: datetime) -> Called:
    """Return what calls a meeting of a committee of so many, so many days ahead, by a pack."""

    def call(members: int = 5, days: int = 8, pack: str = "shandong") -> Round:
        session.get_one(EstateRecord, estate.estate).pack = pack
        seated = in_office(session, estate.estate, now, members=members)
        planned = now + timedelta(days=days, hours=7)
        return Round(session, estate.estate, keys, seated, now, planned)

    return call
