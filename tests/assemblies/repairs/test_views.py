"""A repair over HTTP: every page of its way, who may open it, and what the public sees."""

import io
from collections.abc import Mapping
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader
from werkzeug.datastructures import MultiDict

from assemblies.foundation.permissions import Role
from assemblies.records.repairs import RepairRecord
from assemblies.repairs.queries.stations import STATIONS
from tests.assemblies.repairs.conftest import Door
from tests.support.agendas import drafted
from tests.support.committee import resolved
from tests.support.households import PDF, PNG
from tests.support.repairs import BUDGET, closed, decided, emergency, funded, planned, posted

PROJECT = {
    "title": "1号楼电梯曳引机更换",
    "path": "ordinary",
    "reason": "曳引机磨损严重。",
    "works": "更换曳引机和钢丝绳。",
    "common_part": "1号楼的电梯",
    "common_evidence": "购房合同附件四",
    "scope": "buildings",
    "buildings": "1号楼",
    "uses": ["dwelling", "shop"],
    "authority": "",
    "danger": "",
}
PLAN = {
    "lines-0-what": "曳引机",
    "lines-0-quantity": "1 台",
    "lines-0-fen": "185000.07",
    "lines-1-what": "安装",
    "lines-1-fen": "1,000",
    "quotes-0-who": "示例电梯公司",
    "quotes-0-fen": "186000.07",
    "contractor": "示例电梯公司",
    "account": "示例银行 6222 0000 1234",
}
ACCEPTED = {"by": "监理", "representatives": "101 王一", "at": "2026-01-05T10:00"}
ROLES = dict(
    zip(STATIONS, (Role.DIRECTOR, Role.COMMUNITY, Role.STREET, Role.AUTHORITY), strict=True)
)


def file(kind: str = "pdf") -> tuple[io.BytesIO, str]:
    return (io.BytesIO(PDF), "文件.pdf") if kind == "pdf" else (io.BytesIO(PNG), "照片.png")


def sent(client: FlaskClient, address: str, data: Mapping[str, object]) -> str:
    """Post a form that must be taken, and return where it led."""
    fields: MultiDict[str, object] = MultiDict(
        (name, one)
        for name, value in data.items()
        for one in (value if isinstance(value, list) else [value])
    )
    answer = client.post(address, data=fields, content_type="multipart/form-data")
    assert answer.status_code == 302, f"{address}: {answer.text}"
    return answer.headers["Location"]


def shown(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.text


def test_a_lift_is_repaired_page_by_page(door: Door) -> None:
    with door.site.database.writing() as session:
        funded(session, door.estate, door.site.clock.now())
        assembly = drafted(session, door.estate, door.site.clock.now())
    repair = _begun(door)
    _posted(door, repair)
    sent(door.director, door.page(repair, "vote/put"), {"chosen": str(assembly)})
    early = door.director.post(door.page(repair, "apply"), data={})
    assert early.status_code == 409
    assert "最早" in early.text
    door.move_on(30)
    _decided(door, repair)
    _cleared(door, repair)
    _paid_and_closed(door, repair)
    assert "已经办结" in shown(door.director, door.page(repair))
    assert "180,000.01 元" in shown(door.public, f"/board/repairs/{repair}")
    assert "已办结" in shown(door.director, door.home)
    door.move_on(-30)


def _begun(door: Door) -> UUID:
    """Begin, answer and plan a project, opening every page before its form is sent."""
    director = door.director
    shown(director, f"{door.home}/new")
    made = sent(director, f"{door.home}/new", {**PROJECT, "evidence": file()})
    repair = UUID(made.rpartition("/")[2])
    shown(director, door.page(repair, "edit"))
    sent(director, door.page(repair, "answer"), _answers(door, repair))
    shown(director, door.page(repair, "plan"))
    plan = {**PLAN, "quotes-0-paper": file(), "photos": [file("png")]}
    sent(director, door.page(repair, "plan"), plan)
    assert "186,000.07 元" in shown(director, door.page(repair))
    return repair


def _answers(door: Door, repair: UUID) -> dict[str, object]:
    """Answer every question on the page with no."""
    asked = shown(door.director, door.page(repair, "answer")).count("这种情况的，")
    answers: dict[str, object] = {}
    for place in range(asked):
        answers[f"answers-{place}-applies"] = "no"
        answers[f"answers-{place}-evidence"] = "查了合同"
    return answers


def _posted(door: Door, repair: UUID) -> None:
    director = door.director
    shown(director, door.page(repair, "post"))
    sent(director, door.page(repair, "post"), {"place": "大厅", "photo": file("png")})
    assert "公示" in shown(door.public, f"/board/repairs/{repair}")
    shown(director, door.page(repair, "vote"))


def _decided(door: Door, repair: UUID) -> None:
    director, now = door.director, door.site.clock.now()
    with door.site.database.writing() as session:
        item = session.get_one(RepairRecord, repair).item_id
        resolved(session, door.estate.estate, now, title="使用维修资金", item_id=item)
    shown(director, door.page(repair, "heard"))
    sent(director, door.page(repair, "heard"), {"said": "没有收到意见", "photo": file("png")})
    sent(director, door.page(repair, "vote/outcome"), {})


def _cleared(door: Door, repair: UUID) -> None:
    shown(door.director, door.page(repair, "apply"))
    sent(door.director, door.page(repair, "apply"), {})
    for role in ROLES.values():
        client = door.clients[role]
        leads = client.get(door.page(repair, "station")).headers["Location"]
        assert "审核意见" in shown(client, leads)
        sent(client, leads, {"decision": "approve", "reasons": ""})


def _paid_and_closed(door: Door, repair: UUID) -> None:
    steps: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("advance", {"amount": "130200.04"}),
        ("paid", {"advice": file()}),
        ("accept", {**ACCEPTED, "papers": [file()]}),
        ("settle", {"total": "180000.01", "papers": [file()]}),
        ("balance", {}),
        ("paid", {"advice": file()}),
        ("publish", {"place": "大厅", "photo": file("png")}),
    )
    for name, fields in steps:
        shown(door.director, door.page(repair, name))
        sent(door.director, door.page(repair, name), fields)


PACKAGE = ("维修资金使用申请表", "方案书面确认明细表", "业主大会决定", "分摊清册", "公示证明")
# The package holds the parts that are also handed out alone.
PAPERS = {
    "papers/application.pdf": PACKAGE,
    "papers/posting.pdf": ("公示证明",),
    "papers/plan.pdf": ("关于使用维修资金", "分摊清册"),
    "papers/settlement.pdf": ("结算公示", "150,000.01"),
}


@pytest.fixture
def finished(door: Door) -> UUID:
    keys, now = door.site.keys, door.site.clock.now()
    with door.site.database.writing() as session:
        return closed(session, door.estate, keys, now, 150_000_01)


def test_every_paper_says_what_it_is_and_names_no_owner(door: Door, finished: UUID) -> None:
    for name, said in PAPERS.items():
        answer = door.director.get(door.page(finished, name))
        assert answer.status_code == 200, name
        pages = [one.extract_text() for one in PdfReader(io.BytesIO(answer.data)).pages]
        text = "".join(pages).replace("\n", "")
        assert all(one in text for one in said), name
        assert "李二" not in text
        assert f"共 {len(pages)} 页" in text
    assert door.director.get(door.page(finished, "papers/spot.pdf")).status_code == 404


def test_the_share_list_sums_to_the_budget_as_a_spreadsheet(door: Door, finished: UUID) -> None:
    answer = door.director.get(door.page(finished, "papers/shares.xlsx"))
    assert answer.status_code == 200
    rows = list(load_workbook(io.BytesIO(answer.data))["分摊清册"].values)
    assert rows[1][2:5] == ("房屋", "专有部分面积（㎡）", "分摊金额（元）")
    assert sum(int(str(row[4]).replace(".", "")) for row in rows[2:-1]) == BUDGET
    assert rows[-1][4] == "186000.07"


def test_the_public_sees_a_project_only_once_it_is_posted(door: Door) -> None:
    keys, now = door.site.keys, door.site.clock.now()
    with door.site.database.writing() as session:
        hidden = planned(session, door.estate, keys, now)
        open_ = posted(session, door.estate, keys, now)
    assert door.public.get(f"/board/repairs/{hidden}").status_code == 404
    listed = shown(door.public, f"/board/repairs/of/{door.estate.estate}")
    assert listed.count("第 2 号") == 1
    assert "第 1 号" not in listed
    text = shown(door.public, f"/board/repairs/{open_}")
    assert "尾号 1234" in text
    assert "6222" not in text
    assert "王一" not in text


def test_members_and_the_street_look_on_but_take_no_step(door: Door) -> None:
    keys, now = door.site.keys, door.site.clock.now()
    with door.site.database.writing() as session:
        repair = planned(session, door.estate, keys, now)
    for role in (Role.MEMBER, Role.STREET, Role.COMMUNITY):
        client = door.clients[role]
        assert "下一步" in shown(client, door.page(repair))
        for step in ("post", "plan", "apply", "settle", "advance", "drop"):
            assert client.get(door.page(repair, step)).status_code == 403


def test_another_estates_project_is_not_found(door: Door) -> None:
    keys, now = door.site.keys, door.site.clock.now()
    with door.site.database.writing() as session:
        repair = planned(session, door.estate, keys, now)
        from_here = door.estate.estate
    stranger = f"/estates/{UUID(int=7)}/repairs/{repair}"
    assert door.director.get(stranger).status_code == 404
    assert door.director.get(f"/estates/{from_here}/repairs/{UUID(int=7)}").status_code == 404


def test_a_refusal_stands_on_the_form_it_belongs_to(door: Door) -> None:
    keys, now = door.site.keys, door.site.clock.now()
    with door.site.database.writing() as session:
        repair = planned(session, door.estate, keys, now)
    answer = door.director.post(
        door.page(repair, "plan"), data={**PLAN, "contractor": "没有报价的公司"}
    )
    assert answer.status_code == 422
    assert "报价" in answer.text


def test_a_failed_project_may_be_begun_anew_with_its_own_words(door: Door) -> None:
    keys, now = door.site.keys, door.site.clock.now()
    with door.site.database.writing() as session:
        repair = posted(session, door.estate, keys, now)
        decided(session, door.estate, repair, keys, now, "rejected")
    sent(door.director, door.page(repair, "vote/outcome"), {})
    page = shown(door.director, door.page(repair))
    assert "不等于决定不修" in page
    assert f"/new?from={repair}" in page
    assert "磨损严重" in shown(door.director, f"{door.home}/new?from={repair}")
    assert "磨损严重" not in shown(door.director, f"{door.home}/new?from=x")


def test_an_emergency_is_repaired_first_and_claimed_after_five_days(door: Door) -> None:
    director, keys, now = door.director, door.site.keys, door.site.clock.now()
    with door.site.database.writing() as session:
        repair = emergency(session, door.estate, keys, now)
    shown(director, door.page(repair, "check"))
    seen = {
        f"{side}-{name}": said
        for side in ("owners", "office", "manager")
        for name, said in (("name", "某人"), ("said", "钢丝绳断股"), ("at", "2026-01-05T10:00"))
    }
    spot = {**seen, "office-who": "community", "photos": [file("png")]}
    sent(director, door.page(repair, "check"), spot)
    sent(director, door.page(repair, "accept"), {**ACCEPTED, "papers": [file()]})
    assert "补填方案和预算" in shown(director, door.page(repair))
    plan = {**PLAN, "quotes-0-paper": file(), "photos": [file("png")]}
    sent(director, door.page(repair, "plan"), plan)
    sent(director, door.page(repair, "settle"), {"total": "186000.07", "papers": [file()]})
    assert "回答该不该由维修资金出" in shown(director, door.page(repair))
    sent(director, door.page(repair, "answer"), _answers(door, repair))
    sent(director, door.page(repair, "post"), {"place": "大厅", "photo": file("png")})
    assert "应急维修" in shown(door.public, f"/board/repairs/{repair}")
    door.move_on(6)
    sent(director, door.page(repair, "apply"), {})
    door.move_on(-6)
    assert "审核申请" in shown(director, door.page(repair))
    assert director.get(door.page(repair, "papers/spot.pdf")).status_code == 200
