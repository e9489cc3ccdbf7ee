"""One whole assembly in real browsers: from the register's file to a bundle a stranger verifies."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from openpyxl import Workbook
from PIL import Image
from playwright.sync_api import Browser, Route, expect

from assemblies.cli.demo_people import invented_name, phone, resident_number
from assemblies.cli.worker import work_once
from assemblies.estates.services.estates import Particulars, create_estate
from assemblies.foundation.config import ROOT
from assemblies.foundation.permissions import Role
from assemblies.staff import services as staff
from tests.journeys.people import PAPER, PASSWORD, SLOW, Person, people_at
from tests.support.live import LiveSite

PASSPHRASE = "月亮升起来的时候"
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
FLATS = [(building, room) for building in (1, 2) for room in (101, 102, 201, 202, 301)]
OWNERS = (1, 2, 3, 4, 5, 7, 8, 9, 10)  # in the order of the letters


def register() -> bytes:
    """Return a clerk's file: two buildings of five flats, one couple, one owner of two flats."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        ["楼栋", "单元", "房号", "建筑面积", "用途", "权属状态", "产权人", "证件号", "电话"]
    )
    for number, (building, room) in enumerate(FLATS, start=1):
        owner = 1 if number == 6 else number  # the first owner has a flat in both buildings
        owners = [owner, 90] if number == 2 else [owner]
        for one in owners:
            sheet.append(
                [
                    f"{building}号楼",
                    "1单元",
                    str(room),
                    f"{80 + number}.25",
                    "住宅",
                    "已售",
                    invented_name(one),
                    resident_number(one),
                    phone(one),
                ]
            )
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def estate(live_site: LiveSite) -> str:
    """Found the estate and its staff; return the estate's path."""
    site = live_site.site
    with site.database.writing() as session:
        street = staff.add_node(session, "street", "示例街道", None)
        community = staff.add_node(session, "community", "示例社区", street)
        now = site.clock.now()
        made = create_estate(
            session,
            Particulars("示例花园", "示例路1号", "示例置业", "0531-0000"),
            parent=community,
            now=now,
        )
        for name, role in (
            ("director", Role.DIRECTOR),
            ("keeper", Role.SCRUTINEER),
            ("street", Role.STREET),
        ):
            account = staff.open_account(session, name, role.value, PASSWORD, now=now)
            staff.grant(session, account, role, street)
    return f"/estates/{made}"


@pytest.fixture
def people(live_site: LiveSite, browser: Browser) -> Iterator[dict[str, Person]]:
    """Open a desk browser for each official and a phone for each owner."""
    desks = dict.fromkeys(("director", "keeper", "street"), 1280)
    phones = dict.fromkeys(("first", "second", "third"), 390)
    with people_at(live_site, browser, desks | phones) as found:
        yield found


def test_from_the_register_to_a_verified_bundle(
    live_site: LiveSite, estate: str, people: dict[str, Person], tmp_path: Path
) -> None:
    director, keeper, street = people["director"], people["keeper"], people["street"]
    director.sign_in("director")
    import_register(director, estate)
    assembly = draw_up(director, estate)
    tell_and_post(director, assembly)

    live_site.site.clock.ahead = timedelta(days=16)
    freeze(director, assembly)
    codes = letters(director, assembly, live_site, tmp_path)
    assert len(codes) == len(OWNERS)  # ten flats; the first owner has two of them

    live_site.site.clock.ahead = timedelta(days=18)
    vote(people["first"], codes[0], resident_number(1)[-4:], ("agree", "o1", "agree"))
    change_mind(people["second"], codes[1], resident_number(2)[-4:])
    lose_connection(people["third"], codes[2], resident_number(3)[-4:])
    for place in range(3, 7):
        owner = people["third"]
        owner.page.context.clear_cookies()
        vote(owner, codes[place], resident_number(OWNERS[place])[-4:], ("agree", "o1", "agree"))

    live_site.site.clock.ahead = timedelta(days=40)
    open_box(keeper, assembly)
    count(director, assembly)

    live_site.site.clock.ahead = timedelta(days=50)
    certify(street, assembly)
    publish(director, assembly)

    verify_at_home(people["first"], assembly, tmp_path, "public")
    take_audit_edition(street, assembly, tmp_path)


def import_register(director: Person, estate: str) -> None:
    director.go(f"{estate}/import")
    director.page.set_input_files(
        "[name=file]",
        {"name": "名册.xlsx", "mimeType": "application/octet-stream", "buffer": register()},
    )
    director.fill(parts="10", heads="9")
    director.press("上传并核对")
    expect(director.page.get_by_text("核对名册").first).to_be_visible()
    boxes = director.page.locator("input[name=accept]")
    for place in range(boxes.count()):
        boxes.nth(place).check(force=True)
    director.press("全部导入")
    director.go(estate)
    expect(director.page.get_by_text("10").first).to_be_visible()


def draw_up(director: Person, estate: str) -> str:
    """Describe the assembly, its three items, its rules and dates; return its path."""
    director.go(f"{estate}/assemblies/new")
    director.fill(
        title="2026年业主大会会议",
        convener_name="示例花园业主委员会",
        contact="0531-0000 0000",
        place="1号楼大厅",
    )
    director.press("建立会议")
    assembly = "/assemblies/" + director.page.url.rpartition("/assemblies/")[2]
    fund_item(director, assembly)
    company_item(director, assembly)
    rules_item(director, assembly)
    house_rules(director, assembly)
    director.go(f"{assembly}/calendar")
    director.press("保存日期")
    return assembly


def fund_item(director: Person, assembly: str) -> None:
    director.go(f"{assembly}/items/new/5/decision")
    director.fill(
        title="1号楼屋面防水",
        text="屋面渗漏，需要翻修。",
        project="屋面防水层更换",
        budget="100000.01",
        contractor="示例防水公司",
    )
    director.tick("scope", "buildings")
    director.tick("buildings", "1号楼")
    director.tick("account", "幢账")
    director.press("保存这一项")
    director.follow("1号楼屋面防水") if "items/" not in director.page.url else None
    director.page.set_input_files(
        "[name=papers]", {"name": "预算.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    director.press("上传附件")
    expect(director.page.get_by_text("预算.pdf").first).to_be_visible()


def company_item(director: Person, assembly: str) -> None:
    director.go(f"{assembly}/items/new/4/choice")
    director.fill(
        title="选聘物业服务企业",
        text="两家企业应征。",
        months="36",
        contract="合同草案见附件。",
        options__0__label="甲物业（示例）",
        options__0__price="1.80",
        options__1__label="乙物业（示例）",
        options__1__price="1.65",
    )
    director.press("保存这一项")


def rules_item(director: Person, assembly: str) -> None:
    director.go(f"{assembly}/items/new/1/decision")
    director.fill(
        title="修改议事规则", text="增加电子表决条款。", draft_text="第二十条　可以电子表决。"
    )
    director.press("保存这一项")


def house_rules(director: Person, assembly: str) -> None:
    director.go(f"{assembly}/rules")
    director.tick("revote", "last")
    director.tick("silence", "none")
    director.fill(
        revote_clause="第二十条",
        silence_clause="第二十一条",
        proxies="0",
        proxies_clause="第二十二条",
        extension="0",
        extension_clause="第二十三条",
    )
    director.press("记录规则")


def tell_and_post(director: Person, assembly: str) -> None:
    director.go(f"{assembly}/review")
    director.fill(by="示例社区居民委员会")
    director.press("记录")
    director.go(f"{assembly}/post")
    director.tick("read", "y")
    director.press("张贴公告")
    director.go(assembly.replace("/assemblies/", "/board/"))
    expect(director.page.get_by_text("1号楼屋面防水").first).to_be_visible()


def freeze(director: Person, assembly: str) -> None:
    director.go(f"{assembly}/roll")
    director.go(f"{assembly}/freeze")
    director.fill(keeper="监票人", passphrase=PASSPHRASE, again=PASSPHRASE)
    with director.page.expect_download():
        director.page.get_by_role("button", name="生成钥匙并锁定").click()
    director.page.wait_for_url("**/letters", timeout=SLOW)
    director.look()


def letters(director: Person, assembly: str, live: LiveSite, folder: Path) -> list[str]:
    """Print the letters and read each one's QR code from the picture of its page."""
    director.go(f"{assembly}/letters")
    director.press("生成整套投票信")
    assert work_once(live.site)
    director.go(f"{assembly}/letters")
    (folder / "letters.pdf").write_bytes(director.download("下载投票信"))
    subprocess.run(
        ["pdftoppm", "-r", "100", "-png", "letters.pdf", "letter"], cwd=folder, check=True
    )
    pages = sorted(folder.glob("letter-*.png"))
    found = [zxingcpp.read_barcodes(Image.open(page)) for page in pages]
    assert all(len(codes) == 1 for codes in found)
    return [codes[0].text.rpartition("/v/")[2] for codes in found]


def enter(owner: Person, code: str, fact: str) -> None:
    owner.go(f"/v/{code}")
    owner.page.get_by_role("textbox").fill(fact)
    owner.page.get_by_role("button", name="进入投票").click()
    expect(owner.page.locator("#to-check")).to_be_visible(timeout=SLOW)
    owner.look()


def choose(owner: Person, words: tuple[str, ...]) -> None:
    """Choose by the place of the group: a word, or `o1` for the first bidder."""
    groups = owner.page.locator("fieldset")
    chosen = 0
    for place in range(groups.count()):
        group = groups.nth(place)
        names = group.locator("input[type=radio]")
        if not names.count():
            continue
        word = words[chosen]
        values = [names.nth(at).get_attribute("value") for at in range(names.count())]
        wanted = values[0] if word.startswith("o") else word
        group.locator(f'label:has(input[value="{wanted}"])').click()
        chosen += 1


def send(owner: Person) -> str:
    owner.page.get_by_role("button", name="核对我的选择").click()
    owner.page.get_by_role("button", name="签名并提交").click()
    owner.page.wait_for_url("**/vote/receipt/*", timeout=SLOW)
    owner.look()
    return owner.page.url.rpartition("/")[2]


def vote(owner: Person, code: str, fact: str, words: tuple[str, ...]) -> str:
    enter(owner, code, fact)
    choose(
        owner,
        words if owner.page.locator("fieldset:has(input[type=radio])").count() == 3 else words[1:],
    )
    return send(owner)


def change_mind(owner: Person, code: str, fact: str) -> None:
    first = vote(owner, code, fact, ("agree", "o1", "agree"))
    owner.go("/vote/change")
    expect(owner.page.locator("#to-check")).to_be_visible(timeout=SLOW)
    choose(owner, ("against", "o1", "against"))
    assert send(owner) != first


def lose_connection(owner: Person, code: str, fact: str) -> None:
    """Lose the answer after the server has logged the ballot; the page itself tries again."""
    lost: list[int] = []

    def drop(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(answer.status)
            route.abort()

    enter(owner, code, fact)
    choose(owner, ("agree", "o1", "agree"))
    owner.page.route("**/vote/cast", drop)
    owner.page.get_by_role("button", name="核对我的选择").click()
    owner.page.get_by_role("button", name="签名并提交").click()
    owner.page.wait_for_url("**/vote/receipt/*", timeout=SLOW)
    assert lost == [200]
    owner.page.unroute("**/vote/cast")


def open_box(keeper: Person, assembly: str) -> None:
    keeper.sign_in("keeper")
    keeper.go(f"{assembly}/opening")
    keeper.fill(passphrase="不是这一句")
    keeper.page.get_by_role("button", name="开票", exact=True).click()
    expect(keeper.page.get_by_text("口令不对")).to_be_visible(timeout=SLOW)
    keeper.fill(passphrase=PASSPHRASE)
    keeper.page.get_by_role("button", name="开票", exact=True).click()
    expect(keeper.page.get_by_text("票箱已经打开")).to_be_visible(timeout=SLOW)


def count(director: Person, assembly: str) -> None:
    director.go(f"{assembly}/count")
    director.press("开始计票")
    expect(director.page.get_by_text("初步结果").first).to_be_visible()
    expect(director.page.get_by_text("同一表决权人另有一张票")).to_have_count(1)


def certify(street: Person, assembly: str) -> None:
    street.sign_in("street")
    street.go(f"{assembly}/certify")
    expect(street.page.get_by_text("全部核验步骤都通过")).to_be_visible()
    street.tick("seen", "y")
    street.press("确认核验结果")


def publish(director: Person, assembly: str) -> None:
    director.go(f"{assembly}/publish")
    director.press("公布结果并编定文号")
    expect(director.page.get_by_text(re.compile("业决〔20[0-9]{2}〕1号")).first).to_be_visible()


def take_audit_edition(street: Person, assembly: str, folder: Path) -> None:
    street.go(f"{assembly}/certify")
    (folder / "audit.zip").write_bytes(street.download("下载存证包（监督版）"))
    verified(folder / "audit.zip")


def verified(bundle: Path) -> None:
    """Run the verifier as a stranger does; it must hold, and notice one changed byte."""
    command = [sys.executable, "-m", "voting", "verify"]
    told = subprocess.run(
        [*command, str(bundle)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    spoilt = bundle.with_suffix(".spoilt.zip")
    spoilt.write_bytes(data)
    told = subprocess.run(
        [*command, str(spoilt)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1, told.stdout


def verify_at_home(owner: Person, assembly: str, folder: Path, edition: str) -> None:
    owner.go(assembly.replace("/assemblies/", "/board/"))
    expect(
        owner.page.get_by_text("已通过").or_(owner.page.get_by_text("通过")).first
    ).to_be_visible()
    (folder / f"{edition}.zip").write_bytes(owner.download("存证包（公开版，ZIP）"))
    verified(folder / f"{edition}.zip")
