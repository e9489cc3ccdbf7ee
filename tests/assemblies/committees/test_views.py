"""The room over HTTP: an election's papers, the new term, its filing, a member's exit."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from assemblies.committees.drafts import Beginning
from assemblies.committees.queries.choices import first_alternates
from assemblies.committees.services.terms import begin_term
from assemblies.foundation.permissions import Role
from assemblies.foundation.site import Site
from assemblies.records.committees import CandidateRecord, members_in_office
from assemblies.records.filings import FilingRecord, HandoverRecord
from assemblies.records.places import place_of
from assemblies.staff import services as staff
from tests.support.committee import resolved
from tests.support.election import Published, acting, published, stand
from tests.support.households import PDF, PNG
from tests.support.site import application

PASSWORD = "correct-horse-battery"
CANDIDATE = {
    "name": "周小满",
    "room": "1号楼1单元101",
    "sex": "女",
    "born": "1980",
    "party": "no",
    "phone": "13800009876",
    "nominator": "self",
    "statement": "愿意为大家办事。",
}


@dataclass(frozen=True, slots=True)
class Door:
    """A site with a published election, and a browser signed in for each role at its estate."""

    site: Site
    election: Published
    clients: dict[Role, FlaskClient]

    @property
    def root(self) -> str:
        return f"/estates/{self.election.estate}/committee"

    def get(self, role: Role, path: str = "") -> str:
        answer = self.clients[role].get(self.root + path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.get_data(as_text=True)

    def pdf(self, path: str) -> str:
        answer = self.clients[Role.DIRECTOR].get(self.root + path)
        assert answer.status_code == 200, (path, answer.status_code)
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)

    def post(self, role: Role, path: str, **data: object) -> tuple[int, str]:
        answer = self.clients[role].post(
            self.root + path, data=data, content_type="multipart/form-data", follow_redirects=True
        )
        return answer.status_code, answer.get_data(as_text=True)

    def begin(self) -> UUID:
        """Begin the term and return its filing."""
        now = self.site.clock.now()
        with self.site.database.writing() as session:
            who = acting(self.election.estate, self.site.keys)
            term = begin_term(session, who, Beginning(self.election.item), now=now)
            return session.query(FilingRecord).filter_by(term_id=term).one().id


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = application(database_url, tmp_path_factory.mktemp("site"))
    yield made
    made.extensions["site"].database.close()


@pytest.fixture
def door(app: Flask) -> Door:
    site: Site = app.extensions["site"]
    now, clients = site.clock.now(), {}
    with site.database.writing() as session:
        election = published(session, site.keys, now)
        stand(session, site.keys, election, now=now)
        node = place_of(session, election.estate).node
        for role in (Role.DIRECTOR, Role.STREET, Role.AUTHORITY, Role.MEMBER):
            name = f"{role.name.lower()}-{election.estate.hex[:8]}"
            account = staff.open_account(session, name, role.value, PASSWORD, now=now)
            staff.grant(session, account, role, node)
            clients[role] = app.test_client()
    for role, client in clients.items():
        name = f"{role.name.lower()}-{election.estate.hex[:8]}"
        # Each browser comes from an address of its own: tries are counted per address.
        address = f"10.{uuid4().int % 250}.{uuid4().int % 250}.{uuid4().int % 250}"
        client.environ_base["REMOTE_ADDR"] = address
        sent = {"username": name, "password": PASSWORD}
        assert client.post("/staff/sign-in", data=sent).status_code == 302
    return Door(site, election, clients)


def upload(name: str = "证明.pdf", content: bytes = PDF) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def test_a_candidate_is_nominated_reviewed_and_printed(door: Door) -> None:
    answers = {f"clause_{place}": "clear" for place in range(8)}
    status, said = door.post(Role.DIRECTOR, "/candidates/new", **CANDIDATE, **answers)
    assert (status, "业主名册上没有“1号楼1单元101”" in said) == (200, True)
    with door.site.database.reading() as session:
        found = session.query(CandidateRecord).filter_by(name="周小满").one()
        assert b"13800009876" not in (found.phone_sealed or b"")
        page = f"/candidates/{found.id}"
    opinion = {"department": "信访", "opinion": "doubt", "text": "有信访事项在办"}
    status, said = door.post(Role.STREET, f"{page}/review", **opinion)
    assert (status, "信访对周小满提出疑点：有信访事项在办" in said) == (200, True)
    assert door.post(Role.MEMBER, f"{page}/review", **opinion)[0] == 403
    sheet = door.pdf(f"{page}/paper.pdf")
    assert "候选人推荐表" in sheet
    assert "13800009876" in sheet
    assert "缺街道办事处、住建（房管）、政法、市场监管、城市管理意见" in sheet.replace("\n", "")
    assert "联审意见表" in door.pdf("/candidates/reviews.pdf")


def test_a_clause_that_is_not_clear_needs_its_note_and_stops_nobody(door: Door) -> None:
    answers = {f"clause_{place}": "clear" for place in range(8)} | {"clause_0": "unclear"}
    status, said = door.post(Role.DIRECTOR, "/candidates/new", **CANDIDATE, **answers)
    assert (status, "请写明情况" in said) == (422, True)
    status, said = door.post(
        Role.DIRECTOR, "/candidates/new", **CANDIDATE, **answers, note_0="欠费两个月，已补交"
    )
    assert (status, "欠费两个月，已补交" in said) == (200, True)


def test_the_term_is_begun_filed_returned_and_certified(door: Door) -> None:
    status, said = door.post(Role.DIRECTOR, "/begin", item=str(door.election.item))
    assert (status, "低于 60%" in said, "候选人丁" in said) == (200, True, True)
    with door.site.database.reading() as session:
        filing = session.query(FilingRecord).order_by(FilingRecord.begun_at.desc()).first()
        assert filing is not None
        page = f"/filings/{filing.id}"
    status, said = door.post(Role.DIRECTOR, f"{page}/submit")
    assert (status, "还缺业主大会议事规则和管理规约" in said) == (422, True)
    for kind in ("rules", "covenant"):
        status, _ = door.post(Role.DIRECTOR, f"{page}/papers", kind=kind, paper=upload())
        assert status == 200
    photo = upload("会议照片.png", PNG)
    assert door.post(Role.DIRECTOR, f"{page}/papers", kind="other", paper=photo)[0] == 200
    assert door.post(Role.STREET, f"{page}/submit")[0] == 403
    assert "备案材料已经提交" in door.post(Role.DIRECTOR, f"{page}/submit")[1]
    assert door.post(Role.DIRECTOR, f"{page}/accept")[0] == 403
    assert "缺签字" in door.post(Role.STREET, f"{page}/return", reasons="委员名单缺签字")[1]
    assert "备案材料已经提交" in door.post(Role.DIRECTOR, f"{page}/submit")[1]
    assert "已受理" in door.post(Role.STREET, f"{page}/accept")[1]
    status, said = door.post(
        Role.AUTHORITY, f"{page}/certify", number="备〔2026〕7 号", certificate=upload(),
        carving=upload("刻章.png", PNG),
    )  # fmt: skip
    assert (status, "已备案" in said, "备〔2026〕7 号" in said) == (200, True, True)
    text = door.pdf(f"{page}/package.pdf").replace("\n", "")
    for heading in ("换届备案申请书", "成立备案申请书"):
        assert (heading in text) is (heading == "成立备案申请书")
    for said in (
        "业主委员会备案表",
        "委员名单",
        "业主大会选举决议",
        "党员比例",
        "57.14%",
        "会议照片.png",
    ):
        assert said in text
    assert "业主委员会备案表" in door.pdf(f"{page}/table.pdf").replace("\n", "")
    assert door.clients[Role.DIRECTOR].get(f"{door.root}{page}/change.pdf").status_code == 404


def test_a_member_resigns_an_alternate_steps_in_and_all_is_handed_over(door: Door) -> None:
    door.begin()
    with door.site.database.reading() as session:
        first = members_in_office(session, door.election.estate)[0]
        name, page = first.name, f"/members/{first.id}"
    today = door.site.clock.now().date().isoformat()
    assert door.post(Role.STREET, f"{page}/resign", on=today)[0] == 422
    status, said = door.post(Role.STREET, f"{page}/resign", on=today, letter=upload("辞职书.pdf"))
    assert (status, "本人辞职" in said) == (200, True)
    status, said = door.post(Role.DIRECTOR, "/substitute")
    assert (status, "候选人辛、候选人壬得票相同，请选择其中一位" in said) == (422, True)
    with door.site.database.reading() as session:
        _, second = first_alternates(session, door.election.estate)
    chosen = str(second.id)
    status, said = door.post(Role.DIRECTOR, "/substitute", chosen=chosen)
    assert (status, "递补已经登记" in said) == (200, True)
    with door.site.database.reading() as session:
        names = [one.name for one in members_in_office(session, door.election.estate)]
        handover = session.query(HandoverRecord).filter_by(from_whom=name).one()
        lines, paper = [str(one.id) for one in handover.items], f"/handovers/{handover.id}"
        change = session.query(FilingRecord).filter_by(kind="change").one()
        assert "不再担任委员（本人辞职）" in change.what
        changed = f"/filings/{change.id}/change.pdf"
    assert len(names) == 7
    for line in lines:
        status, said = door.post(
            Role.DIRECTOR,
            f"{paper}/receive",
            line=line,
            quantity="1 件",
            by="林主任",
        )
        assert status == 200
    assert "已完成" in said
    assert "移交清单" in door.pdf(f"{paper}/list.pdf")
    assert "变更备案表" in door.pdf(changed)


def test_only_the_owners_resolution_removes_a_member(door: Door) -> None:
    door.begin()
    with door.site.database.writing() as session:
        now, estate = door.site.clock.now(), door.election.estate
        first = members_in_office(session, estate)[0]
        own = resolved(session, estate, now, title="建议罢免", body="committee", matter=3)
        failed = resolved(session, estate, now, title="罢免", outcome="rejected", matter=3)
        passed = resolved(session, estate, now, title=f"终止{first.name}的委员资格", matter=3)
        member, ids = first.id, [own.id, failed.id, passed.id]
    answers = [
        door.post(Role.DIRECTOR, f"/members/{member}/remove", basis=str(one))[0] for one in ids
    ]
    assert answers == [422, 422, 200]
    assert "业主大会罢免" in door.get(Role.STREET, f"/members/{member}")
    assert door.post(Role.STREET, f"/members/{member}/remove", basis=str(ids[2]))[0] == 403


PAGES = (
    "", "/history", "/candidates", "/filings", "/handovers", "/reelection", "/enter", "/posts",
    "/party", "/candidates/new", "/candidates/agenda", "/begin", "/filings/new", "/handovers/new",
    "/substitute",
)  # fmt: skip


def test_every_page_opens_for_the_director_and_the_right_ones_for_a_member(door: Door) -> None:
    door.begin()
    for path in PAGES:
        assert "业委会" in door.get(Role.DIRECTOR, path), path
    refused = [
        path for path in PAGES if door.clients[Role.MEMBER].get(door.root + path).status_code == 403
    ]
    assert refused == list(PAGES[6:])


def test_the_street_forms_a_lawful_group_and_posts_it(door: Door) -> None:
    today = door.site.clock.now().date().isoformat()
    status, said = door.post(Role.STREET, "/groups/new", kind="reelection", asked_on=today)
    assert (status, "等待组建" in said) == (200, True)
    path = said.partition("/groups/")[2].partition("/")[0]
    people = {
        f"people-{at}-{field}": value
        for at in range(11)
        for field, value in (
            ("name", f"组员{at}" if at < 7 else ""),
            ("sender", "owners" if at < 4 else "street"),
            *((("owner", "y"),) if at < 4 else ()),
            *((("head", "y"),) if at == 6 else ()),
        )
    }
    path = f"/groups/{path}"
    few = {**people, "people-0-owner": ""}
    status, said = door.post(Role.STREET, f"{path}/form", formed_on=today, **few)
    assert (status, "业主不能少于一半，现在 7 人中业主 3 人" in said) == (422, True)
    assert door.post(Role.STREET, f"{path}/form", formed_on=today, **people)[0] == 200
    assert "换届小组成立公告" in door.pdf(f"{path}/notice.pdf").replace("\n", "")
    status, said = door.post(Role.STREET, f"{path}/announce", on=today, proof=upload("墙.png", PNG))
    assert (status, "公告已经登记" in said) == (200, True)
    assert door.post(Role.DIRECTOR, f"{path}/end", why="办完")[0] == 403
