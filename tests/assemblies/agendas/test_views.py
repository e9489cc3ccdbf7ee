"""The convener's pages over HTTP: refusals at their field, foreign estates, the posting."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.datastructures import MultiDict

from assemblies.agendas.queries.assemblies import assembly_of, items_of
from assemblies.agendas.services.drafts import Dates
from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Role
from assemblies.foundation.site import Site
from assemblies.staff import services as staff
from tests.support.agendas import lawful_dates, posted, reviewed, whole
from tests.support.households import PDF, PNG
from tests.support.laws import RECORDED
from tests.support.registers import Registered, registered
from tests.support.site import application
from voting.law.matters import Matter

PASSWORD = "correct-horse-battery"
DESCRIBED = {
    "title": "2026年第一次业主大会会议",
    "convener": "committee",
    "convener_name": "和平里小区业主委员会（示例）",
    "contact": "0531-0000 0000",
    "place": "1号楼大厅",
}
FUND = {
    "title": "维修1号楼屋面",
    "text": "屋面渗漏，更换防水层。",
    "scope": "buildings",
    "buildings": "1号楼",
    "project": "防水层",
    "budget": "186000.07",
    "contractor": "示例防水公司",
    "account": "幢账",
    "uses": "dwelling",
}
RULES = {**RECORDED, "pack": "shandong", "uses": ["dwelling", "shop"]}


@dataclass(frozen=True, slots=True)
class Door:
    """An estate, and a browser signed in for each role at it."""

    site: Site
    estate: Registered
    clients: dict[Role, FlaskClient]

    @property
    def director(self) -> FlaskClient:
        return self.clients[Role.DIRECTOR]

    def made(self, how: str = "whole") -> UUID:
        """Put an assembly of this estate into the database at a step."""
        now = self.site.clock.now()
        with self.site.database.writing() as session:
            if how == "whole":
                return whole(session, self.estate, now)
            verb = {"reviewed": reviewed, "posted": posted}[how]
            return verb(session, self.estate, self.site.keys, now)

    def phase(self, assembly: UUID) -> str:
        with self.site.database.reading() as session:
            return assembly_of(session, assembly).phase


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = application(database_url, tmp_path_factory.mktemp("site"))
    yield made
    made.extensions["site"].database.close()


@pytest.fixture
def door(app: Flask) -> Door:
    """Return an estate of this test's own, with a browser for each of the roles that come here."""
    return opened(app, (Role.DIRECTOR, Role.STREET, Role.LIAISON))


def opened(app: Flask, roles: tuple[Role, ...]) -> Door:
    site: Site = app.extensions["site"]
    now = site.clock.now()
    names = {role: f"{role.name.lower()}-{uuid4().hex[:8]}" for role in roles}
    with site.database.writing() as session:
        estate = registered(session, now)
        for role, name in names.items():
            account = staff.open_account(session, name, role.value, PASSWORD, now=now)
            staff.grant(session, account, role, estate.node)
    return Door(site, estate, {role: signed_in(app, name) for role, name in names.items()})


def signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    # Each browser comes from an address of its own: tries are counted per address.
    address = f"10.{uuid4().int % 250}.{uuid4().int % 250}.{uuid4().int % 250}"
    client.environ_base["REMOTE_ADDR"] = address
    sent = {"username": name, "password": PASSWORD}
    assert client.post("/staff/sign-in", data=sent).status_code == 302
    return client


def test_an_assembly_is_created_and_leads_to_its_first_item(door: Door) -> None:
    address = f"/estates/{door.estate.estate}/assemblies/new"
    assert "召集业主大会会议" in door.director.get(address).text
    answer = door.director.post(address, data=DESCRIBED)
    page = door.director.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "还没有表决事项，请至少添加一项" in page.text
    assert "编辑表决事项" in page.text


def test_a_missing_word_is_said_at_its_field(door: Door) -> None:
    address = f"/estates/{door.estate.estate}/assemblies/new"
    answer = door.director.post(address, data={**DESCRIBED, "place": " "})
    assert answer.status_code == 422
    assert "服务点" in answer.text
    assert 'value="2026年第一次业主大会会议"' in answer.text


def test_the_nine_matters_stand_with_their_thresholds(door: Door) -> None:
    text = door.director.get(f"/assemblies/{door.made()}/items/new").text
    assert all(matter.zh in text for matter in Matter)
    assert text.count("四分之三以上") == 6
    assert text.count("民法典第278条第2款") == 9


@pytest.mark.parametrize(
    "address", ["0/decision", "10/decision", "1/choice", "9/election", "3/vote"]
)
def test_a_matter_that_the_law_has_not_is_not_found(door: Door, address: str) -> None:
    assembly = door.made()
    assert door.director.get(f"/assemblies/{assembly}/items/new/{address}").status_code == 404


def test_a_fund_item_is_added_with_its_shares(door: Door) -> None:
    assembly = door.made()
    answer = door.director.post(f"/assemblies/{assembly}/items/new/5/decision", data=FUND)
    assert answer.status_code == 302, answer.text
    text = door.director.get(answer.headers["Location"]).text
    assert "186,000.07 元" in text
    assert "44,374.06 元" in text
    assert "费用分摊清册.csv" in text
    assert "至少 2 户、249.35 ㎡ 参与表决" in text


FUND_ERRORS = {
    "an amount with three decimals": ({"budget": "1.234"}, "最多两位小数"),
    "no amount": ({"budget": ""}, "预算：请填写这一项"),
    "an account that is none": ({"account": "私账"}, "列支账户"),
    "buildings chosen, none ticked": ({"buildings": ""}, "楼栋"),
    "a building that is not there": ({"buildings": "9号楼"}, "楼栋"),
    "a use that nobody in the scope has": ({"uses": "parking"}, "分摊范围里没有房屋"),
    "no text": ({"text": "  "}, "内容说明"),
}


@pytest.mark.parametrize(("changed", "said"), FUND_ERRORS.values(), ids=FUND_ERRORS)
def test_an_item_is_refused_at_its_field(door: Door, changed: dict[str, str], said: str) -> None:
    assembly = door.made()
    answer = door.director.post(
        f"/assemblies/{assembly}/items/new/5/decision", data={**FUND, **changed}
    )
    assert answer.status_code == 422
    assert said in answer.text
    with door.site.database.reading() as session:
        assert len(items_of(session, assembly)) == 3


def test_one_more_row_is_given_without_losing_what_was_typed(door: Door) -> None:
    address = f"/assemblies/{door.made()}/items/new/4/choice"
    sent = {"title": "选聘", "more": "yes"}
    sent |= {f"options-{row}-label": name for row, name in enumerate(("甲物业", "乙物业", ""))}
    answer = door.director.post(address, data=sent)
    assert answer.status_code == 200
    assert 'value="甲物业"' in answer.text
    assert "options-3-label" in answer.text


def test_an_item_changes_and_keeps_what_was_not_touched(door: Door) -> None:
    assembly = door.made()
    with door.site.database.reading() as session:
        company = items_of(session, assembly)[1]
    address = f"/assemblies/{assembly}/items/{company.id}/edit"
    form = door.director.get(address).text
    assert 'value="甲物业（示例）"' in form
    assert 'value="1.80"' in form
    sent = {
        "title": "选聘物业",
        "text": "请选一家。",
        "months": "24",
        "contract": "见附件",
        "options-0-label": "丙物业",
        "options-0-price": "2",
        "options-1-label": "",
    }
    assert door.director.post(address, data=sent).status_code == 302
    with door.site.database.reading() as session:
        changed = items_of(session, assembly)[1]
    assert (changed.id, changed.number, changed.title) == (company.id, 2, "选聘物业")
    assert [option.label for option in changed.options] == ["丙物业"]


def test_items_move_and_leave(door: Door) -> None:
    assembly = door.made()
    with door.site.database.reading() as session:
        first, second, _ = items_of(session, assembly)
    door.director.post(f"/assemblies/{assembly}/items/{second.id}/up")
    door.director.post(f"/assemblies/{assembly}/items/{first.id}/remove")
    with door.site.database.reading() as session:
        left = items_of(session, assembly)
    assert (left[0].id, len(left)) == (second.id, 2)


def test_papers_are_attached_handed_out_and_taken_off(door: Door) -> None:
    assembly = door.made()
    with door.site.database.reading() as session:
        rules = items_of(session, assembly)[2]
    address = f"/assemblies/{assembly}/items/{rules.id}/papers"
    files = MultiDict(
        [
            ("papers", (io.BytesIO(PDF), "修改对照表.pdf")),
            ("papers", (io.BytesIO(PNG), "照片.png")),
        ]
    )
    assert door.director.post(address, data=files).status_code == 302
    with door.site.database.reading() as session:
        papers = items_of(session, assembly)[2].attachments
    assert [one.name for one in papers] == ["修改对照表.pdf", "照片.png"]
    got = door.clients[Role.LIAISON].get(f"/assemblies/{assembly}/papers/{papers[0].id}")
    assert got.data == PDF
    assert got.mimetype == "application/pdf"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert door.director.post(f"{address}/{papers[0].id}/remove").status_code == 302
    assert door.director.get(f"/assemblies/{assembly}/papers/{papers[0].id}").status_code == 404


def test_a_lying_paper_is_refused_at_the_form_and_nothing_is_kept(door: Door) -> None:
    assembly = door.made()
    with door.site.database.reading() as session:
        rules = items_of(session, assembly)[2]
    files = MultiDict(
        [("papers", (io.BytesIO(PNG), "好.png")), ("papers", (io.BytesIO(PDF), "坏.png"))]
    )
    answer = door.director.post(f"/assemblies/{assembly}/items/{rules.id}/papers", data=files)
    assert answer.status_code == 422
    assert "内容是 PDF 文件，和文件名不一致" in answer.text
    with door.site.database.reading() as session:
        assert items_of(session, assembly)[2].attachments == ()


def test_no_file_at_all_is_said(door: Door) -> None:
    assembly = door.made()
    with door.site.database.reading() as session:
        rules = items_of(session, assembly)[2]
    answer = door.director.post(f"/assemblies/{assembly}/items/{rules.id}/papers", data={})
    assert answer.status_code == 422
    assert "请先选择文件" in answer.text


def test_the_rules_screen_shows_every_parameter_and_what_is_unverified(door: Door) -> None:
    text = door.director.get(f"/assemblies/{door.made()}/rules").text
    assert "全部规则参数" in text
    assert "《中华人民共和国民法典》第二百七十八条第二款" in text
    assert "待核" in text
    assert "送达证明在以后的版本提供" in text


def test_rules_are_recorded(door: Door) -> None:
    assembly = door.made()
    move = {
        "moves-0-name": "quorum_heads",
        "moves-0-value": "3/4",
        "moves-0-clause": "第九条　四分之三。",
    }
    answer = door.director.post(f"/assemblies/{assembly}/rules", data={**RULES, **move})
    assert answer.status_code == 302, answer.text
    with door.site.database.reading() as session:
        house = assembly_of(session, assembly).house
    assert house is not None
    assert [one.clause for one in house.moves] == ["第九条　四分之三。"]
    assert "3/4" in door.director.get(f"/assemblies/{assembly}/rules").text


RULE_ERRORS = {
    "no rule on voting twice": ({"revote": ""}, "同一业主投了两次：请填写这一项"),
    "a rule without its clause": ({"proxies_clause": " "}, "条款原文：请填写这一项"),
    "silence deemed consent": ({"silence": "deemed"}, "没有投票的业主"),
    "proxies that are no number": ({"proxies": "三"}, "一人最多接受几位业主委托"),
    "an extension beyond a year": ({"extension": "367"}, "0 到 366"),
    "dwellings left out": ({"uses": ["shop"]}, "哪些房屋计入表决权：这一条低于或改变了法定要求"),
    "parking without a clause": (
        {"uses": ["dwelling", "shop", "parking"]},
        "须抄录议事规则的条款原文",
    ),
    "a quorum of half": (
        {"moves-0-name": "quorum_heads", "moves-0-value": "1/2", "moves-0-clause": "第九条"},
        "《中华人民共和国民法典》第二百七十八条第二款",
    ),
    "a share that is no fraction": (
        {"moves-0-name": "quorum_heads", "moves-0-value": "75%", "moves-0-clause": "第九条"},
        "请写成分数",
    ),
    "days that are none": (
        {"moves-0-name": "notice_days", "moves-0-value": "二十", "moves-0-clause": "第九条"},
        "请填写天数",
    ),
    "a stricter rule without its clause": (
        {"moves-0-name": "notice_days", "moves-0-value": "20"},
        "另定的，须抄录",
    ),
    "a parameter that may not move": (
        {"moves-0-name": "written_proxy", "moves-0-value": "1", "moves-0-clause": "第九条"},
        "请从列表中选择",
    ),
}


@pytest.mark.parametrize(("changed", "said"), RULE_ERRORS.values(), ids=RULE_ERRORS)
def test_rules_are_refused_at_their_field(
    door: Door, changed: dict[str, object], said: str
) -> None:
    assembly = door.made()
    answer = door.director.post(f"/assemblies/{assembly}/rules", data={**RULES, **changed})
    assert answer.status_code == 422
    assert said in answer.text


def walls(dates: Dates) -> dict[str, str]:
    moments = {"post": dates.post, "opens": dates.opens, "closes": dates.closes}
    return {name: f"{in_china(one):%Y-%m-%dT%H:%M}" for name, one in moments.items()}


def test_the_calendar_proposes_and_takes_its_own_proposal(door: Door) -> None:
    assembly, now = door.made(), door.site.clock.now()
    start = in_china(now).date() + timedelta(days=7)
    text = door.director.get(f"/assemblies/{assembly}/calendar?start={start}").text
    assert f'value="{start}T09:00"' in text
    assert "《物业管理条例》第十四条第一款" in text
    sent = walls(lawful_dates(now + timedelta(days=7)))
    assert all(f'value="{one}"' in text for one in sent.values())
    assert door.director.post(f"/assemblies/{assembly}/calendar", data=sent).status_code == 302


def test_a_start_that_is_no_day_is_passed_over(door: Door) -> None:
    assembly = door.made()
    assert door.director.get(f"/assemblies/{assembly}/calendar?start=2026-02-30").status_code == 200


def test_an_unlawful_date_is_said_at_its_field(door: Door) -> None:
    assembly, dates = door.made(), lawful_dates(door.site.clock.now())
    early = Dates(dates.post, dates.opens - timedelta(days=2), dates.closes)
    answer = door.director.post(f"/assemblies/{assembly}/calendar", data=walls(early))
    assert answer.status_code == 422
    assert "投票开始：投票开始时间定在" in answer.text
    assert "太早" in answer.text
    assert "《物业管理条例》第十四条第一款" in answer.text


@pytest.mark.parametrize("closes", ["", "gestern", "2026-02-30T20:00"])
def test_what_is_no_date_is_said(door: Door, closes: str) -> None:
    assembly = door.made()
    sent = {**walls(lawful_dates(door.site.clock.now())), "closes": closes}
    answer = door.director.post(f"/assemblies/{assembly}/calendar", data=sent)
    assert answer.status_code == 422
    assert "投票截止：" in answer.text


def test_a_vote_that_closes_before_it_opens_is_said(door: Door) -> None:
    assembly, dates = door.made(), lawful_dates(door.site.clock.now())
    turned = Dates(dates.post, dates.closes, dates.opens)
    answer = door.director.post(f"/assemblies/{assembly}/calendar", data=walls(turned))
    assert answer.status_code == 422
    assert "投票截止要在投票开始之后" in answer.text


def test_the_street_answers_and_the_convener_posts(door: Door) -> None:
    assembly = door.made()
    street, address = door.clients[Role.STREET], f"/assemblies/{assembly}"
    assert "您的答复" in street.get(f"{address}/review").text
    unsaid = street.post(f"{address}/review", data={"kind": "remarks", "text": ""})
    assert unsaid.status_code == 422
    assert "请写明意见内容" in unsaid.text
    assert street.post(f"{address}/review", data={"kind": "consent"}).status_code == 302
    assert "街道办事处（街道办事处）：没有意见" in door.director.get(address).text
    assert "请先核对，再勾选" in door.director.post(f"{address}/post", data={}).text
    assert door.phase(assembly) == "reviewed"
    assert door.director.post(f"{address}/post", data={"read": "y"}).status_code == 302
    assert door.phase(assembly) == "posted"
    assert "查看名册和异议" in door.director.get(address).text


def test_the_convener_records_that_the_community_was_told(door: Door) -> None:
    assembly, now = door.made(), in_china(door.site.clock.now())
    page = door.director.get(f"/assemblies/{assembly}/review").text
    assert "告知了谁" in page
    sent = {"by": "和平里社区居委会", "told": f"{now:%Y-%m-%dT%H:%M}", "kind": "told"}
    future = {**sent, "told": f"{now + timedelta(days=1):%Y-%m-%dT%H:%M}"}
    answer = door.director.post(f"/assemblies/{assembly}/review", data=future)
    assert "告知时间不能晚于现在" in answer.text
    assert door.director.post(f"/assemblies/{assembly}/review", data=sent).status_code == 302
    assert door.phase(assembly) == "reviewed"


def test_what_is_missing_is_said_before_the_notice(door: Door) -> None:
    address = f"/estates/{door.estate.estate}/assemblies/new"
    made = door.director.post(address, data=DESCRIBED).headers["Location"]
    for page in ("review", "post"):
        text = door.director.get(f"{made}/{page}").text
        assert "还差 3 样" in text
        assert "同一业主投了两次以哪一票为准" in text
    refused = door.director.post(f"{made}/post", data={"read": "y"})
    assert refused.status_code == 422
    assert "还没有表决事项" in refused.text


def test_after_the_posting_every_form_is_closed(door: Door) -> None:
    assembly = door.made("posted")
    with door.site.database.reading() as session:
        one = items_of(session, assembly)[0]
    base = f"/assemblies/{assembly}"
    for address, sent in (
        (f"{base}/edit", DESCRIBED),
        (f"{base}/rules", RULES),
        (f"{base}/calendar", walls(lawful_dates(door.site.clock.now()))),
        (f"{base}/items/new/5/decision", FUND),
        (f"{base}/items/{one.id}/edit", FUND),
        (f"{base}/items/{one.id}/remove", {}),
        (f"{base}/items/{one.id}/up", {}),
    ):
        answer = door.director.post(address, data=sent)
        assert answer.status_code == 409, address
        assert "另开一次会议" in answer.text
    for page in ("rules", "calendar", "items", f"items/{one.id}"):
        text = door.director.get(f"{base}/{page}").text
        assert '<button class="button primary"' not in text, page


def test_a_draft_notice_is_for_staff_and_the_posted_one_for_everybody(
    app: Flask, door: Door
) -> None:
    assembly = door.made("reviewed")
    address = f"/assemblies/{assembly}/notice.pdf"
    stranger = app.test_client()
    assert stranger.get(address).status_code == 302
    draft = door.director.get(address)
    assert "草稿" in PdfReader(io.BytesIO(draft.data)).pages[0].extract_text()
    door.director.post(f"/assemblies/{assembly}/post", data={"read": "y"})
    answer = stranger.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "草稿" not in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()


PAGES = ("", "/items", "/rules", "/calendar", "/review")
CONVENERS_PAGES = ("/edit", "/items/new", "/items/new/5/decision", "/post")


def test_the_director_of_another_estate_is_refused_every_page(app: Flask, door: Door) -> None:
    assembly = door.made("reviewed")
    foreign = opened(app, (Role.DIRECTOR, Role.STREET))
    with door.site.database.reading() as session:
        one = items_of(session, assembly)[0]
    base = f"/assemblies/{assembly}"
    own = (f"/items/{one.id}", f"/items/{one.id}/edit", f"/papers/{one.attachments[0].id}")
    for client in foreign.clients.values():
        for page in (*PAGES, *CONVENERS_PAGES, *own, "/notice.pdf"):
            assert client.get(f"{base}{page}").status_code == 403, page
        for page in (*PAGES[2:], *CONVENERS_PAGES[2:], *own[1:2], f"/items/{one.id}/remove"):
            assert client.post(f"{base}{page}", data={"read": "y"}).status_code == 403, page
    new = f"/estates/{door.estate.estate}/assemblies/new"
    assert foreign.director.post(new, data=DESCRIBED).status_code == 403
    assert door.phase(assembly) == "reviewed"


def test_who_may_only_look_is_offered_no_form_and_refused_to_send_one(door: Door) -> None:
    assembly, liaison = door.made(), door.clients[Role.LIAISON]
    base = f"/assemblies/{assembly}"
    for page in PAGES[:4]:
        answer = liaison.get(f"{base}{page}")
        assert answer.status_code == 200
        assert 'method="post"' not in answer.text.partition("<main")[2]
    for page in CONVENERS_PAGES:
        assert liaison.get(f"{base}{page}").status_code == 403
    for page in PAGES[2:]:
        assert liaison.post(f"{base}{page}", data={}).status_code == 403


def test_the_street_may_answer_and_not_edit(door: Door) -> None:
    assembly, street = door.made(), door.clients[Role.STREET]
    for page in (*CONVENERS_PAGES, "/rules", "/calendar"):
        assert street.post(f"/assemblies/{assembly}{page}", data={}).status_code in {403, 405}


def test_an_unknown_assembly_is_not_found(door: Door) -> None:
    for page in (*PAGES, *CONVENERS_PAGES, "/notice.pdf"):
        assert door.director.get(f"/assemblies/{uuid4()}{page}").status_code == 404


def test_a_paper_of_another_assembly_is_not_found(door: Door) -> None:
    mine, other = door.made(), door.made()
    with door.site.database.reading() as session:
        paper = items_of(session, other)[0].attachments[0]
    assert door.director.get(f"/assemblies/{mine}/papers/{paper.id}").status_code == 404


def test_listed_parts_are_picked_from_the_register(door: Door) -> None:
    assembly = door.made()
    part = door.estate.parts["1号楼1单元101"]
    address = f"/assemblies/{assembly}/items/new/9/decision"
    assert str(part) in door.director.get(address).text
    sent = {"title": "加装扶手", "text": "为 101 加装。", "scope": "parts", "parts": str(part)}
    page = door.director.post(address, data=sent, follow_redirects=True)
    assert "所列 1 个专有部分的业主" in page.text
    with door.site.database.reading() as session:
        made = items_of(session, assembly)[-1]
    form = door.director.get(f"/assemblies/{assembly}/items/{made.id}/edit").text
    assert f'value="{part}" checked' in form


def test_entrances_are_picked_from_the_register(door: Door) -> None:
    assembly = door.made()
    sent = {"title": "换门禁", "text": "换门禁。", "scope": "entrances", "entrances": ["0", "2"]}
    answer = door.director.post(f"/assemblies/{assembly}/items/new/9/decision", data=sent)
    assert answer.status_code == 302
    with door.site.database.reading() as session:
        made = items_of(session, assembly)[-1]
    assert made.scope.entrances == (("1号楼", "1单元"), ("2号楼", "1单元"))
    form = door.director.get(f"/assemblies/{assembly}/items/{made.id}/edit").text
    assert form.count("checked") >= 3
