"""The register's pages over HTTP: what each role sees, the papers, the forms and their refusals."""

import io
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader

from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Role
from assemblies.records.filings import HandoverRecord
from assemblies.records.oversight import OrderRecord
from assemblies.records.resolutions import Proof, ResolutionRecord, change_state, mark_posted
from assemblies.resolutions.following import FILING, POSTING, SIGNING
from tests.support.committee import resolved
from tests.support.doors import Door, door
from tests.support.households import PDF, PNG
from tests.support.resolutions import opened
from tests.support.site import application

ROLES = (Role.DIRECTOR, Role.MEMBER, Role.STREET, Role.LIAISON)


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = application(database_url, tmp_path_factory.mktemp("site"))
    yield made
    made.extensions["site"].database.close()


@pytest.fixture
def place(app: Flask) -> Door:
    return door(app, *ROLES)


def decided(place: Door, title: str = "聘用甲公司", **more: object) -> UUID:
    """Put a resolution of a manager into the register, with its duties."""
    now = place.site.clock.now()
    with place.site.database.writing() as session:
        given = {"matter": 4, **more}
        record = resolved(session, place.estate.estate, now, title=title, **given)  # type: ignore[arg-type]
        record.counts = "全小区共 120 户、10,000.00 ㎡，参与表决 100 户、9,000.00 ㎡。"
        for name in (POSTING, SIGNING) if record.outcome == "passed" else (POSTING,):
            opened(session, record, name, now=now)
        if record.outcome == "passed":
            opened(session, record, FILING, now=now).due_on = None
        return record.id


def today(place: Door) -> str:
    return in_china(place.site.clock.now()).date().isoformat()


def upload(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def test_the_register_shows_every_resolution_and_leads_to_each(place: Door) -> None:
    one, other = decided(place), decided(place, "续聘乙公司", outcome="rejected")
    text = place.clients[Role.STREET].get(place.at("resolutions")).text
    for resolution, title, word in ((one, "聘用甲公司", "通过"), (other, "续聘乙公司", "未通过")):
        assert title in text
        assert word in text
        assert place.at(f"resolutions/{resolution}") in text
    assert "不等于作出了相反的决定" in text


def test_the_register_is_searched_by_its_form(place: Door) -> None:
    decided(place)
    decided(place, "续聘乙公司", outcome="rejected")
    found = place.director.get(place.at("resolutions?words=乙公司&outcome=failed")).text
    assert "续聘乙公司" in found
    assert "聘用甲公司" not in found
    assert "没有找到" in place.director.get(place.at("resolutions?words=丙")).text


def test_an_empty_register_says_what_will_stand_there(place: Door) -> None:
    assert "还没有决议" in place.director.get(place.at("resolutions")).text


def test_one_page_says_everything_about_a_resolution(place: Door) -> None:
    page = place.director.get(place.at(f"resolutions/{decided(place)}")).text
    for words in (
        "参与表决 100 户",
        "可以起诉到",
        "还有 365 天",
        "材料保存到",
        "张贴决定公告",
        "签订物业服务合同",
        "登记张贴",
        "登记合同签订",
        "登记解聘通知送达",
        "建立移交清单",
    ):
        assert words in page, words


def test_who_only_looks_is_offered_nothing_to_do_and_refused(place: Door) -> None:
    resolution = decided(place)
    for role in (Role.MEMBER, Role.STREET):
        page = place.clients[role].get(place.at(f"resolutions/{resolution}"))
        assert page.status_code == 200
        assert "登记合同签订" not in page.text
        for verb in ("posting", "supersede", "contract", "filing", "notice", "handover"):
            address = place.at(f"resolutions/{resolution}/{verb}")
            assert place.clients[role].post(address).status_code == 403
    assert place.clients[Role.LIAISON].get(place.at("resolutions")).status_code == 403


def test_a_resolution_of_another_estate_is_not_found(app: Flask, place: Door) -> None:
    far = door(app, Role.DIRECTOR)
    resolution = decided(far)
    assert place.director.get(place.at(f"resolutions/{resolution}")).status_code == 404
    address = place.at(f"resolutions/{resolution}/posting")
    assert place.director.post(address).status_code == 404
    assert place.director.get(far.at("resolutions")).status_code == 403


def test_posting_is_recorded_with_its_photograph(place: Door) -> None:
    resolution = decided(place)
    address = place.at(f"resolutions/{resolution}/posting")
    answer = place.director.post(address, data={"place": "大门公告栏", "day": today(place)})
    assert answer.status_code == 422
    assert "请附上照片" in answer.text
    sent = {"place": "大门公告栏", "day": today(place), "photo": upload(PNG, "照片.png")}
    answer = place.director.post(address, data=sent)
    page = place.director.get(answer.headers["Location"]).text
    assert "大门公告栏" in page
    assert "照片.png" in page
    assert "至少张贴到" in page
    assert (
        "聘用甲公司" in place.anybody.get(f"/board/estates/{place.estate.estate}/resolutions").text
    )


def test_contract_filing_and_hand_over_are_recorded_one_after_another(place: Door) -> None:
    resolution = decided(place)
    here = place.at(f"resolutions/{resolution}")
    early = place.director.post(
        f"{here}/filing", data={"day": today(place), "file": upload(PDF, "回执.pdf")}
    )
    assert "请先登记合同签订" in early.text
    for verb in ("contract", "filing", "notice"):
        sent = {"day": today(place), "file": upload(PDF, f"{verb}.pdf")}
        assert place.director.post(f"{here}/{verb}", data=sent).status_code == 302
    sent_lines = {"from_whom": "甲公司", "to_whom": "业委会", "lines": "竣工图纸 1套\n钥匙"}
    assert place.director.post(f"{here}/handover", data=sent_lines).status_code == 302
    with place.site.database.reading() as session:
        items = [one.id for one in session.get_one(HandoverRecord, resolution).items]
    for item in items:
        sent_item = {"received_by": "周明华", "day": today(place)}
        answer = place.director.post(f"{here}/handover/{item}", data=sent_item)
        assert answer.status_code == 302
    page = place.director.get(here).text
    for words in ("contract.pdf", "filing.pdf", "notice.pdf", "1套", "全部办完", "周明华"):
        assert words in page, words
    assert place.director.get(f"{here}/handover/{uuid4()}").status_code == 404


def test_superseding_offers_only_what_may_replace(place: Door) -> None:
    old = decided(place)
    now = place.site.clock.now()
    with place.site.database.writing() as session:
        held = place.estate.estate
        new = resolved(session, held, now + timedelta(hours=1), title="改聘乙公司", matter=4).id
        other = resolved(session, held, now + timedelta(hours=1), title="规约", matter=2).id
    address = place.at(f"resolutions/{old}/supersede")
    form = place.director.get(address).text
    assert "改聘乙公司" in form
    assert "规约" not in form
    assert place.director.post(address, data={"newer": str(other)}).status_code == 422
    assert place.director.post(address, data={"newer": str(new)}).status_code == 302
    page = place.director.get(place.at(f"resolutions/{old}")).text
    assert "已被新的决定取代" in page
    assert place.at(f"resolutions/{new}") in page
    assert "它取代的决定" in place.director.get(place.at(f"resolutions/{new}")).text


def test_the_printed_register_holds_every_row_on_numbered_sheets(place: Door) -> None:
    titles = [f"第{number:02d}项决定：更换地下车库照明并公布费用" for number in range(1, 31)]
    for title in titles:
        decided(place, title)
    data = place.director.get(place.at("resolutions/register.pdf")).data
    pages = PdfReader(io.BytesIO(data)).pages
    assert len(pages) > 1
    words = ["".join(page.extract_text().split()) for page in pages]
    for title in titles:
        assert sum(title in page for page in words) == 1, title
    for number, page in enumerate(words, 1):
        assert f"第{number}页共{len(pages)}页" in page
        assert "后续事项和效力" in page  # the head of the table stands on every sheet
    for sheet in pages:
        assert float(sheet.mediabox.width) > float(sheet.mediabox.height)


def test_the_sheet_holds_every_row_as_text(place: Door) -> None:
    decided(place, "=HYPERLINK(1)")
    data = place.director.get(place.at("resolutions/register.xlsx")).data
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[2][:4] == ("文号", "事项", "会议", "结果")
    assert rows[3][1] == "=HYPERLINK(1)"
    assert sheet["B4"].data_type == "s"
    assert rows[3][9] == "还有 3 项待办"


def test_the_public_register_tells_the_order_and_shows_no_private_file(place: Door) -> None:
    resolution = decided(place)
    elected = decided(place, "选举业主委员会委员", matter=3)
    now, held = place.site.clock.now(), place.estate.estate
    address = place.at(f"resolutions/{resolution}/contract")
    sent = {"day": today(place), "file": upload(PDF, "合同全文.pdf")}
    assert place.director.post(address, data=sent).status_code == 302
    with place.site.database.writing() as session:
        order = OrderRecord(
            id=uuid4(),
            estate_id=held,
            kind="revoke",
            number=f"示例街撤〔2026〕{uuid4().hex[:4]}号",
            office="示例街道办事处",
            addressee="业主大会",
            facts="未公示",
            clause="《物业管理条例》第十九条",
            demand="撤销",
            issued_by="街道",
            issued_at=now,
        )
        session.add(order)
        session.flush()
        change_state(session, resolution, "revoked", order.id, "程序违法", now=now)
        number = order.number
        record = session.get_one(ResolutionRecord, elected)
        record.winner = "林海生、周明华"
        record.counts = "全小区共 5 户；同意林海生 4 户。"
        private = session.get_one(ResolutionRecord, resolution)
        mark_posted(session, (private.id,), Proof("大门", now, None), "主任", now=now)
    text = place.anybody.get(f"/board/estates/{held}/resolutions").text
    for words in ("已撤销", number, "聘用甲公司", "选举业主委员会委员", "全小区共 5 户。"):
        assert words in text, words
    for hidden in ("合同全文.pdf", "/files/", "林海生", "周明华"):
        assert hidden not in text, hidden
    page = place.director.get(place.at(f"resolutions/{resolution}")).text
    assert number in page
    assert "登记备案" not in page


def test_the_board_leads_to_the_register_of_an_estate_that_decided_something(
    app: Flask, place: Door
) -> None:
    quiet = door(app, Role.DIRECTOR)
    decided(place)
    board = place.anybody.get("/").text
    assert f"/board/estates/{place.estate.estate}/resolutions" in board
    assert f"/board/estates/{quiet.estate.estate}/resolutions" not in board


def test_the_public_register_of_no_estate_is_not_found(place: Door) -> None:
    assert place.anybody.get(f"/board/estates/{uuid4()}/resolutions").status_code == 404
