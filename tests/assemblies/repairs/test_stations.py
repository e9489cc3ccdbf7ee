"""Four stations in their order: each approves, or gives back with reasons; none decides twice."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from assemblies.foundation.permissions import Role
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.duties import duty_of
from assemblies.records.repairs import RepairRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.streams import Stream, entries_of
from assemblies.repairs.queries.projects import project
from assemblies.repairs.queries.stations import STATIONS
from assemblies.repairs.queries.votes import resolution_of
from assemblies.repairs.services import applications
from assemblies.repairs.services.drafts import ApplicationDraft
from tests.assemblies.repairs.conftest import Door
from tests.support.registers import Registered, registered
from tests.support.repairs import actor, applied, paper, waiting
from voting.log.entries import Entry

A_DAY = timedelta(days=1)


def test_the_stations_follow_each_other_and_the_money_comes_last(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = applied(session, estate, keys, now)
    record = session.get_one(RepairRecord, repair)
    for station in STATIONS:
        stop = waiting(session, repair)
        assert stop.station == station
        assert record.state == "applied"
        applications.approve(session, estate.estate, stop.id, "", actor(keys), now=now)
        with pytest.raises(WrongStep, match="已经办过"):
            applications.approve(session, estate.estate, stop.id, "", actor(keys), now=now)
    assert record.state == "approved"


def test_each_has_five_working_days_and_its_duty(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = applied(session, estate, keys, now)
    stop = waiting(session, repair)
    # From Monday noon: the fifth working day is the Monday after.
    assert stop.due_on == (now + 7 * A_DAY).date()
    duty = duty_of(session, stop.id, "fund_station_days")
    assert duty is not None
    assert (duty.who, duty.due_on) == ("committee", stop.due_on)
    for days, late in ((6, False), (7, False), (8, True)):
        view = project(session, estate.estate, repair, now=now + days * A_DAY)
        assert view.waiting is not None
        assert view.waiting.late is late
    applications.approve(session, estate.estate, stop.id, "", actor(keys), now=now)
    assert duty.done_at == now


def test_what_comes_back_is_mended_and_goes_round_again(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair, who = applied(session, estate, keys, now), actor(keys)
    first = waiting(session, repair).id
    applications.approve(session, estate.estate, first, "", who, now=now)
    second = waiting(session, repair).id
    with pytest.raises(Incomplete, match="退回的理由"):
        applications.give_back(session, estate.estate, second, " ", who, now=now)
    applications.give_back(session, estate.estate, second, "缺报价单原件", who, now=now)
    record = session.get_one(RepairRecord, repair)
    assert record.state == "voted"
    with pytest.raises(Incomplete, match="更正"):
        applications.apply(session, estate.estate, repair, ApplicationDraft(), who, now=now)
    mended = ApplicationDraft("补了原件", (paper("原件.pdf"),), "示例银行 9999")
    applications.apply(session, estate.estate, repair, mended, who, now=now + A_DAY)
    stops = project(session, estate.estate, repair, now=now + A_DAY).stops
    assert [(one.round, one.station, one.decision) for one in stops] == [
        (1, "committee", "approved"),
        (1, "community", "returned"),
        (2, "committee", ""),
    ]
    assert stops[2].note == "补了原件"
    assert record.contractor_account == "示例银行 9999"
    assert [one.name for one in stops[2].files] == ["原件.pdf"]
    told = Entry.parse(entries_of(session, estate.estate, Stream.SUPERVISION)[-1].data)
    assert "收款账户有更改" in str(told.body["said"])
    assert "9999" not in str(told.body["said"])


def test_a_decision_revoked_on_the_way_stops_the_application(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = applied(session, estate, keys, now)
    stop = waiting(session, repair).id
    found = resolution_of(session, session.get_one(RepairRecord, repair))
    assert found is not None
    session.get_one(ResolutionRecord, found.id).state = "revoked"
    with pytest.raises(WrongStep, match="撤销"):
        applications.approve(session, estate.estate, stop, "", actor(keys), now=now)
    applications.give_back(session, estate.estate, stop, "决定已撤销", actor(keys), now=now)
    again = ApplicationDraft("再试")
    with pytest.raises(WrongStep, match="撤销"):
        applications.apply(session, estate.estate, repair, again, actor(keys), now=now)


def test_another_estates_application_is_not_found(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = applied(session, estate, keys, now)
    stop = waiting(session, repair).id
    other = registered(session, now).estate
    with pytest.raises(NotFound):
        applications.approve(session, other, stop, "", actor(keys), now=now)


def test_each_decides_at_its_own_station_only(door: Door) -> None:
    keys, now = door.site.keys, door.site.clock.now()
    with door.site.database.writing() as session:
        repair = applied(session, door.estate, keys, now)
        stop = waiting(session, repair).id
    address = door.page(repair, f"stations/{stop}")
    for role in (Role.MEMBER, Role.COMMUNITY, Role.STREET, Role.AUTHORITY):
        client = door.clients[role]
        assert client.get(address).status_code == 200
        assert "提交意见" not in client.get(address).text
        answer = client.post(address, data={"decision": "approve", "reasons": ""})
        assert answer.status_code == 403
    without = door.director.post(address, data={"decision": "return", "reasons": ""})
    assert without.status_code == 422
    assert "退回的理由" in without.text
    done = door.director.post(address, data={"decision": "approve", "reasons": ""})
    assert done.status_code == 302
