"""An owner sees their own homes and what they pay for, and nobody else's."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from assemblies.foundation.site import Site
from assemblies.funds.services.telling import first_payments
from assemblies.records.ledger import Account, Posting, book
from assemblies.records.premises import OwnershipRecord
from assemblies.records.repairs import RepairRecord, ShareRecord
from tests.support.builders import Frozen, frozen_assembly
from tests.support.fund_owners import housed
from tests.support.households import DEVELOPER, NAMELESS, SINGLE, THREE_FLATS, Household
from tests.support.site import application

BY = "林主任（业委会主任）"


@dataclass(frozen=True, slots=True)
class Home:
    """A site with a frozen assembly whose homes have accounts."""

    app: Flask
    site: Site
    frozen: Frozen
    parts: dict[str, UUID]

    def signed_in(self, household: Household, fact: str) -> FlaskClient:
        """Return a browser that came in by a household's letter."""
        client = self.app.test_client()
        client.get(f"/v/{self.frozen.letter(household).code}")
        assert client.post("/prove", data={"fact": fact}).location == "/vote"
        return client


@pytest.fixture
def home(sqlite_url: str, tmp_path: Path) -> Iterator[Home]:
    app = application(sqlite_url, tmp_path)
    site: Site = app.extensions["site"]
    now = site.clock.now()
    with site.database.writing() as session:
        frozen = frozen_assembly(session, site.keys, now)
        parts = housed(session, frozen)
        paid = {part: 8_000_00 + at for at, part in enumerate(parts.values())}
        posting = Posting("opening", "期初余额", "期初余额表", BY, lines=paid)
        book(session, frozen.estate, Account.FUND, posting, now=now)
        first_payments(session, paid)
    yield Home(app, site, frozen, parts)
    site.database.close()


def repaired(home: Home, label: str, fen: int, paid: int) -> None:
    """Let a part bear a share of a repair, some of it paid already."""
    now = home.site.clock.now()
    with home.site.database.writing() as session:
        repair = RepairRecord(
            id=uuid4(), estate_id=home.frozen.estate, number=1, title="1号楼屋面防水",
            path="ordinary", state="advanced", created_by=BY, created_at=now, posted_at=now,
        )  # fmt: skip
        session.add(repair)
        session.flush()
        session.add(
            ShareRecord(
                repair_id=repair.id, part_id=home.parts[label], position=0, label=label,
                building="1号楼", area_dm2=1, fen=fen,
            )
        )  # fmt: skip
        lines = {home.parts[label]: -paid}
        posting = Posting("payment", "屋面防水预付款", "回单", BY, lines=lines, source=repair.id)
        book(session, home.frozen.estate, Account.FUND, posting, now=now)


def test_an_owner_sees_their_home_and_no_other(home: Home) -> None:
    repaired(home, "1号楼1单元101", 1_200_00, 840_00)
    page = home.signed_in(SINGLE, "123X").get("/my/fund").get_data(as_text=True)
    assert "1号楼1单元101" in page
    assert "7,160.00 元" in page
    assert "1号楼屋面防水" in page
    assert "您家分摊 1,200.00 元" in page
    assert "840.00 元" in page
    assert "预拨" in page
    assert 'href="/board/repairs/' in page
    assert "1号楼1单元102" not in page


def test_an_owner_of_several_homes_sees_each(home: Home) -> None:
    page = home.signed_in(THREE_FLATS, "4321").get("/my/fund").get_data(as_text=True)
    for label in ("1号楼1单元201", "1号楼1单元202", "2号楼1单元301"):
        assert label in page


def test_the_developer_sees_what_is_unsold(home: Home) -> None:
    page = home.signed_in(DEVELOPER, DEVELOPER.owners[0].name).get("/my/fund")
    shown = page.get_data(as_text=True)
    assert "2号楼1单元401" in shown
    assert "2号楼1单元302" not in shown


def test_a_home_that_was_sold_is_no_longer_theirs_to_see(home: Home) -> None:
    client = home.signed_in(SINGLE, "123X")
    with home.site.database.writing() as session:
        session.execute(
            delete(OwnershipRecord).where(OwnershipRecord.part_id == home.parts["1号楼1单元101"])
        )
    page = client.get("/my/fund").get_data(as_text=True)
    assert "没有查到您家的房屋" in page
    assert "8,000.00 元" not in page


def test_nobody_gets_in_without_a_letter_and_the_vote_page_leads_here(home: Home) -> None:
    assert home.app.test_client().get("/my/fund").status_code == 401
    client = home.signed_in(NAMELESS, NAMELESS.owners[0].name)
    assert 'href="/my/fund"' in client.get("/vote").get_data(as_text=True)
