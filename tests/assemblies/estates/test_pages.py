"""The pages in a real browser, phone and desk: a register in, a part mended, a batch undone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assemblies.foundation.permissions import Role
from assemblies.staff import services as staff
from tests.assemblies.estates.clerks import as_csv, flat, owner
from tests.support.gallery import browser
from tests.support.live import LiveSite, served

PASSWORD = "correct-horse-battery"
NOW = datetime(2026, 3, 2, tzinfo=UTC)
WIDTHS = (390, 1280)
WANG, LI, ZHAO = owner("王一", 1, "13812345678"), owner("李二", 2), owner("赵三", 3)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def live(sqlite_url: str, tmp_path: Path) -> Iterator[LiveSite]:
    with served(sqlite_url, tmp_path) as running:
        with running.site.database.writing() as session:
            node = staff.add_node(session, "community", "和平社区（示例）", None)
            account = staff.open_account(session, "lin", "林主任", PASSWORD, now=NOW)
            staff.grant(session, account, Role.PREPARATORY, node)
        yield running


@dataclass(slots=True)
class Visit:
    """A browser at the site that looks at every page it is told to, at both widths."""

    live: LiveSite
    page: Page
    folder: Path
    complaints: list[str] = field(default_factory=list)

    def choose(self, name: str, data: bytes) -> None:
        """Choose a file to upload."""
        path = self.folder / name
        path.write_bytes(data)
        self.page.set_input_files("#f-file", path)

    def press(self, label: str) -> None:
        """Press the button that says so."""
        self.page.get_by_role("button", name=label, exact=True).click()

    def follow(self, label: str) -> None:
        """Follow the first link that says so."""
        self.page.get_by_role("link", name=label, exact=True).first.click()

    def look(self, heading: str) -> None:
        """Make sure that this is the page, that axe finds nothing, and nothing sticks out."""
        expect(self.page.locator("h1")).to_have_text(heading)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 844})
            found = Axe().run(self.page).response["violations"]
            self.complaints += [f"{heading} {width}: {one['id']}" for one in found]
            if self.page.evaluate("document.documentElement.scrollWidth") > width:
                self.complaints.append(f"{heading} {width}: wider than the window")


@pytest.fixture
def visit(live: LiveSite, chromium: Browser, tmp_path: Path) -> Iterator[Visit]:
    page = chromium.new_page(locale="zh-CN")
    made = Visit(live, page, tmp_path)
    page.on("console", lambda message: made.complaints.append(message.text))
    page.goto(live.url("/staff/sign-in"))
    page.fill("#f-username", "lin")
    page.fill("#f-password", PASSWORD)
    made.press("登录")
    yield made
    page.close()


def test_a_clerk_takes_a_register_in_mends_it_and_undoes(visit: Visit) -> None:
    for step in (found_an_estate, be_refused, be_asked, search_and_mend, undo):
        step(visit)
    assert visit.complaints == []


def found_an_estate(visit: Visit) -> None:
    visit.follow("小区与名册")
    visit.look("小区与名册")
    visit.page.fill("#f-name", "和平里小区（示例）")
    visit.press("建立小区")
    visit.look("和平里小区（示例）")


def be_refused(visit: Visit) -> None:
    visit.follow("导入名册")
    visit.look("导入名册")
    bad = as_csv(flat("101", WANG), flat("102", LI, area=77_77)).decode().replace("77.77", "约七十")
    visit.choose("名册.csv", bad.encode())
    visit.page.fill("#f-parts", "2")
    visit.press("上传并核对")
    visit.look("核对名册")
    expect(visit.page.get_by_text("有 1 行不能导入")).to_be_visible()
    expect(visit.page.get_by_role("button", name="全部导入")).to_have_count(0)
    visit.press("放弃这份文件")


def be_asked(visit: Visit) -> None:
    visit.choose("名册.csv", as_csv(flat("101", WANG), flat("102", WANG, LI, area=9_00)))
    visit.page.fill("#f-parts", "3")
    visit.press("上传并核对")
    expect(visit.page.get_by_text("名册比勘测数字少 1 处")).to_be_visible()
    visit.press("全部导入")
    expect(visit.page.get_by_text("还有 1 项没有打勾")).to_be_visible()
    visit.look("核对名册")
    visit.page.get_by_text("小得不寻常").first.click()
    visit.press("全部导入")
    expect(visit.page.get_by_text("名册已导入")).to_be_visible()
    visit.look("和平里小区（示例）")


def search_and_mend(visit: Visit) -> None:
    visit.follow("查看名册")
    visit.page.fill("#f-text", "1-1-102")
    visit.press("查找")
    visit.look("业主名册")
    visit.follow("1号楼1单元102")
    visit.look("1号楼 1单元 102")
    visit.follow("修改这一处")
    visit.look("修改 1号楼 1单元 102")
    visit.page.fill("#f-area", "90.005")
    visit.press("保存")
    visit.look("修改 1号楼 1单元 102")
    visit.page.fill("#f-area", "90.05")
    visit.press("保存")
    expect(visit.page.get_by_text("90.05 ㎡")).to_be_visible()


def undo(visit: Visit) -> None:
    visit.follow("和平里小区（示例）")
    visit.follow("导入名册")
    visit.choose("名册.csv", as_csv(flat("201", ZHAO)))
    visit.press("上传并核对")
    visit.press("全部导入")
    visit.follow("导入记录")
    visit.look("导入记录")
    visit.press("整批撤销")
    expect(visit.page.get_by_text("整批已撤销")).to_be_visible()
    visit.look("导入记录")
