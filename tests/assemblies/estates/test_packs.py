"""Which rule pack governs an estate between its assemblies, and what a city's changes."""

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from assemblies.estates.packs import PACKS, cities, titles
from assemblies.estates.queries.estates import overview
from assemblies.estates.services.estates import Particulars, change_estate, create_estate
from assemblies.foundation.refusals import Incomplete
from assemblies.records.people import NodeRecord
from assemblies.records.premises import EstateRecord
from assemblies.records.rules import rules_for
from tests.support.registers import Registered
from voting.law.packs import Pack


def test_a_new_estate_is_under_the_province_or_under_what_was_chosen(
    session: Session, estate: Registered, now: datetime
) -> None:
    street = session.get_one(NodeRecord, estate.node).parent_id
    assert street is not None
    usual = create_estate(session, Particulars("一苑"), parent=street, now=now)
    chosen = create_estate(session, Particulars("二苑", pack="qingdao"), parent=street, now=now)
    packs = [session.get_one(EstateRecord, one).pack for one in (usual, chosen)]
    assert packs == ["shandong", "qingdao"]


def test_another_pack_moves_the_periods_of_what_is_done_next(
    session: Session, estate: Registered, now: datetime
) -> None:
    before = rules_for(session, estate.estate, now=now)
    change_estate(session, estate.estate, Particulars("和平里小区", pack="qingdao"))
    after = rules_for(session, estate.estate, now=now)
    assert (before.pack, after.pack) == ("shandong", "qingdao")
    assert not before.parameter("posting_lasts_days").verified
    assert after.parameter("posting_lasts_days").verified
    assert overview(session, estate.estate).pack == "qingdao"


@pytest.mark.parametrize("pack", ["", "beijing", "../national", "property-law-2007"])
def test_a_pack_that_is_not_offered_is_refused(
    session: Session, estate: Registered, pack: str
) -> None:
    with pytest.raises(Incomplete, match="没有这套规则"):
        change_estate(session, estate.estate, Particulars("和平里小区", pack=pack))


def test_every_pack_offered_has_a_title_and_stands_on_the_provinces() -> None:
    assert [name for name, _ in titles()] == list(PACKS)
    for name in PACKS:
        assert "shandong" in [floor.name for floor in Pack.named(name).floors()]


def test_a_city_lists_only_what_it_says_itself_and_what_is_in_force() -> None:
    today = date(2026, 3, 30)
    lines = {line.name: line for line in cities(today)}
    assert set(lines) == set(PACKS) - {"shandong"}
    for line in lines.values():
        own = Pack.named(line.name).in_force(today)
        assert line.own == tuple(parameter.said_zh for parameter in own)
        assert line.own
    early = {line.name: line for line in cities(date(2000, 1, 1))}
    assert len(early["qingdao"].own) < len(lines["qingdao"].own)
