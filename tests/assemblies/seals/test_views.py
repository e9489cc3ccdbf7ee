"""The pages of the seals room over HTTP: from the making of a seal to its public list."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader
from werkzeug.test import TestResponse

from assemblies.foundation.permissions import Role
from assemblies.foundation.site import Site
from assemblies.records.committees import MemberRecord
from assemblies.records.people import AccountRecord
from assemblies.seals.queries.register import COLUMNS
from assemblies.staff import services as staff
from tests.support.committee import in_office, resolved
from tests.support.households import PNG
from tests.support.registers import Registered, registered
from tests.support.sealing import CONTRACT, paper, photograph
from tests.support.site import application
from voting.verify.streams import verify_file

PASSWORD = "correct-horse-battery"


@dataclass(slots=True)
class Door:
    """An estate with a committee, and a browser for each member and for the street."""

    site: Site
    estate: Registered
    basis: UUID
    members: list[FlaskClient]
    keeper: UUID
    street: FlaskClient

    def at(self, rest: str = "") -> str:
        return f"/estates/{self.estate.estate}/seals{rest}"

    def sealed(self) -> str:
        """Make a seal over HTTP and let its keeper accept it; return its address."""
        sent = {
            "kind": "committee",
            "name": "和平里小区业主委员会",
            "proof": (io.BytesIO(PNG), "刻章证明.png"),
        }
        seal = self.chair.post(self.at("/new"), data=sent).headers["Location"]
        self.chair.post(f"{seal}/offer", data={"account": str(self.keeper)})
        self.members[2].post(f"{seal}/accept")
        return seal

    @property
    def chair(self) -> FlaskClient:
        return self.members[0]

    def asked(self, **changes: object) -> dict[str, object]:
        return {
            "title": "电梯维修合同",
            "document": (io.BytesIO(CONTRACT + b"%%%d" % uuid4().int), "合同.pdf"),
            "document_kind": "contract",
            "copies": "2",
            "purpose": "签订电梯维修合同",
            "receiver": "示例电梯公司",
            "basis": str(self.basis),
            "covers": "决定同意签约，这就是那份合同",
            **changes,
        }

    def apply(self, **changes: object) -> TestResponse:
        return self.members[1].post(self.at("/apply"), data=self.asked(**changes))

    def applied(self) -> str:
        return self.apply().headers["Location"]


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = application(database_url, tmp_path_factory.mktemp("site"))
    yield made
    made.extensions["site"].database.close()


@pytest.fixture(scope="module")
def door(app: Flask) -> Door:
    site: Site = app.extensions["site"]
    now = site.clock.now()
    with site.database.writing() as session:
        estate = registered(session, now)
        members = in_office(session, estate.estate, now)
        basis = resolved(session, estate.estate, now, title="更换电梯", matter=4).id
        failed = resolved(session, estate.estate, now, title="没过的", outcome="rejected")
        assert failed.outcome == "rejected"
        names = [username(session.get_one(AccountRecord, account_of(one))) for one in members]
        keeper = account_of(members[2])
        street = f"street-{uuid4().hex[:8]}"
        account = staff.open_account(session, street, "街道小赵", PASSWORD, now=now)
        staff.grant(session, account, Role.STREET, estate.node)
    clients = [signed_in(app, name) for name in names]
    return Door(site, estate, basis, clients, keeper, signed_in(app, street))


def account_of(member: MemberRecord) -> UUID:
    assert member.account_id is not None
    return member.account_id


def username(record: AccountRecord) -> str:
    return record.username


def signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    address = f"10.{uuid4().int % 250}.{uuid4().int % 250}.{uuid4().int % 250}"
    client.environ_base["REMOTE_ADDR"] = address
    sent = {"username": name, "password": PASSWORD}
    assert client.post("/staff/sign-in", data=sent).status_code == 302
    return client


@pytest.fixture(scope="module")
def seal(door: Door) -> str:
    return door.sealed()


def test_a_seal_waits_for_its_keeper_and_says_who_may_not(door: Door, seal: str) -> None:
    text = door.chair.get(seal).text
    assert "陈素芬（业委会委员）" in text
    assert "林海生是主任，不能保管印章" in text
    assert "台州物业条例第24条" in text
    assert "交由保管" in text
    refused = door.chair.post(f"{seal}/offer", data={"account": str(first_account(door))})
    assert refused.status_code == 422
    assert "林海生是主任" in refused.text


def first_account(door: Door) -> UUID:
    with door.site.database.reading() as session:
        chair = session.query(MemberRecord).filter_by(name="林海生").order_by().all()[-1]
        return account_of(chair)


def test_the_form_lists_only_decisions_that_carry_it(door: Door, seal: str) -> None:
    text = door.members[1].get(door.at("/apply?title=电梯维修合同")).text
    assert 'value="电梯维修合同"' in text
    assert "更换电梯" in text
    assert "没过的" not in text
    assert "5 名委员中要有 3 人签字同意" in text
    assert "淄博" in text
    assert "没有依据不能用印" in text


REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "blank paper": ({"document": (io.BytesIO(paper(b"")), "空白.pdf")}, "空白纸不能盖章"),
    "no document": ({"document": (io.BytesIO(b""), "")}, "要盖章的文件：请选择文件"),
    "no basis": ({"basis": ""}, "请选择一项决定作为依据"),
    "a basis that is none": ({"basis": str(UUID(int=9))}, "依据哪一项决定"),
    "no copies": ({"copies": "0"}, "份数至少 1 份"),
    "no title": ({"title": " "}, "文件名称：请填写这一项"),
}


@pytest.mark.parametrize(("changes", "said"), REFUSED.values(), ids=REFUSED)
def test_an_application_is_refused_in_its_form(
    door: Door, seal: str, changes: dict[str, object], said: str
) -> None:
    answer = door.apply(**changes)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_use_goes_its_whole_way(door: Door, seal: str) -> None:
    use = door.applied()
    assert "等您签字" in door.members[3].get(door.at()).text
    for member in (door.members[0], door.members[1], door.members[3]):
        assert member.post(f"{use}/sign").status_code == 302
    text = door.members[2].get(use).text
    assert "请您盖章" in text
    assert "5 人中 3 人同意，须 3 人" in text
    assert door.members[2].post(f"{use}/stamp", data={"copies": "3"}).status_code == 422
    assert door.members[2].post(f"{use}/stamp", data={"copies": "2"}).status_code == 302
    assert "已盖章，缺照片" in door.street.get(door.at()).text
    assert "缺照片" in door.street.get(door.at("/gaps")).text
    sent = {"photographs": [(io.BytesIO(photograph(9).content), "盖章页.png")]}
    assert door.members[2].post(f"{use}/photographs", data=sent).status_code == 302
    wall = door.members[2].get(use).text.partition('name="returned"')[2].partition('value="')[2]
    closing = {"witness": "孙丽", "returned": wall.partition('"')[0], "note": ""}
    answer = door.chair.post(f"{use}/close", data=closing)
    assert answer.status_code == 302, answer.text
    text = door.street.get(use).text
    assert "已办结" in text
    assert "监印人：孙丽" in text
    assert text.count("第 ") >= 6
    assert "没有缺漏" in door.street.get(door.at("/gaps")).text
    assert "完全一致" in door.street.get(door.at()).text


def test_a_member_declines_and_the_applicant_withdraws(door: Door, seal: str) -> None:
    use = door.applied()
    answer = door.members[4].post(f"{use}/decline", data={"reason": " "})
    assert answer.status_code == 422
    assert door.members[4].post(f"{use}/decline", data={"reason": "太贵"}).status_code == 302
    assert "太贵" in door.chair.get(use).text
    assert door.members[1].post(f"{use}/withdraw", data={"why": "改合同"}).status_code == 302
    assert "已撤回" in door.chair.get(use).text


def test_the_street_sees_and_does_nothing(door: Door, seal: str) -> None:
    use = door.applied()
    for step in ("sign", "decline", "stamp", "photographs", "close", "withdraw"):
        status = door.street.post(f"{use}/{step}", data={"copies": "2"}).status_code
        assert status in {403, 409, 422}, step
    for rest in ("/new", "/apply", "/publish"):
        assert door.street.get(door.at(rest)).status_code == 403
    assert "同意用印，签字" not in door.street.get(use).text


def test_the_register_is_handed_out_whole(door: Door, seal: str) -> None:
    pdf = PdfReader(io.BytesIO(door.street.get(door.at("/register.pdf")).data))
    box = pdf.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)
    text = pdf.pages[0].extract_text()
    assert "印章使用登记表" in text
    assert "第 1 页" in text
    book = load_workbook(io.BytesIO(door.street.get(door.at("/register.xlsx")).data))
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[1] == COLUMNS
    assert len(rows[2]) == len(COLUMNS)


def test_the_log_is_handed_out_and_holds(door: Door, seal: str) -> None:
    answer = door.street.get(door.at("/log.zip"))
    assert verify_file(answer.data).holds


def test_the_list_is_published_for_everybody(app: Flask, door: Door, seal: str) -> None:
    assert door.chair.post(door.at("/publish"), data={}).status_code == 422
    assert "公布以后不能收回" in door.chair.get(door.at("/publish")).text
    answer = door.chair.post(door.at("/publish"), data={"read": "y"})
    anybody = app.test_client()
    page = anybody.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "用印公布" in page.text
    href = page.text.partition('href="/files/')[2].partition('"')[0]
    paper_ = PdfReader(io.BytesIO(anybody.get(f"/files/{href}").data))
    text = "".join(one.extract_text() for one in paper_.pages)
    assert "印章使用情况公布" in text
    assert "林海生" not in text


def test_a_seal_is_lost_reported_and_replaced(app: Flask, door: Door) -> None:
    other = Door(door.site, door.estate, door.basis, door.members, door.keeper, door.street)
    sent = {"kind": "finance", "name": "财务专用章", "proof": (io.BytesIO(PNG), "证明.png")}
    seal = other.chair.post(other.at("/new"), data=sent).headers["Location"]
    assert other.chair.post(f"{seal}/lost", data={"note": "被偷"}).status_code == 302
    text = other.chair.get(seal).text
    assert "已报遗失，不能再用" in text
    proof = {"proof": (io.BytesIO(PNG), "回执.png")}
    assert other.chair.post(f"{seal}/reported", data=proof).status_code == 302
    assert "报案和作废的证明已经存入" in other.chair.get(seal).text
    new = {"name": "财务专用章", "proof": (io.BytesIO(PNG), "证明.png")}
    answer = other.chair.post(f"{seal}/replace", data=new)
    assert answer.status_code == 302
    assert "等待保管人接收" in other.chair.get(answer.headers["Location"]).text
    assert "已更换" in other.chair.get(seal).text


def test_what_is_of_another_estate_is_not_found(app: Flask, door: Door, seal: str) -> None:
    use = door.applied().rpartition("/")[2]
    now = door.site.clock.now()
    with door.site.database.writing() as session:
        other = registered(session, now)
        name = f"chair-{uuid4().hex[:8]}"
        account = staff.open_account(session, name, "别处主任", PASSWORD, now=now)
        staff.grant(session, account, Role.DIRECTOR, other.node)
    stranger = signed_in(app, name)
    assert stranger.get(door.at()).status_code == 403
    assert stranger.get(f"/estates/{other.estate}/seals/uses/{use}").status_code == 404
    assert stranger.get(f"/estates/{other.estate}/seals/register.pdf").status_code == 404
    assert stranger.get(f"/estates/{other.estate}/seals").status_code == 200
