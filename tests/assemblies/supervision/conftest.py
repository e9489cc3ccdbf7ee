"""A committee in office for the tests of this room."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from tests.support.committee import in_office
from tests.support.overseen import Seated
from tests.support.registers import Registered


@pytest.fixture
def seated(session: Session, keys: Keys, now: datetime, estate: Registered) -> Seated:
    return Seated(session, keys, now, estate, in_office(session, estate.estate, now))
