"""The notice: a canonical document, and an official paper with every word drawn."""

import io
from datetime import datetime

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from sqlalchemy.orm import Session

from assemblies.agendas.printed import notice_pdf
from assemblies.agendas.queries.assemblies import assembly_of
from assemblies.agendas.queries.notice import Notice, notice_of, posted_notice
from assemblies.agendas.services.items import add_item
from assemblies.foundation.documents import MissingGlyph
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.secrets import Keys
from assemblies.records.people import AccountRecord, GrantRecord
from tests.support.agendas import drafted, item, posted, whole
from tests.support.registers import Registered
from voting.errors import Malformed, NotCanonical
from voting.law.matters import Matter

PUBLIC = "https://vote.example.gov.cn"


@pytest.fixture
def notice(session: Session, estate: Registered, keys: Keys, now: datetime) -> Notice:
    teller = AccountRecord(
        id=estate.parts["1号楼1单元101"],
        username="teller",
        display_name="计票员周",
        password_hash="",
        created_at=now,
        session_mark="",
    )
    session.add(teller)
    session.flush()
    grant = GrantRecord(id=teller.id, account_id=teller.id, role="TELLER", node_id=estate.node)
    session.add(grant)
    session.flush()
    return posted_notice(session, posted(session, estate, keys, now))


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_notice_is_read_back_as_it_was_written(notice: Notice) -> None:
    assert Notice.decode(notice.encode()) == notice


def test_a_notice_with_a_byte_more_is_none(notice: Notice) -> None:
    with pytest.raises(NotCanonical):
        Notice.decode(notice.encode() + b" ")
    with pytest.raises(Malformed):
        Notice.decode(b'{"format":"zhongjue-notice","v":2}')


def test_before_dates_there_is_no_notice(
    session: Session, estate: Registered, now: datetime
) -> None:
    assembly = drafted(session, estate, now)
    with pytest.raises(NotFound):
        notice_of(session, assembly_of(session, assembly), now)
    with pytest.raises(NotFound):
        posted_notice(session, assembly)


def test_the_paper_says_all_that_the_law_asks(notice: Notice) -> None:
    said = text_of(notice_pdf(notice, PUBLIC, draft=False)).replace("\n", "")
    for words in (
        "和平里小区业主委员会（示例）",
        "全体业主",
        "186,000.00 元",
        "1.80 元/㎡·月",
        "第二十条",
        "三分之二以上",
        "互联网和书面",
        "1号楼大厅，每天 9:00 至 18:00",
        "计票员周",
        "监票人：由召集人另行公示",
        "0531-0000 0000（林主任）",
        "截止前可以改投，以最后一次为准。",
        "没有投票的，不算参与表决",
        "一人最多接受三位业主委托。",
        "废票",
        "费用分摊清册",
        "2026年3月2日",
    ):
        assert words in said, words
    assert "草稿" not in said


def test_a_draft_says_that_it_is_one(notice: Notice) -> None:
    assert "草稿，未张贴" in text_of(notice_pdf(notice, PUBLIC, draft=True))


def test_its_code_leads_to_the_public_page(notice: Notice) -> None:
    reader = PdfReader(io.BytesIO(notice_pdf(notice, PUBLIC, draft=False)))
    pictures = [one.image for page in reader.pages for one in page.images if one.image is not None]
    codes = [code.text for one in pictures for code in zxingcpp.read_barcodes(large(one))]
    assert set(codes) == {f"{PUBLIC}/board/{notice.assembly}"}


def large(image: Image.Image) -> Image.Image:
    return image.convert("L").resize((600, 600), Image.Resampling.NEAREST)


def test_a_sign_that_no_font_has_stops_the_print(
    session: Session, estate: Registered, now: datetime
) -> None:
    odd = item(Matter.OTHER, title="在\U00031350路设门禁")
    assembly = whole(session, estate, now, odd)
    with pytest.raises(MissingGlyph) as refused:
        notice_pdf(notice_of(session, assembly_of(session, assembly), now), PUBLIC, draft=True)
    assert "U+31350" in refused.value.said


def test_a_notice_names_every_item(session: Session, estate: Registered, now: datetime) -> None:
    assembly = whole(session, estate, now, *(item(matter) for matter in Matter))
    add_item(session, assembly, item(title="再加一项"))
    shown = notice_of(session, assembly_of(session, assembly), now)
    said = text_of(notice_pdf(shown, PUBLIC, draft=True)).replace("\n", "")
    assert all(f"（{number}）" in said for number in range(1, 11))
    assert said.count("四分之三以上") == 6
