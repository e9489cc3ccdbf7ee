"""The estates' pages over HTTP: who sees what, from the empty estate to export and undo."""

import io
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from assemblies.estates.register.reading import read
from assemblies.estates.services.estates import Particulars, create_estate
from assemblies.foundation.permissions import Role
from assemblies.foundation.site import Site
from assemblies.records.premises import EstateRecord, ImportBatchRecord
from assemblies.staff import services as staff
from tests.assemblies.estates.clerks import as_csv, flat, owner
from tests.assemblies.estates.register.making import resident
from tests.support.site import application

PASSWORD = "correct-horse-battery"
NOW = datetime(2026, 3, 2, tzinfo=UTC)
WANG, LI = owner("王一", 1, "13812345678"), owner("李二", 2)
REGISTER = as_csv(flat("101", WANG), flat("102", WANG, LI))
PEOPLE = {
    "clerk": Role.PREPARATORY,
    "member": Role.MEMBER,
    "keeper": Role.ADMINISTRATOR,
    "liaison": Role.LIAISON,
    "street": Role.STREET,
}


@dataclass(slots=True)
class Desk:
    """Somebody signed in, at the one estate."""

    client: FlaskClient
    site: Site

    @property
    def estate(self) -> str:
        with self.site.database.reading() as session:
            return f"/estates/{session.execute(select(EstateRecord.id)).scalar_one()}"

    @property
    def batch(self) -> UUID:
        with self.site.database.reading() as session:
            newest = select(ImportBatchRecord.id).order_by(ImportBatchRecord.base_version.desc())
            return session.execute(newest).scalars().first() or UUID(int=0)

    def upload(self, data: bytes, name: str = "名册.csv", **survey: str) -> TestResponse:
        fields = {"file": (io.BytesIO(data), name), **survey}
        return self.client.post(
            f"{self.estate}/import", data=fields, content_type="multipart/form-data"
        )

    def take_in(self, data: bytes) -> TestResponse:
        preview = self.upload(data).headers["Location"]
        version = re.search(r'name="version" value="(\d+)"', self.client.get(preview).text)
        assert version
        return self.client.post(preview, data={"version": version[1]})

    def part(self, room: str) -> str:
        page = self.client.get(f"{self.estate}/register?text={room}").text
        found = re.search(rf'href="({self.estate}/parts/[^"]+)">1号楼1单元{room}<', page)
        assert found
        return found[1]


SignIn = Callable[[str], Desk]


@pytest.fixture
def sign_in(database_url: str, tmp_path: Path) -> Iterator[SignIn]:
    """Serve a community with one estate, founded by its clerk, and let its people in."""
    app = application(database_url, tmp_path)
    site: Site = app.extensions["site"]
    with site.database.writing() as session:
        node = staff.add_node(session, "community", "和平社区（示例）", None)
        for name, role in PEOPLE.items():
            account = staff.open_account(session, name, name, PASSWORD, now=NOW)
            staff.grant(session, account, role, node)
        create_estate(session, Particulars("和平里小区（示例）"), parent=node, now=NOW)

    def enter(name: str) -> Desk:
        client = app.test_client()
        client.post("/staff/sign-in", data={"username": name, "password": PASSWORD})
        return Desk(client, site)

    yield enter
    site.database.close()


@pytest.fixture
def clerk(sign_in: SignIn) -> Desk:
    return sign_in("clerk")


def test_a_register_goes_from_file_to_page(clerk: Desk) -> None:
    answer = clerk.upload(REGISTER, parts="2", area="１９６.70", heads="3")
    assert answer.status_code == 302
    page = clerk.client.get(answer.headers["Location"]).text
    for said in ("相符", "名册比勘测数字少 1 户", "没有需要确认的内容", "新增 3", "王*"):
        assert said in page
    assert "王一" not in page
    done = clerk.take_in(REGISTER)
    overview = clerk.client.get(done.headers["Location"]).text
    assert "名册已导入" in overview
    assert "196.70 ㎡" in overview
    register = clerk.client.get(f"{clerk.estate}/register").text
    assert "王*（尾号 0012）" in register
    for hidden in ("王一", resident(1), "13812345678"):
        assert hidden not in register + clerk.client.get(clerk.part("101")).text


BAD_FILES = {
    "nothing chosen": (b"", "", "请选择名册文件"),
    "a picture": (b"\x89PNG\r\n", "名册.png", "这是一张图片"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "名册.xls", "旧版 .xls"),
    "no register": ("甲,乙\n一,二\n".encode(), "名册.csv", "没有找到名册的表头"),
}


@pytest.mark.parametrize(("data", "name", "said"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_is_no_register_is_told_so_at_the_field(
    clerk: Desk, data: bytes, name: str, said: str
) -> None:
    answer = clerk.upload(data, name)
    assert answer.status_code == 200
    assert said in answer.text
    assert clerk.batch == UUID(int=0)


def test_refused_rows_stand_first_and_there_is_no_button(clerk: Desk) -> None:
    bad = flat("103", owner("赵三"), area=98_36)
    rows = as_csv(flat("101", WANG), bad).decode().replace("98.36", "约98")
    preview = clerk.upload(rows.encode()).headers["Location"]
    page = clerk.client.get(preview).text
    assert "现在不能导入" in page
    assert "有 1 行不能导入" in page
    assert "全部导入</button>" not in page
    assert page.index("第 3 行") < page.index("第 2 行")
    only = clerk.client.get(f"{preview}?only=new").text
    assert "第 3 行" not in only
    refused = clerk.client.post(preview, data={"version": "0"})
    assert refused.status_code == 422
    assert "要么全部成功" in refused.text


def test_questions_keep_their_ticks_until_all_are_there(clerk: Desk) -> None:
    odd = as_csv(flat("101", WANG, area=5_00), flat("102", LI, area=6_00))
    preview = clerk.upload(odd).headers["Location"]
    ids = re.findall(r'name="accept" value="(\w+)"', clerk.client.get(preview).text)
    assert len(ids) == 2
    one = clerk.client.post(preview, data={"version": "0", "accept": ids[0]})
    assert "还有 1 项没有打勾" in one.text
    assert f'value="{ids[0]}" checked' in one.text
    assert clerk.client.post(preview, data={"version": "0", "accept": ids}).status_code == 302


def test_a_stale_preview_says_so_and_is_laid_again(clerk: Desk) -> None:
    preview = clerk.upload(REGISTER).headers["Location"]
    clerk.take_in(as_csv(flat("201", LI)))
    assert "请先重新比对" in clerk.client.get(preview).text
    assert clerk.client.post(preview, data={"version": "0"}).status_code == 409
    clerk.client.post(f"{preview}/refresh")
    assert "全部导入</button>" in clerk.client.get(preview).text


def test_a_preview_shows_a_hundred_rows_a_page(clerk: Desk) -> None:
    many = as_csv(*(flat(f"{floor}01", WANG) for floor in range(1, 151)))
    preview = clerk.upload(many).headers["Location"]
    first = clerk.client.get(preview).text
    assert first.count("新增</span>") == 100
    assert "第 1 页，共 2 页" in first
    assert clerk.client.get(f"{preview}?page=2").text.count("新增</span>") == 50


def test_an_upload_is_given_up(clerk: Desk) -> None:
    preview = clerk.upload(REGISTER).headers["Location"]
    assert "等着核对" in clerk.client.get(f"{clerk.estate}/import").text
    clerk.client.post(f"{preview}/give-up")
    assert clerk.client.get(preview).status_code == 404


def test_an_import_is_undone_from_the_history(clerk: Desk) -> None:
    clerk.take_in(REGISTER)
    history = clerk.client.get(f"{clerk.estate}/imports").text
    assert "新增 2 处，改动 0 处" in history
    undone = clerk.client.post(f"{clerk.estate}/imports/{clerk.batch}/undo", follow_redirects=True)
    assert "整批已撤销" in undone.text
    assert "还没有业主名册" in clerk.client.get(clerk.estate).text
    again = clerk.client.post(f"{clerk.estate}/imports/{clerk.batch}/undo")
    assert again.status_code == 409


def test_an_export_gives_back_the_register_and_leaves_a_line_in_the_log(
    clerk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    clerk.take_in(REGISTER)
    with caplog.at_level(logging.INFO, "zhongjue.estates"):
        answer = clerk.client.get(f"{clerk.estate}/export")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert read(answer.data, "x.xlsx").parts[0].owners == (WANG,)
    (line,) = [one.getMessage() for one in caplog.records if one.name == "zhongjue.estates"]
    assert "exported by account" in line
    assert "王一" not in line
    preview = clerk.upload(answer.data, "名册.xlsx").headers["Location"]
    page = clerk.client.get(preview).text
    assert "无变化 3" in page
    assert "没有需要导入的内容" in page


def test_the_blank_template_is_a_workbook(clerk: Desk) -> None:
    answer = clerk.client.get("/estates/template.xlsx")
    assert answer.data.startswith(b"PK")


def fields(page: str) -> dict[str, str]:
    """Return what a browser would send back from an untouched form."""
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    selects = re.compile(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
    for name, options in selects.findall(page):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    left_out = ("removed", "representative", "csrf_token")
    return {name: value for name, value in found.items() if not name.endswith(left_out)}


def test_a_part_is_corrected_by_hand(clerk: Desk) -> None:
    clerk.take_in(REGISTER)
    address = f"{clerk.part('101')}/edit"
    page = clerk.client.get(address).text
    assert "现在登记的是尾号 0012" in page
    assert resident(1) not in page
    sent = fields(page)
    bad = clerk.client.post(address, data=sent | {"area": "98.355"})
    assert bad.status_code == 200
    assert bad.text.count("多于两位小数") == 2
    done = clerk.client.post(address, data=sent | {"area": "98.36"}, follow_redirects=True)
    assert "已保存" in done.text
    assert "98.36 ㎡" in done.text
    stale = clerk.client.post(address, data=sent | {"area": "98.37"})
    assert stale.status_code == 409


def test_a_correction_that_reaches_further_is_asked_about_first(clerk: Desk) -> None:
    clerk.take_in(REGISTER)
    address = f"{clerk.part('101')}/edit"
    sent = fields(clerk.client.get(address).text) | {"owners-0-name": "王义"}
    asked = clerk.client.post(address, data=sent)
    assert "还有其他房屋：1号楼 1单元 102" in asked.text
    (tick,) = re.findall(r'name="accept" value="(\w+)"', asked.text)
    done = clerk.client.post(address, data=sent | {"accept": tick})
    assert done.status_code == 302


def test_owners_come_and_go_by_hand(clerk: Desk) -> None:
    clerk.take_in(REGISTER)
    address = f"{clerk.part('102')}/edit"
    sent = fields(clerk.client.get(address).text)
    changed = sent | {
        "owners-0-removed": "y",
        "owners-2-name": "赵三",
        "owners-2-id_type": "身份证",
        "owners-2-id_number": resident(3),
    }
    done = clerk.client.post(address, data=changed, follow_redirects=True).text
    assert "赵*" in done
    assert "李*" in done
    assert "王*" not in done


def test_a_part_is_entered_and_removed_by_hand(clerk: Desk) -> None:
    clerk.take_in(REGISTER)
    address = f"{clerk.estate}/parts/new"
    sent = fields(clerk.client.get(address).text) | {
        "building": "1", "entrance": "1", "room": "103", "area": "88", "use": "住宅",
        "status": "已售", "owners-0-name": "赵三",
    }  # fmt: skip
    done = clerk.client.post(address, data=sent, follow_redirects=True).text
    assert "88.00 ㎡" in done
    assert "提醒：“赵三”没有证件号" in done
    part = clerk.part("103")
    seen = fields(clerk.client.get(f"{part}/edit").text)["seen"]
    gone = clerk.client.post(f"{part}/remove", data={"seen": seen}, follow_redirects=True).text
    assert "已从名册删除" in gone
    assert clerk.client.get(part).status_code == 404


def test_a_new_estate_is_founded_where_one_may_and_nowhere_else(sign_in: SignIn) -> None:
    place = ""
    for name in ("clerk", "keeper"):
        desk = sign_in(name)
        page = desk.client.get("/estates").text
        (place,) = re.findall(r'<option value="([0-9a-f-]{36})"', page)
        founded = desk.client.post("/estates", data={"name": f"{name}苑", "place": place})
        assert founded.status_code == 302
        again = desk.client.post("/estates", data={"name": f"{name}苑", "place": place})
        assert "这个社区里已经有" in again.text
        elsewhere = desk.client.post("/estates", data={"name": "远苑", "place": str(UUID(int=1))})
        assert elsewhere.status_code == 200
    for name in ("member", "liaison", "street"):
        desk = sign_in(name)
        assert "新建小区" not in desk.client.get("/estates").text
        desk.client.post("/estates", data={"name": "私苑", "place": place})
        assert "私苑" not in desk.client.get("/estates").text


PAGES = {
    "": ("clerk", "member", "keeper", "liaison", "street"),
    "/register": ("clerk", "member", "street"),
    "/imports": ("clerk", "member", "street"),
    "/import": ("clerk",),
    "/export": ("clerk",),
    "/edit": ("clerk",),
    "/parts/new": ("clerk",),
}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_those_who_may(sign_in: SignIn, page: str) -> None:
    sign_in("clerk").take_in(REGISTER)
    for name in PEOPLE:
        desk = sign_in(name)
        status = desk.client.get(f"{desk.estate}{page}").status_code
        assert status == (200 if name in PAGES[page] else 403), name


def test_nobody_without_the_right_writes(sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    clerk.take_in(REGISTER)
    part, batch = clerk.part("101"), clerk.batch
    verbs = [
        f"{part}/edit", f"{part}/remove", f"{clerk.estate}/import/{batch}",
        f"{clerk.estate}/import/{batch}/refresh", f"{clerk.estate}/import/{batch}/give-up",
        f"{clerk.estate}/imports/{batch}/undo", f"{clerk.estate}/edit", f"{clerk.estate}/import",
    ]  # fmt: skip
    for name in ("member", "keeper", "liaison", "street"):
        client = sign_in(name).client
        assert [client.post(verb).status_code for verb in verbs] == [403] * len(verbs), name


def test_an_estate_out_of_reach_is_refused(sign_in: SignIn) -> None:
    desk = sign_in("clerk")
    with desk.site.database.writing() as session:
        node = staff.add_node(session, "community", "远方社区（示例）", None)
        far = create_estate(session, Particulars("远苑"), parent=node, now=NOW)
    pages = ("", "/register", "/import", "/export", "/imports", "/edit", "/parts/new")
    for page in pages:
        assert desk.client.get(f"/estates/{far}{page}").status_code == 403
    assert "远苑" not in desk.client.get("/estates").text
