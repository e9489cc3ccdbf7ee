"""A clerk with an empty estate, on either database."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from tests.assemblies.estates.clerks import Clerk, clerk_of


@pytest.fixture
def clerk(session: Session, keys: Keys, now: datetime) -> Clerk:
    return clerk_of(session, keys, now)
