"""Items of all nine matters: their thresholds in words and numbers, scope, shares, order."""

import csv
import io
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from assemblies.agendas.queries.assemblies import ItemView, assembly_of, item_views, paper_of
from assemblies.agendas.queries.register import PartLine, Register
from assemblies.agendas.services.attachments import MOST_PAPERS, attach, detach
from assemblies.agendas.services.drafts import (
    AmendmentDraft,
    FundDraft,
    HiringDraft,
    ItemDraft,
    OptionDraft,
)
from assemblies.agendas.services.items import (
    MOST_ITEMS,
    MOST_OPTIONS,
    add_item,
    change_item,
    kinds_of,
    move_item_up,
    remove_item,
)
from assemblies.agendas.services.rules import record_rules
from assemblies.foundation.refusals import Incomplete, NotFound
from assemblies.foundation.uploads import LARGEST, Upload
from assemblies.records.details import FundPlan, PartShare
from assemblies.records.share_lists import divided, share_list
from tests.support.agendas import drafted, item
from tests.support.households import PDF, PNG
from tests.support.laws import house
from tests.support.registers import Registered
from voting.agenda import ItemKind
from voting.canonical import JSON, sha256_hex
from voting.law.majorities import Count
from voting.law.matters import Matter
from voting.scope import Scope, ScopeKind

GRAVE = {Matter.FUND_RAISE, Matter.REBUILDING, Matter.COMMON_PARTS}
BUILDING_1 = Scope(ScopeKind.BUILDINGS, buildings=("1号楼",))


def only(session: Session, assembly: UUID, now: datetime) -> ItemView:
    (one,) = item_views(session, assembly_of(session, assembly), now=now)
    return one


@pytest.mark.parametrize("matter", Matter)
def test_every_matter_says_its_threshold_with_its_clause_and_numbers(
    session: Session, estate: Registered, now: datetime, matter: Matter
) -> None:
    assembly = drafted(session, estate, now)
    add_item(session, assembly, item(matter, scope=Scope()))
    needs = only(session, assembly, now).needs
    assert "本小区专有部分面积三分之二以上、且人数三分之二以上的业主参与表决" in needs.words
    assert ("四分之三以上" in needs.words) is (matter in GRAVE)
    assert ("过半数" in needs.words) is (matter not in GRAVE)
    assert "民法典第278条第2款" in needs.words
    # 692.35 ㎡ and 5 heads: 2/3 is 461.5666 and 3.33; then half or three quarters of those.
    assert needs.entitled == Count(5, 692_35)
    assert needs.quorum == Count(4, 461_57)
    assert needs.agree == (Count(3, 346_18) if matter in GRAVE else Count(3, 230_79))
    assert needs.quorum_zh == "至少 4 户、461.57 ㎡ 参与表决"


SCOPES = {
    "the whole estate": (Scope(), Count(5, 692_35), "本小区"),
    "a building": (BUILDING_1, Count(3, 374_02), "1号楼"),
    "an entrance, its two flats one owner's": (
        Scope(ScopeKind.ENTRANCES, entrances=(("1号楼", "2单元"),)),
        Count(1, 164_24),
        "1号楼2单元",
    ),
    "two buildings, the developer one head": (
        Scope(ScopeKind.BUILDINGS, buildings=("1号楼", "2号楼")),
        Count(5, 692_35),
        "1号楼、2号楼",
    ),
}


@pytest.mark.parametrize(("scope", "entitled", "named"), SCOPES.values(), ids=SCOPES)
def test_a_scope_counts_its_own_heads_and_area(
    session: Session, estate: Registered, now: datetime, scope: Scope, entitled: Count, named: str
) -> None:
    assembly = drafted(session, estate, now)
    add_item(session, assembly, item(Matter.OTHER, scope=scope))
    needs = only(session, assembly, now).needs
    assert needs.entitled == entitled
    assert needs.words.startswith(f"须有{named}专有部分面积")


def test_listed_parts_are_a_scope(session: Session, estate: Registered, now: datetime) -> None:
    assembly = drafted(session, estate, now)
    parts = frozenset({estate.parts["1号楼1单元101"], estate.parts["1号楼1单元102"]})
    add_item(session, assembly, item(scope=Scope(ScopeKind.PARTS, parts=parts)))
    needs = only(session, assembly, now).needs
    assert needs.entitled == Count(2, 209_78)
    assert "所列 2 处房屋" in needs.words


def test_parking_counts_only_where_the_estates_rules_say_so(
    session: Session, estate: Registered, now: datetime
) -> None:
    assembly = drafted(session, estate, now)
    add_item(session, assembly, item())
    uses: list[JSON] = ["dwelling", "shop", "parking", "storage"]
    record_rules(session, assembly, "shandong", house(uses=uses, uses_clause="车位计入。"), now=now)
    # 王一 has a bay beside the flat and stays one head; 孙七 has only a storeroom and becomes one.
    assert only(session, assembly, now).needs.entitled == Count(6, 711_30)


REFUSED: dict[str, tuple[ItemDraft, str]] = {
    "without a title": (item(title=" "), "事项名称"),
    "without a text": (item(text="\n"), "事项内容"),
    "an election of anything but a committee": (
        item(kind=ItemKind.ELECTION, options=(OptionDraft("甲"),), seats=1),
        "不能用这种方式",
    ),
    "rules chosen among several": (
        item(Matter.RULES, kind=ItemKind.CHOICE, options=(OptionDraft("甲"),)),
        "不能用这种方式",
    ),
    "a committee for one building": (item(Matter.COMMITTEE, scope=BUILDING_1), "全体业主"),
    "a company for one building": (item(Matter.MANAGER, scope=BUILDING_1), "全体业主"),
    "the fund without a plan": (item(Matter.FUND_USE, details=None), "专门内容"),
    "a company without a contract": (item(Matter.MANAGER, details=None), "专门内容"),
    "rules without a draft": (item(Matter.RULES, details=None), "专门内容"),
    "a plan where none belongs": (item(details=AmendmentDraft("草案")), "专门内容"),
    "a decision with options": (item(options=(OptionDraft("甲"),)), "不需要选项"),
    "a choice without options": (item(kind=ItemKind.CHOICE), "至少填写一个选项"),
    "an option without a name": (
        item(kind=ItemKind.CHOICE, options=(OptionDraft("甲"), OptionDraft(" "))),
        "不能空着",
    ),
    "an option twice": (
        item(kind=ItemKind.CHOICE, options=(OptionDraft("甲"), OptionDraft("甲 "))),
        "名称相同",
    ),
    "more options than a page holds": (
        item(
            kind=ItemKind.CHOICE,
            options=tuple(OptionDraft(f"方案{n}") for n in range(MOST_OPTIONS + 1)),
        ),
        "最多 40 个",
    ),
    "more seats than candidates": (item(Matter.COMMITTEE, seats=4), "应选人数"),
    "no seat": (item(Matter.COMMITTEE, seats=0), "应选人数"),
    "seats in a decision": (item(seats=1), "只有选举"),
    "a bidder without a price": (
        item(Matter.MANAGER, options=(OptionDraft("甲", "", 180), OptionDraft("乙"))),
        "报价",
    ),
    "a building that is not registered": (
        item(scope=Scope(ScopeKind.BUILDINGS, buildings=("1号楼", "9号楼"))),
        "名册上没有",
    ),
    "an entrance that is not registered": (
        item(scope=Scope(ScopeKind.ENTRANCES, entrances=(("1号楼", "9单元"),))),
        "名册上没有",
    ),
    "a part that is not registered": (
        item(scope=Scope(ScopeKind.PARTS, parts=frozenset({uuid4()}))),
        "名册上没有",
    ),
    "nothing picked": (item(scope=Scope(ScopeKind.PARTS)), "还没有房屋"),
    "a cost that nobody bears": (
        item(Matter.FUND_USE, details=FundDraft("屋面", 1, "甲", "幢账", ("parking",))),
        "分摊范围里没有房屋",
    ),
}


@pytest.mark.parametrize(("draft", "said"), REFUSED.values(), ids=REFUSED)
def test_an_item_is_refused(
    session: Session, estate: Registered, now: datetime, draft: ItemDraft, said: str
) -> None:
    assembly = drafted(session, estate, now)
    with pytest.raises(Incomplete) as refused:
        add_item(session, assembly, draft)
    assert said in refused.value.said
    assert item_views(session, assembly_of(session, assembly), now=now) == ()


def test_a_kind_that_the_matter_has_is_taken(
    session: Session, estate: Registered, now: datetime
) -> None:
    assembly = drafted(session, estate, now)
    for matter in Matter:
        assert ItemKind.DECISION in kinds_of(matter)
    add_item(
        session, assembly, item(Matter.MANAGER, kind=ItemKind.DECISION, options=(), details=None)
    )
    assert only(session, assembly, now).facts == ()


def test_an_agenda_has_an_end(session: Session, estate: Registered, now: datetime) -> None:
    assembly = drafted(session, estate, now)
    for number in range(MOST_ITEMS):
        add_item(session, assembly, item(title=f"事项 {number}"))
    with pytest.raises(Incomplete, match="分两次"):
        add_item(session, assembly, item())


def test_items_are_numbered_moved_and_removed(
    session: Session, estate: Registered, now: datetime
) -> None:
    assembly = drafted(session, estate, now)
    first, second, third = (add_item(session, assembly, item(title=one)) for one in "甲乙丙")

    def order() -> list[tuple[int, str]]:
        views = item_views(session, assembly_of(session, assembly), now=now)
        return [(one.item.number, one.item.title) for one in views]

    move_item_up(session, assembly, third)
    assert order() == [(1, "甲"), (2, "丙"), (3, "乙")]
    move_item_up(session, assembly, first)
    assert order() == [(1, "甲"), (2, "丙"), (3, "乙")]
    remove_item(session, assembly, first)
    assert order() == [(1, "丙"), (2, "乙")]
    change_item(session, assembly, second, item(title="乙改"))
    assert order() == [(1, "丙"), (2, "乙改")]


def test_an_item_of_another_assembly_is_not_found(
    session: Session, estate: Registered, now: datetime
) -> None:
    mine, other = drafted(session, estate, now), drafted(session, estate, now)
    foreign = add_item(session, other, item())
    for verb in (remove_item, move_item_up):
        with pytest.raises(NotFound):
            verb(session, mine, foreign)
    with pytest.raises(NotFound):
        change_item(session, mine, foreign, item())
    with pytest.raises(NotFound):
        attach(session, mine, foreign, Upload("方案.pdf", PDF))


def test_the_fund_item_shares_its_budget_to_the_fen(
    session: Session, estate: Registered, now: datetime
) -> None:
    assembly = drafted(session, estate, now)
    plan = FundDraft("屋面防水", 186_000_07, "示例防水公司", "幢账", ("dwelling", "shop"))
    made = add_item(session, assembly, item(Matter.FUND_USE, details=plan))
    one = only(session, assembly, now)
    assert one.item.id == made
    assert one.fund is not None
    # 89.23, 120.55, 89.23 and 75.01 of 374.02 ㎡, the two left-over fen to the largest remainders.
    assert [(share.label, share.fen) for share in one.fund.shares] == [
        ("1号楼1单元101", 44_374_06),
        ("1号楼1单元102", 59_949_49),
        ("1号楼2单元201", 44_374_06),
        ("1号楼2单元202", 37_302_46),
    ]
    assert sum(share.fen for share in one.fund.shares) == 186_000_07
    (paper,) = one.item.attachments
    assert (paper.name, paper.media_type) == ("费用分摊清册.csv", "text/csv")
    content = paper_of(session, assembly, paper.id).content
    assert paper.sha256 == sha256_hex(content)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["房屋", "专有部分面积（㎡）", "分摊金额（元）"]
    assert rows[-1] == ["合计", "374.02", "186000.07"]
    assert len(rows) == 6
    assert not any("示例" in cell for row in rows for cell in row), "a name in the share list"


def test_a_change_replaces_the_share_list_and_keeps_the_papers(
    session: Session, estate: Registered, now: datetime
) -> None:
    assembly = drafted(session, estate, now)
    made = add_item(session, assembly, item(Matter.FUND_USE))
    attach(session, assembly, made, Upload("预算.pdf", PDF))
    changed = FundDraft("屋面防水", 100_00, "示例防水公司", "幢账", ("dwelling",))
    change_item(session, assembly, made, item(Matter.FUND_USE, details=changed))
    papers = only(session, assembly, now).item.attachments
    assert [paper.name for paper in papers] == ["费用分摊清册.csv", "预算.pdf"]
    assert "合计,374.02,100.00" in paper_of(session, assembly, papers[0].id).content.decode()


def line(number: int, area: int) -> PartLine:
    return PartLine(
        id=UUID(int=number),
        building="1号楼",
        entrance="1单元",
        room=str(number),
        use="dwelling",
        area=area,
        with_developer=False,
        owners=frozenset("a"),
    )


@given(
    st.integers(1, 10**10),
    st.lists(st.integers(1, 10**6), min_size=1, max_size=40),
)
def test_shares_of_awkward_areas_sum_to_the_budget(budget: int, areas: list[int]) -> None:
    register = Register(tuple(line(number, area) for number, area in enumerate(areas, 1)))
    plan = divided(FundPlan("屋面", budget, "甲", "幢账", ("dwelling",)), Scope(), register)
    assert sum(share.fen for share in plan.shares) == budget
    assert [share.area for share in plan.shares] == areas
    assert FundPlan.read(plan.plain()) == plan  # type: ignore[arg-type]


def test_a_room_that_looks_like_a_formula_stays_text() -> None:
    share = PartShare(UUID(int=1), "=1+1", 100, 5)
    plan = FundPlan("屋面", 5, "甲", "幢账", ("dwelling",), (share,))
    assert "'=1+1,1.00,0.05" in share_list(plan).decode("utf-8-sig")


def test_papers_are_hashed_kept_and_taken_off(
    session: Session, estate: Registered, now: datetime
) -> None:
    assembly = drafted(session, estate, now)
    made = add_item(session, assembly, item())
    pdf = attach(session, assembly, made, Upload("方案.pdf", PDF))
    attach(session, assembly, made, Upload("照片.png", PNG))
    papers = only(session, assembly, now).item.attachments
    assert [(one.name, one.size, one.sha256) for one in papers] == [
        ("方案.pdf", len(PDF), sha256_hex(PDF)),
        ("照片.png", len(PNG), sha256_hex(PNG)),
    ]
    assert paper_of(session, assembly, pdf).content == PDF
    detach(session, assembly, made, pdf)
    assert [one.name for one in only(session, assembly, now).item.attachments] == ["照片.png"]
    with pytest.raises(NotFound):
        paper_of(session, assembly, pdf)
    with pytest.raises(NotFound):
        detach(session, assembly, made, pdf)


def test_the_same_paper_is_not_attached_twice(
    session: Session, estate: Registered, now: datetime
) -> None:
    assembly = drafted(session, estate, now)
    made = add_item(session, assembly, item())
    attach(session, assembly, made, Upload("方案.pdf", PDF))
    with pytest.raises(Incomplete, match="已经在这个事项下面"):
        attach(session, assembly, made, Upload("另一个名字.pdf", PDF))


def test_papers_have_a_limit_in_number_and_in_size(
    session: Session, estate: Registered, now: datetime
) -> None:
    assembly = drafted(session, estate, now)
    made = add_item(session, assembly, item())
    for number in range(MOST_PAPERS):
        attach(session, assembly, made, Upload("方案.pdf", PDF + b"%%EOF" * number))
    with pytest.raises(Incomplete, match="最多 10 份"):
        attach(session, assembly, made, Upload("方案.pdf", PDF + b"more %%EOF"))
    large = add_item(session, assembly, item(title="大附件"))
    for number in range(3):
        content = PDF.ljust(LARGEST - 16, b"\n") + f"{number}%%EOF".encode()
        attach(session, assembly, large, Upload("大.pdf", content))
    with pytest.raises(Incomplete, match="合计超过 40 MB"):
        attach(session, assembly, large, Upload("大.pdf", PDF.ljust(LARGEST - 5, b"\n") + b"%%EOF"))


def test_the_share_list_is_not_taken_off_by_hand(
    session: Session, estate: Registered, now: datetime
) -> None:
    assembly = drafted(session, estate, now)
    made = add_item(session, assembly, item(Matter.FUND_USE))
    (paper,) = only(session, assembly, now).item.attachments
    with pytest.raises(Incomplete, match="不能单独删除"):
        detach(session, assembly, made, paper.id)


def test_details_are_said_in_words(session: Session, estate: Registered, now: datetime) -> None:
    assembly = drafted(session, estate, now)
    for matter in (Matter.FUND_USE, Matter.MANAGER, Matter.RULES):
        add_item(session, assembly, item(matter))
    fund, company, rules = item_views(session, assembly_of(session, assembly), now=now)
    assert ("预算", "186,000.00 元") in fund.facts
    assert ("合同期限", "3 年") in company.facts
    assert company.hiring is not None
    assert company.hiring.price("1") == "1.80 元/㎡·月"
    assert rules.facts == (("草案全文", "第二十条　业主可以在截止前改投。"),)


def test_a_term_in_months_is_said(session: Session, estate: Registered, now: datetime) -> None:
    assembly = drafted(session, estate, now)
    add_item(session, assembly, item(Matter.MANAGER, details=HiringDraft(30, "见附件")))
    assert ("合同期限", "2 年 6 个月") in only(session, assembly, now).facts
