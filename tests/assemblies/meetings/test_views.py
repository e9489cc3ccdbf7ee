"""A meeting over HTTP: from the call to the posted minutes, who may do what, and what is shown."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Role
from assemblies.foundation.site import Site
from assemblies.records.committees import MemberRecord
from assemblies.records.meetings import DecisionRecord, MeetingRecord
from assemblies.records.people import AccountRecord
from assemblies.records.premises import EstateRecord
from assemblies.staff import services as staff
from tests.support.committee import in_office
from tests.support.households import PNG
from tests.support.registers import Registered, registered
from tests.support.site import application

PASSWORD = "correct-horse-battery"
A_WEEK = timedelta(days=7)


@dataclass(slots=True)
class Room:
    """An estate with a committee, the browsers of its members, and of the street and others."""

    site: Site
    app: Flask
    estate: Registered
    members: tuple[tuple[UUID, str, str], ...]
    others: dict[Role, FlaskClient]

    @property
    def base(self) -> str:
        return f"/estates/{self.estate.estate}/meetings"

    def member(self, place: int) -> FlaskClient:
        return signed_in(self.app, self.members[place][2])

    @property
    def director(self) -> FlaskClient:
        return self.member(0)

    def clock(self, days: int, hours: int = 0) -> None:
        self.site.clock.ahead = timedelta(days=days, hours=hours)

    def wall(self, days: int) -> str:
        moment = in_china(self.site.clock.now() + timedelta(days=days))
        return moment.strftime("%Y-%m-%dT%H:%M")

    def called(self, director: FlaskClient, days: int = 8) -> str:
        """Call a meeting and return its page."""
        sent = {
            "title": "审计和门禁",
            "place": "党群服务站",
            "planned": self.wall(days),
            "points-0-title": "委托审计",
            "points-0-text": "费用 3,000.00 元。",
            "points-1-title": "更换门禁",
            "points-2-title": "",
        }
        answer = director.post(f"{self.base}/new", data=sent)
        assert answer.status_code == 302, answer.text
        return str(answer.headers["Location"])

    def votes(self, page: str, present: int, *votes: str) -> dict[str, str]:
        """Return the fields of a vote alike on both points."""
        return {
            f"vote-{number}-{member}": vote
            for number in (1, 2)
            for (member, _, _), vote in zip(self.members[:present], votes, strict=True)
        }

    def hold(self, page: str, present: int) -> str:
        """Return the address of the second question with the first members present."""
        named = "".join(f"&present={member}" for member, _, _ in self.members[:present])
        return f"{page}/hold?counted=yes{named}"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("site")
    path = folder / "zhongjue.db"
    path.write_bytes(sqlite_template.read_bytes())
    made = application(f"sqlite:///{path}", folder)
    yield made
    made.extensions["site"].database.close()


@pytest.fixture
def room(app: Flask) -> Iterator[Room]:
    site: Site = app.extensions["site"]
    now = site.clock.now()
    roles = (Role.STREET, Role.LIAISON)
    names = {role: f"{role.name.lower()}-{uuid4().hex[:8]}" for role in roles}
    with site.database.writing() as session:
        estate = registered(session, now)
        seated = in_office(session, estate.estate, now)
        members = tuple(
            (one.id, one.name, session.get_one(AccountRecord, one.account_id).username)
            for one in seated
        )
        for role, name in names.items():
            account = staff.open_account(session, name, role.value, PASSWORD, now=now)
            staff.grant(session, account, role, estate.node)
    others = {role: signed_in(app, name) for role, name in names.items()}
    yield Room(site, app, estate, members, others)
    site.clock.ahead = timedelta()


def signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    address = f"10.{uuid4().int % 250}.{uuid4().int % 250}.{uuid4().int % 250}"
    client.environ_base["REMOTE_ADDR"] = address
    sent = {"username": name, "password": PASSWORD}
    assert client.post("/staff/sign-in", data=sent).status_code == 302
    return client


def picture(name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(PNG), name


def test_a_meeting_from_the_call_to_the_minutes_on_the_door(room: Room) -> None:
    director = room.director
    page = room.called(director)
    shown = director.get(page).text
    assert "记录议程公示" in shown
    assert "第1届第1次" in director.get(room.base).text
    director.post(f"{page}/notice", data={"where": "大门", "photograph": picture("议程.png")})
    assert "等到" in director.get(page).text
    assert "还没有到开会时间" in director.get(f"{page}/hold").text
    room.clock(8, 2)
    director = room.director
    assert all(name in director.get(f"{page}/hold").text for _, name, _ in room.members)
    address = room.hold(page, 4)
    form = director.get(address)
    assert "人数够了" in form.text
    assert room.members[4][1] not in form.text.partition("第 1 项")[2].partition("会议情况")[0]
    sent = {"at": room.wall(0), "chair": room.members[0][1], "recorder": "陈素芬"}
    votes = room.votes(page, 4, "agree", "agree", "agree", "against")
    late = director.post(address, data={**sent, **dict(list(votes.items())[:-1])})
    assert late.status_code == 422
    assert "第 2 项：还没有记下赵建国的表决" in late.text
    assert late.text.count("checked") == 7
    assert director.post(address, data={**sent, **votes}).status_code == 302
    done = director.get(page).text
    assert "业委会决〔" in done
    assert "前（含当日）要公示" in done
    public = f"/board{page.partition(str(room.estate.estate))[2]}/minutes.pdf"
    stranger = room.app.test_client()
    assert stranger.get(public).status_code == 404
    for place in (0, 1):
        member = room.member(place)
        assert "请您确认纪要" in member.get(page).text
        assert member.post(f"{page}/confirm", data={"note": ""}).status_code == 302
        assert "请您确认纪要" not in member.get(page).text
    bare = director.post(f"{page}/post", data={"where": "大门"})
    assert bare.status_code == 422
    posted = {"where": "大门", "photograph": picture("纪要.png")}
    assert director.post(f"{page}/post", data=posted).status_code == 302
    assert "纪要已公示" in director.get(page).text
    answer = stranger.get(public)
    assert answer.mimetype == "application/pdf"
    text = "".join(PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().split())
    assert "业主委员会第1次会议纪要" in text
    member = room.member(2)
    member.post(f"{page}/confirm", data={})
    assert stranger.get(public).data != answer.data


def test_too_few_members_leave_a_meeting_without_decisions(room: Room) -> None:
    page = room.called(room.director)
    room.clock(8, 2)
    director = room.director
    address = room.hold(page, 3)
    form = director.get(address).text
    assert "到会人数不够，不能作决定" in form
    assert "出席的委员 3 人，全体委员 5 人" in form
    assert "vote-1-" not in form
    sent = {"at": room.wall(0), "chair": room.members[0][1]}
    # Votes that somebody sends all the same are nobody's.
    votes = room.votes(page, 3, "agree", "agree", "agree")
    assert director.post(address, data={**sent, **votes}).status_code == 302
    assert "到会人数不够，没有作任何决定" in director.get(page).text
    with room.site.database.reading() as session:
        outcomes = session.execute(
            select(DecisionRecord.outcome)
            .join(MeetingRecord)
            .where(MeetingRecord.id == UUID(page.rpartition("/")[2]))
        )
        assert set(outcomes.scalars()) == {"no_decision"}
    assert director.post(address, data={**sent, **votes}).status_code == 200
    assert "已经开过或者取消" in director.get(address).text


def test_nobody_present_is_recorded_as_such(room: Room) -> None:
    page = room.called(room.director)
    room.clock(8, 2)
    director = room.director
    address = room.hold(page, 0)
    assert "到会：没有人" in director.get(address).text
    assert director.post(address, data={"at": room.wall(0)}).status_code == 302
    assert director.get(f"{page}/minutes.pdf").status_code == 200


def test_a_meeting_not_announced_as_the_law_binds_is_recorded_without_decisions(room: Room) -> None:
    with room.site.database.writing() as session:
        session.get_one(EstateRecord, room.estate.estate).pack = "zibo"
    page = room.called(room.director)
    room.clock(8, 2)
    director = room.director
    assert "这次会议不能作决定，请改期" in director.get(page).text
    address = room.hold(page, 4)
    form = director.get(address).text
    assert "人数够了" in form
    assert "vote-1-" not in form
    sent = {"at": room.wall(0), "chair": room.members[0][1]}
    assert director.post(address, data=sent).status_code == 302
    done = director.get(page).text
    assert "社区居委会没有按时告知" in done
    assert "改到下次会议" in done


def test_a_row_is_added_and_empty_rows_are_no_points(room: Room) -> None:
    director = room.director
    more = director.post(
        f"{room.base}/new", data={"title": "主题", "points-0-title": "一", "more": "yes"}
    )
    assert more.text.count("要决定的内容") == 4
    assert 'value="主题"' in more.text
    page = room.called(director)
    assert director.get(f"{page}/agenda").text.count("要决定的内容") == 2
    changed = {"points-0-title": "只此一项", "points-1-title": ""}
    assert director.post(f"{page}/agenda", data=changed).status_code == 302
    shown = director.get(page).text
    assert "只此一项" in shown
    assert "更换门禁" not in shown
    empty = director.post(f"{page}/agenda", data={"points-0-title": " "})
    assert empty.status_code == 422
    assert "至少写一项议题" in empty.text


def test_a_meeting_is_moved_and_cancelled(room: Room) -> None:
    director = room.director
    page = room.called(director)
    earlier = director.post(f"{page}/move", data={"planned": room.wall(2), "place": "原地"})
    assert earlier.status_code == 422
    moved = {"planned": room.wall(10), "place": "新地点"}
    assert director.post(f"{page}/move", data=moved).status_code == 302
    assert "新地点" in director.get(page).text
    told = {"whom": "社区居委会王主任", "at": room.wall(0)}
    assert director.post(f"{page}/community", data=told).status_code == 302
    assert "社区居委会王主任" in director.get(page).text
    assert director.get(f"{page}/notice.pdf").mimetype == "application/pdf"
    assert director.post(f"{page}/cancel", data={"why": "并入下次会议"}).status_code == 302
    assert "并入下次会议" in director.get(page).text
    assert director.get(f"{page}/notice.pdf").status_code == 409


POSTS = ("/notice", "/community", "/agenda", "/move", "/cancel", "/hold", "/post")


def test_only_the_director_runs_a_meeting_and_others_see_what_they_may(room: Room) -> None:
    page = room.called(room.director)
    member, street, liaison = room.member(1), *room.others.values()
    for path in POSTS:
        for client in (member, street, liaison):
            assert client.get(f"{page}{path}").status_code == 403, path
            assert client.post(f"{page}{path}").status_code == 403, path
    for client in (member, street):
        shown = client.get(page)
        assert shown.status_code == 200
        assert "<h2>接下来</h2>" not in shown.text
        assert "召集会议</a>" not in client.get(room.base).text
    assert liaison.get(page).status_code == 403
    assert street.post(f"{page}/confirm").status_code == 403


def test_a_meeting_is_reached_by_its_own_estate_only(app: Flask, room: Room) -> None:
    page = room.called(room.director)
    with room.site.database.writing() as session:
        other = registered(session, room.site.clock.now())
        account = session.execute(
            select(MemberRecord.account_id).where(MemberRecord.id == room.members[0][0])
        ).scalar_one()
        assert account is not None
        staff.grant(session, account, Role.DIRECTOR, other.node)
    elsewhere = page.replace(str(room.estate.estate), str(other.estate))
    director = room.director
    for path in ("", *POSTS, "/minutes.pdf", "/notice.pdf"):
        assert director.get(f"{elsewhere}{path}").status_code == 404, path
    assert director.get(f"/estates/{uuid4()}/meetings").status_code == 404
    for path in ("", "/new"):
        empty = director.get(f"/estates/{other.estate}/meetings{path}")
        assert "还没有在任的业主委员会" in empty.text, path


def test_who_was_absent_is_not_asked_and_cannot_confirm(room: Room) -> None:
    page = room.called(room.director)
    room.clock(8, 2)
    sent = {"at": room.wall(0), "chair": room.members[0][1]}
    votes = room.votes(page, 4, *["agree"] * 4)
    room.director.post(room.hold(page, 4), data={**sent, **votes})
    absent = room.member(4)
    assert "请您确认纪要" not in absent.get(page).text
    refused = absent.post(f"{page}/confirm")
    assert refused.status_code == 409
    assert "您没有参加这次会议" in refused.text
