"""Seven are elected from nine, with flags and no veto; they are filed; one of them leaves."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from assemblies.cli.affairs import office
from assemblies.cli.affairs.stage import Stage
from assemblies.cli.affairs.standing import room_of
from assemblies.cli.demo_people import invented_name
from assemblies.cli.demo_staff import ELECTED
from assemblies.committees import drafts
from assemblies.committees.queries.found import departments
from assemblies.committees.services import candidates, members
from assemblies.foundation.acting import Acting
from assemblies.foundation.clock import in_china
from assemblies.records.assemblies import ItemRecord
from assemblies.records.committees import CandidateRecord, MemberRecord, members_in_office
from assemblies.records.oversight import InquiryRecord
from assemblies.records.rules import rules_for
from tests.journeys.estate_at_work import Work, settled
from tests.journeys.people import Person, people_at
from tests.journeys.test_repair import hand_in, paper, photograph, press_primary
from tests.support.live import LiveSite
from voting.agenda import Item, ItemKind
from voting.ballot import Choice
from voting.tally import AGAINST, AGREE

SEATS, PARTY = 7, 4
DESKS = ("director", "vice", "keeper", "fourth", "street", "authority")
# The five with sign-ins first, then two more who win, then two who do not.
NUMBERS = (*ELECTED, 58, 8, 11, 17)
NAMES = tuple(invented_name(number) for number in NUMBERS)
LEAVING = NAMES[6]


@pytest.fixture
def people(live_site: LiveSite, browser: Browser) -> Iterator[dict[str, Person]]:
    widths = dict.fromkeys(DESKS, 1280) | {"fourth": 390}
    with people_at(live_site, browser, widths) as found:
        yield found


def test_seven_of_nine_are_elected_and_one_leaves(
    live_site: LiveSite, people: dict[str, Person]
) -> None:
    work = settled(live_site)
    for name in DESKS:
        people[name].sign_in(name)
    director, street = people["director"], people["street"]
    nominate(director, work)
    review(street, work)
    assembly = put_on_the_ballot(director, work)
    posted = in_china(live_site.site.clock.now()).date() + timedelta(days=1)
    work.walk_to(work.hold(assembly, posted, seven_of_nine) + timedelta(hours=2))
    begin_term(director, work)
    file(people, work)
    connect(work)
    inquiry = ask_about(street, work)
    propose(people, work, inquiry)
    exit_by_vote(people, work, inquiry)


def nominate(director: Person, work: Work) -> None:
    """Nominate all nine, each clause of the negative list answered."""
    with work.live.site.database.reading() as session:
        stage = Stage(session, work.live.site.keys, work.team)
        rooms = {name: room_of(stage, name) for name in NAMES}
    for place, name in enumerate(NAMES):
        director.go(f"{work.estate}/committee/candidates/new")
        director.fill(name=name, room=rooms[name], born=str(1960 + place), statement="愿意服务。")
        director.tick("sex", "男" if place % 2 else "女")
        director.tick("party", "yes" if place < PARTY else "no")
        director.tick("nominator", "community")
        clauses = director.page.locator("input[name^=clause_][value=clear]")
        for at in range(clauses.count()):
            director.tick(f"clause_{at}", "clear")
        press_primary(director)
        expect(director.page.get_by_text(name).first).to_be_visible()


def review(street: Person, work: Work) -> None:
    """Enter every opinion but one: the seventh candidate lacks one department's word."""
    site = work.live.site
    with site.database.writing() as session:
        now = site.clock.now()
        asked = departments(rules_for(session, work.team.estate, now=now))
        stood = select(CandidateRecord).order_by(CandidateRecord.position)
        for one in session.execute(stood).scalars():
            held_back = asked[:-1] if one.name == LEAVING else asked
            for department in held_back[1:]:
                acting = Acting(work.team.estate, f"{department}经办人", site.keys)
                opinion = drafts.Opinion(department, clear=True)
                candidates.review(session, acting, one.id, opinion, now=now)
        seen = [one.id for one in session.execute(stood).scalars()]
    for candidate in seen:
        street.go(f"{work.estate}/committee/candidates/{candidate}")
        street.page.select_option("[name=department]", asked[0])
        street.tick("opinion", "clear")
        street.press("记录意见")
    street.go(f"{work.estate}/committee/candidates")
    expect(street.page.get_by_text(f"缺 {asked[-1]} 意见").first).to_be_visible()


def put_on_the_ballot(director: Person, work: Work) -> UUID:
    director.go(f"{work.estate}/assemblies/new")
    director.fill(
        title="换届选举会议",
        convener_name="和平里小区筹备组",
        contact="0531-0000 0000",
        place="社区服务中心",
    )
    director.press("建立会议")
    assembly = UUID(director.page.url.rpartition("/assemblies/")[2].partition("/")[0])
    director.go(f"{work.estate}/committee/candidates")
    director.follow("列入会议议程")
    director.fill(seats=str(SEATS))
    boxes = director.page.locator("input[name=candidates]")
    for place in range(boxes.count()):
        boxes.nth(place).check(force=True)
    director.press("列入议程")
    director.go(f"/assemblies/{assembly}/items")
    expect(director.page.get_by_text("选举").first).to_be_visible()
    return assembly


def seven_of_nine(_number: int, item: Item) -> Choice:
    if item.kind is not ItemKind.ELECTION:
        return AGREE
    return {
        option.id: AGREE if place < SEATS else AGAINST for place, option in enumerate(item.options)
    }


def begin_term(director: Person, work: Work) -> None:
    director.go(f"{work.estate}/committee")
    director.follow("登记选出的业委会")
    director.press("登记")
    director.go(f"{work.estate}/committee")
    for name in NAMES[:SEATS]:
        expect(director.page.get_by_text(name).first).to_be_visible()
    main = director.page.inner_text("main")
    assert "4" in main
    assert "57.14%" in main.replace(" ", "")
    assert "60%" in main.replace(" ", "")
    assert "意见" in main  # the missing review is a flag, the term stands all the same


def file(people: dict[str, Person], work: Work) -> None:
    """Hand the package in; the street takes it, the authority certifies it."""
    director = people["director"]
    director.go(f"{work.estate}/committee")
    director.follow("成立（换届）备案")
    page = director.page.url.removeprefix(director.live.url(""))
    package = director.page.get_by_role("link", name="全部材料（一份 PDF）")
    printed = director.page.request.get(director.live.url(package.get_attribute("href") or ""))
    assert printed.ok
    assert printed.body().startswith(b"%PDF")
    for kind in ("rules", "covenant"):
        director.go(page)
        director.page.select_option("[name=kind]", kind)
        hand_in(director, "paper", paper(f"{kind}.pdf"))
        director.press("加入材料")
    director.press("提交备案")
    people["street"].go(page)
    people["street"].press("受理")
    authority = people["authority"]
    authority.go(page)
    authority.fill(number="示例业备〔2026〕1号")
    hand_in(authority, "certificate", paper("备案证明.pdf"))
    hand_in(authority, "carving", paper("刻章证明.pdf"))
    authority.press("办结")
    expect(authority.page.get_by_text("示例业备〔2026〕1号").first).to_be_visible()


def connect(work: Work) -> None:
    """Connect the five members who have sign-ins."""
    site = work.live.site
    by_name = {work.name(username): username for username in office.SEATED}
    with site.database.writing() as session:
        acting = Acting(work.team.estate, "街道办事处", site.keys)
        for member in members_in_office(session, work.team.estate):
            if member.name in by_name:
                account = work.team.account(by_name[member.name])
                members.connect(session, acting, member.id, account, now=site.clock.now())


def ask_about(street: Person, work: Work) -> str:
    """Open an inquiry, tell the member, record the reply and suspend."""
    street.go(f"{work.estate}/supervision/inquiries/new")
    label = street.page.locator("[name=member] option", has_text=LEAVING).first
    street.page.select_option("[name=member]", label.get_attribute("value"))
    street.fill(facts="连续六次不参加会议。", clause="《山东省物业管理条例》第三十四条")
    press_primary(street)
    with work.live.site.database.reading() as session:
        inquiry = session.execute(select(InquiryRecord.id)).scalar_one()
    page = f"{work.estate}/supervision/inquiries/{inquiry}"
    street.go(page)
    street.fill(text="当面送达调查告知书，本人签收。")
    street.press("记录告知")
    reply = street.page.locator("form", has=street.page.get_by_role("button", name="提交陈述"))
    reply.locator("[name=text]").fill("工作调动，确实来不了。")
    reply.locator("[name=paper]").set_input_files(paper("陈述.pdf"))  # type: ignore[arg-type]
    street.press("提交陈述")
    pause = street.page.locator("form", has=street.page.get_by_role("button", name="暂停履职"))
    pause.locator("[name=text]").fill("各单元门厅公告栏")
    pause.locator("[name=paper]").set_input_files(photograph("公告.png"))  # type: ignore[arg-type]
    street.press("暂停履职")
    expect(street.page.get_by_text("起暂停履职").first).to_be_visible()
    return page


def propose(people: dict[str, Person], work: Work, inquiry: str) -> None:
    """Let members propose: three of seven are not enough, four are more than half."""
    director = people["director"]
    director.go(f"{work.estate}/assemblies/new")
    director.fill(
        title="罢免表决会议",
        convener_name="和平里小区业主委员会",
        contact="0531-0000 0000",
        place="社区服务中心",
    )
    director.press("建立会议")
    for name in ("director", "vice", "keeper"):
        people[name].go(inquiry)
        people[name].press("我以委员身份提议罢免")
    people["street"].go(inquiry)
    assert people["street"].page.get_by_role("button", name="列入业主大会会议").count() == 0
    people["fourth"].go(inquiry)
    people["fourth"].press("我以委员身份提议罢免")
    director.go(inquiry)
    director.press("列入业主大会会议")


def exit_by_vote(people: dict[str, Person], work: Work, inquiry: str) -> None:
    """Hold the vote; only its published result ends the membership."""
    with work.live.site.database.reading() as session:
        found = session.execute(select(InquiryRecord.item_id)).scalar_one()
        assert found is not None
        assembly = session.get_one(ItemRecord, found).assembly_id
        assert _member(session).left_on is None
    posted = in_china(work.live.site.clock.now()).date() + timedelta(days=1)
    work.walk_to(work.hold(assembly, posted) + timedelta(hours=2))
    street = people["street"]
    street.go(inquiry)
    street.press("按业主大会的决定办结")
    with work.live.site.database.reading() as session:
        gone = _member(session)
        assert gone.left_on is not None
    people["director"].go(f"{work.estate}/committee")
    expect(people["director"].page.get_by_text("6 人，应选 7 人").first).to_be_visible()


def _member(session: object) -> MemberRecord:
    found = select(MemberRecord).where(MemberRecord.name == LEAVING)
    member: MemberRecord = session.execute(found).scalar_one()  # type: ignore[attr-defined]
    return member
