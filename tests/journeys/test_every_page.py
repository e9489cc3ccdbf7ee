"""Every page of the demonstration, as its people see it, at a phone's and at a desk's width."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from assemblies.records.assemblies import ItemRecord
from assemblies.records.premises import EstateRecord, ImportBatchRecord, PartRecord
from tests.journeys.screenshots import Scene, scene_of, sign_in
from tests.support.eyes import require_sound

WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with scene_of(tmp_path_factory.mktemp("scene")) as made:
        yield made


def first(scene: Scene, table: type[EstateRecord | PartRecord | ImportBatchRecord]) -> UUID:
    with scene.live.site.database.reading() as session:
        return session.execute(select(table.id)).scalars().first() or UUID(int=0)


def item_of(scene: Scene, assembly: UUID) -> UUID:
    with scene.live.site.database.reading() as session:
        found = select(ItemRecord.id).where(ItemRecord.assembly_id == assembly)
        return session.execute(found.order_by(ItemRecord.number)).scalars().first() or UUID(int=0)


def public_pages(scene: Scene) -> list[str]:
    return [
        "/",
        "/v",
        f"/board/{scene.open}",
        f"/board/{scene.finished}",
        "/staff/sign-in",
        "/none",
    ]


def directors_pages(scene: Scene) -> list[str]:
    estate, now = f"/estates/{first(scene, EstateRecord)}", f"/assemblies/{scene.open}"
    done = f"/assemblies/{scene.finished}"
    return [
        "/staff",
        "/estates",
        estate,
        f"{estate}/edit",
        f"{estate}/register",
        f"{estate}/parts/{first(scene, PartRecord)}",
        f"{estate}/import",
        f"{estate}/imports",
        f"{estate}/assemblies/new",
        now,
        f"{now}/items",
        f"{now}/items/{item_of(scene, scene.open)}",
        f"{now}/rules",
        f"{now}/calendar",
        f"{now}/review",
        f"{now}/post",
        f"{now}/roll",
        f"{now}/freeze",
        f"{now}/letters?room=101",
        done,
        f"{done}/count",
        f"{done}/result",
        f"{done}/result/objections",
        f"{done}/publish",
    ]


def walk(browser: Browser, scene: Scene, width: int, person: str, paths: list[str]) -> None:
    with browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN") as context:
        page: Page = context.new_page()
        if person:
            sign_in(page, scene, person)
        for path in paths:
            page.goto(scene.live.url(path))
            require_sound(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_public_pages(scene: Scene, browser: Browser, width: int) -> None:
    walk(browser, scene, width, "", public_pages(scene))


@pytest.mark.parametrize("width", WIDTHS)
def test_directors_pages(scene: Scene, browser: Browser, width: int) -> None:
    walk(browser, scene, width, "director", directors_pages(scene))


@pytest.mark.parametrize("width", WIDTHS)
def test_other_peoples_pages(scene: Scene, browser: Browser, width: int) -> None:
    walk(browser, scene, width, "street", [f"/assemblies/{scene.finished}/certify"])
    walk(browser, scene, width, "scrutineer", [f"/assemblies/{scene.finished}/opening"])
    walk(browser, scene, width, "administrator", ["/staff", "/staff/accounts"])
