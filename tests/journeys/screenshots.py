"""Takes the pictures of docs/screenshots/ from the demonstration: `make screenshots`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select

from assemblies.cli import demo
from assemblies.foundation.config import ROOT
from assemblies.foundation.database import migrate
from assemblies.records.assemblies import AssemblyRecord, LetterRecord, VoterRecord
from assemblies.records.people import AccountRecord
from assemblies.records.premises import EstateRecord
from assemblies.staff import services as staff
from tests.support.live import LiveSite, served

FOLDER = ROOT / "docs" / "screenshots"
PASSWORD = "screenshots-only-password"
PHONE, DESK = (390, 844), (1280, 900)


@dataclass(frozen=True, slots=True)
class Scene:
    """The running demonstration: its two assemblies and a letter nobody has used."""

    live: LiveSite
    open: UUID
    finished: UUID
    code: str


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, the page, who looks at it (nobody for the public), how wide."""

    name: str
    path: str
    person: str = ""
    size: tuple[int, int] = DESK


def shots(scene: Scene) -> Iterator[Shot]:
    """Return the pictures to take."""
    yield Shot("board-open-phone", f"/board/{scene.open}", size=PHONE)
    yield Shot("board-result", f"/board/{scene.finished}")
    yield Shot("overview", f"/assemblies/{scene.open}", "director")
    yield Shot("workbench", "/staff", "director")
    yield Shot("roll", f"/assemblies/{scene.open}/roll", "director")
    yield Shot("certify", f"/assemblies/{scene.finished}/certify", "street")
    yield Shot("console", "/console", "street")
    yield Shot("record", f"{estate_of(scene)}/supervision", "street")
    yield Shot("repair", f"{estate_of(scene)}/repairs", "director")
    yield Shot("letter-phone", f"/v/{scene.code}", size=PHONE)


def estate_of(scene: Scene) -> str:
    """Return the path of the demonstration's estate."""
    with scene.live.site.database.reading() as session:
        found = session.execute(select(EstateRecord.id)).scalars().first()
    return f"/estates/{found}"


def main() -> None:
    """Take all pictures again."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        scene_of(Path(folder)) as scene,
        sync_playwright() as player,
    ):
        browser = player.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--disable-background-networking"]
        )
        for shot in shots(scene):
            _take(browser, scene, shot)
        browser.close()


@contextmanager
def scene_of(folder: Path) -> Iterator[Scene]:
    """Run the demonstration, with one password for everybody, as long as the block lasts."""
    url = f"sqlite:///{folder / 'zhongjue.db'}"
    migrate(url)
    with served(url, folder) as live:
        demo.prepare(live.site)
        with live.site.database.writing() as session:
            for account in session.execute(select(AccountRecord.id)).scalars():
                staff.set_password(session, account, PASSWORD)
            found = select(AssemblyRecord.id, AssemblyRecord.phase)
            by_phase = {row.phase: row.id for row in session.execute(found)}
            voter = session.execute(
                select(VoterRecord.id)
                .join(LetterRecord, LetterRecord.voter_id == VoterRecord.id)
                .where(VoterRecord.assembly_id == by_phase["frozen"])
                .order_by(VoterRecord.position)
                .limit(1)
            ).scalar_one()
        code = live.site.keys.letter_code(str(voter), 1)
        yield Scene(live, by_phase["frozen"], by_phase["published"], code)


def _take(browser: Browser, scene: Scene, shot: Shot) -> None:
    width, height = shot.size
    with browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    ) as context:
        page = context.new_page()
        if shot.person:
            sign_in(page, scene, shot.person)
        page.goto(scene.live.url(shot.path))
        page.screenshot(path=FOLDER / f"{shot.name}.png")


def sign_in(page: Page, scene: Scene, person: str) -> None:
    """Sign a member of staff in."""
    page.goto(scene.live.url("/staff/sign-in"))
    page.get_by_label("账号").fill(person)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/staff")


if __name__ == "__main__":
    main()
