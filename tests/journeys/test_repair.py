"""A lift is repaired: from the first question to the posted settlement, and the street sees it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from assemblies.cli.affairs import pictures, stage
from assemblies.foundation.clock import in_china
from assemblies.meetings.drafts import Point
from assemblies.records.ledger import Account, AccountRecord, LineRecord, PostingRecord
from assemblies.records.logs import LogEntryRecord
from assemblies.records.people import NodeRecord
from assemblies.records.repairs import RepairRecord
from tests.journeys.estate_at_work import Work, at_work
from tests.journeys.people import Person, people_at
from tests.support.live import LiveSite
from voting.law.funds import shares
from voting.log import supervision
from voting.log.entries import Entry

POINTS = (
    Point("签订电梯大修合同", "业主大会表决通过后，与中选单位签订合同并用印。"),
    Point("印章管理办法", "用印须全体委员过半数签字，照片存档。"),
)
BUDGET, SETTLED = "198,000.01", "191,234.56"
TITLE = "1号楼电梯大修"
DESKS = ("director", "vice", "fourth", "keeper", "community", "street", "authority")


@pytest.fixture
def people(live_site: LiveSite, browser: Browser) -> Iterator[dict[str, Person]]:
    widths = dict.fromkeys(DESKS, 1280) | {"vice": 390, "keeper": 390}
    with people_at(live_site, browser, widths) as found:
        yield found


def test_a_lift_is_repaired_from_the_fund(live_site: LiveSite, people: dict[str, Person]) -> None:
    work = at_work(live_site, POINTS)
    for name in DESKS:
        people[name].sign_in(name)
    director = people["director"]
    project = begin(director, work)
    answer(director, project)
    plan(director, project)
    post(director, project)
    assembly = to_the_vote(director, work, project)
    posted = in_china(live_site.site.clock.now()).date() + timedelta(days=1)
    work.walk_to(work.hold(assembly, posted) + timedelta(hours=2))
    apply(director, project)
    for name in ("director", "community", "street", "authority"):
        station(people[name], project)
    advance(director, project)
    seal_contract(people, work, project)
    finish(director, project)
    require_exact_books(live_site)
    require_public_page(people["keeper"], project)
    street_looks(people["street"], work)


def begin(director: Person, work: Work) -> str:
    director.go(f"{work.estate}/repairs")
    director.follow("新建")
    director.fill(
        title=TITLE,
        reason="电梯使用十五年，检验要求更换曳引机和控制柜。",
        works="更换曳引机、控制柜、门机，轿厢整修。",
        common_part="1号楼的电梯，属1号楼业主共有",
        common_evidence="《民法典》第二百七十四条；竣工图电梯井道图。",
    )
    director.tick("scope", "buildings")
    director.tick("buildings", "1号楼")
    director.press("保存")
    return director.page.url.removeprefix(director.live.url(""))


def answer(director: Person, project: str) -> None:
    next_step(director, project, "回答该不该由维修资金出")
    rows = director.page.locator("input[type=radio][value=no]")
    for place in range(rows.count()):
        name = rows.nth(place).get_attribute("name") or ""
        director.tick(name, "no")
        director.page.fill(f"[name='{name.replace('applies', 'evidence')}']", "已查合同，不属于。")
    director.press("记下回答")


def plan(director: Person, project: str) -> None:
    next_step(director, project, "填写方案和预算")
    lines = (("曳引机和控制柜", "150,000.00"), ("安装调试", "40,000.01"), ("检验检测", "8,000.00"))
    for place, (what, fen) in enumerate(lines):
        director.page.fill(f"[name='lines-{place}-what']", what)
        director.page.fill(f"[name='lines-{place}-quantity']", "1 项")
        director.page.fill(f"[name='lines-{place}-fen']", fen)
    quotes = (("示例电梯工程有限公司", BUDGET), ("示例第二电梯公司", "215,000"))
    for place, (who, fen) in enumerate(quotes):
        director.page.fill(f"[name='quotes-{place}-who']", who)
        director.page.fill(f"[name='quotes-{place}-fen']", fen)
        hand_in(director, f"quotes-{place}-paper", paper(f"报价{place}.pdf"))
    director.fill(contractor="示例电梯工程有限公司", account="示例银行 6200 0000 0000 0001")
    hand_in(director, "photos", photograph("机房.png"))
    director.press("保存方案")
    expect(director.page.get_by_text("198,000.01 元").first).to_be_visible()


def post(director: Person, project: str) -> None:
    next_step(director, project, "公示方案")
    director.fill(place="1号楼大厅公告栏")
    hand_in(director, "photo", photograph("张贴.png"))
    press_primary(director)
    expect(director.page.get_by_text("1号楼大厅公告栏").first).to_be_visible()


def to_the_vote(director: Person, work: Work, project: str) -> UUID:
    director.go(f"{work.estate}/assemblies/new")
    director.fill(
        title="电梯大修专题会议",
        convener_name="和平里小区业主委员会",
        contact="0531-0000 0000",
        place="社区服务中心",
    )
    director.press("建立会议")
    assembly = UUID(director.page.url.rpartition("/assemblies/")[2].partition("/")[0])
    next_step(director, project, "交业主表决")
    director.press("列入议程")
    director.go(f"/assemblies/{assembly}/items")
    expect(director.page.get_by_text(TITLE).first).to_be_visible()
    return assembly


def apply(director: Person, project: str) -> None:
    next_step(director, project, "记入表决结果")
    director.press("记入表决结果")
    director.go(project)
    director.follow("记录业主意见")
    director.fill(said="收到两条咨询，已当面答复，没有反对意见。")
    hand_in(director, "photo", photograph("期满.png"))
    press_primary(director)
    next_step(director, project, "申请使用维修资金")
    press_primary(director)
    director.go(project)
    package = director.page.get_by_role("link", name="全套申请材料（PDF）")
    document = director.page.request.get(director.live.url(package.get_attribute("href") or ""))
    assert document.ok
    assert document.body().startswith(b"%PDF")


def station(officer: Person, project: str) -> None:
    next_step(officer, project, "审核申请")
    officer.tick("decision", "approve")
    officer.press("提交意见")


def advance(director: Person, project: str) -> None:
    next_step(director, project, "通知银行预付")
    director.fill(amount="138,600.00")
    press_primary(director)
    bank_paid(director, project)


def bank_paid(director: Person, project: str) -> None:
    next_step(director, project, "记入银行回单")
    hand_in(director, "advice", paper("银行回单.pdf"))
    press_primary(director)


def seal_contract(people: dict[str, Person], work: Work, project: str) -> None:
    director = people["director"]
    director.go(project)
    director.follow("合同申请用印")
    director.follow("和平里小区业主委员会")
    assert director.page.input_value("[name=title]") == f"{TITLE}施工合同"
    hand_in(director, "document", paper("合同.pdf"))
    director.fill(
        copies="2",
        purpose="签订施工合同",
        receiver="示例电梯工程有限公司",
        covers="会议同意在业主表决通过后签订这份合同。",
    )
    director.page.locator("label", has_text="签订电梯大修合同").first.click()
    director.press("提交申请")
    use = director.page.url.removeprefix(director.live.url(""))
    for name in ("director", "vice", "fourth"):
        people[name].go(use)
        people[name].press("同意用印，签字")
    keeper = people["keeper"]
    keeper.go(use)
    keeper.fill(copies="2")
    hand_in(keeper, "photographs", photograph("盖章页.png"))
    keeper.press("我已盖章")
    keeper.fill(witness=work.name("fourth"))
    keeper.press("办结")
    expect(keeper.page.get_by_text("已办结").first).to_be_visible()


def finish(director: Person, project: str) -> None:
    next_step(director, project, "完工验收")
    director.fill(by="监理张工", representatives="1单元101、1单元201")
    hand_in(director, "papers", photograph("验收.png"))
    press_primary(director)
    next_step(director, project, "结算")
    director.fill(total=SETTLED)
    hand_in(director, "papers", paper("结算书.pdf"))
    press_primary(director)
    next_step(director, project, "付清余款")
    press_primary(director)
    bank_paid(director, project)
    next_step(director, project, "公示结算")
    director.fill(place="1号楼大厅公告栏")
    hand_in(director, "photo", photograph("结算公示.png"))
    press_primary(director)
    director.go(project)
    expect(director.page.get_by_text("项目已经办结")).to_be_visible()


def require_exact_books(live: LiveSite) -> None:
    """Every part bore its share of the settlement to the fen, and the parts are the account."""
    with live.site.database.reading() as session:
        repair = session.execute(select(RepairRecord)).scalar_one()
        areas = {one.part_id: one.area_dm2 for one in repair.shares}
        lines = session.execute(
            select(LineRecord.part_id, LineRecord.amount_fen)
            .join(PostingRecord, LineRecord.posting_id == PostingRecord.id)
            .where(PostingRecord.kind != "opening")
        ).all()
        borne: dict[UUID, int] = {}
        for part, fen in lines:
            borne[part] = borne.get(part, 0) - fen
        assert borne == shares(19_123_456, areas)
        fund = select(AccountRecord).where(AccountRecord.kind == Account.FUND.value)
        held = session.execute(select(LineRecord.amount_fen)).scalars().all()
        assert session.execute(fund).scalar_one().balance_fen == sum(held)


def require_public_page(owner: Person, project: str) -> None:
    owner.page.context.clear_cookies()
    owner.go(f"/board/repairs/{project.rpartition('/')[2]}")
    expect(owner.page.get_by_text("191,234.56").first).to_be_visible()
    assert "6200 0000 0000 0001" not in owner.page.content()


def street_looks(street: Person, work: Work) -> None:
    """Open console, record and the month's table: every step is there, the numbers are right."""
    street.go("/console")
    expect(street.page.get_by_text("和平里小区").first).to_be_visible()
    seen = whole_record(street, work)
    with work.live.site.database.reading() as session:
        told = {
            Entry.parse(one.data).kind for one in session.execute(select(LogEntryRecord)).scalars()
        }
    wanted = "begun posted voted applied approved advanced accepted settled paid closed"
    assert {f"repair.{word}" for word in wanted.split()} <= told
    assert {"seal.applied", "seal.approved", "seal.stamped", "seal.closed"} <= told
    assert {"assembly.posted", "assembly.published", "fund.opened"} <= told
    unseen = [kind for kind in told & set(supervision.WORDS) if supervision.WORDS[kind] not in seen]
    assert unseen in ([], [supervision.CREATED])
    month = in_china(work.live.site.clock.now())
    node = street_node(work)
    street.go(f"/console/months/{node}/{month.year}-{month.month:02d}")
    row = street.page.locator("tr", has_text="实现业主决策事项电子化表决").first
    expect(row).to_contain_text("是")
    # Entered from its papers and not filed here: the table counts what was filed, and says so.
    party = street.page.locator("tr", has_text="党员委员占比不低于 60% 的业委会数").first
    expect(party).to_contain_text("在已备案的 0 个业委会中")


def whole_record(street: Person, work: Work) -> str:
    """Turn the pages of the record and return all their words."""
    street.go(f"{work.estate}/supervision")
    words = street.page.inner_text("main")
    while street.page.get_by_role("link", name="下一页").count():
        street.page.get_by_role("link", name="下一页").first.click()
        street.page.wait_for_load_state()
        words += street.page.inner_text("main")
    return words


def street_node(work: Work) -> UUID:
    with work.live.site.database.reading() as session:
        found = select(NodeRecord.id).where(NodeRecord.kind == "street")
        return session.execute(found).scalar_one()


def next_step(person: Person, project: str, title: str) -> None:
    """Open the project and follow its one next step, which must be this."""
    person.go(project)
    expect(person.page.get_by_text(f"下一步：{title}")).to_be_visible()
    person.page.get_by_role("link", name=title, exact=True).first.click()
    person.page.wait_for_load_state()
    person.look()


def press_primary(person: Person) -> None:
    person.page.locator("main button.primary, .actions button.primary").first.click()
    person.page.wait_for_load_state()
    assert person.page.locator(".error-summary").count() == 0, person.page.inner_text("main")
    person.look()


def hand_in(person: Person, name: str, file: dict[str, object]) -> None:
    person.page.set_input_files(f"[name='{name}']", file)  # type: ignore[arg-type]


def photograph(name: str) -> dict[str, object]:
    return {"name": name, "mimeType": "image/png", "buffer": pictures.stamped().content}


def paper(name: str) -> dict[str, object]:
    made = stage.paper(name, name, "示例单位", ("演示材料。",), datetime(2026, 1, 1, tzinfo=UTC))
    return {"name": name, "mimeType": "application/pdf", "buffer": made.content}
