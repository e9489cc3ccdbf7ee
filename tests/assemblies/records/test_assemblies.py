"""Items as tables keep them and as the core reads them are the same items."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from assemblies.foundation.database import Database
from assemblies.records.assemblies import AssemblyRecord, AttachmentRecord, ItemRecord
from assemblies.records.people import AccountRecord, NodeRecord
from assemblies.records.premises import EstateRecord
from voting.agenda import Attachment, Item, ItemKind, Option
from voting.errors import Malformed
from voting.law.matters import Matter
from voting.scope import Scope, ScopeKind

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NODE, ACCOUNT, ESTATE, ASSEMBLY, ITEM, PAPER = (UUID(int=number) for number in range(1, 7))

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
SCOPES = st.one_of(
    st.just(Scope()),
    st.lists(TEXT, min_size=1, max_size=4, unique=True).map(
        lambda names: Scope(ScopeKind.BUILDINGS, buildings=tuple(sorted(names)))
    ),
    st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4, unique=True).map(
        lambda pairs: Scope(ScopeKind.ENTRANCES, entrances=tuple(sorted(pairs)))
    ),
    st.frozensets(st.uuids(), min_size=1, max_size=4).map(
        lambda parts: Scope(ScopeKind.PARTS, parts=parts)
    ),
)
OPTIONS = st.lists(TEXT, min_size=1, max_size=5).map(
    lambda labels: tuple(
        Option(str(number), label, label) for number, label in enumerate(labels, 1)
    )
)
DETAILS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    TEXT, st.one_of(TEXT, st.integers(0, 10**15), st.lists(st.integers(0, 99), max_size=3))
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    kind = draw(st.sampled_from(ItemKind))
    return Item(
        id=ITEM,
        number=draw(st.integers(1, 99)),
        matter=draw(st.sampled_from(Matter)),
        kind=kind,
        title=draw(TEXT),
        text=draw(TEXT),
        scope=draw(SCOPES),
        options=() if kind is ItemKind.DECISION else draw(OPTIONS),
        seats=draw(st.integers(1, 11)) if kind is ItemKind.ELECTION else 0,
        details=draw(DETAILS),
    )


@given(items())
def test_an_item_comes_back_as_it_was_recorded(item: Item) -> None:
    record = ItemRecord(id=ITEM, attachments=[])
    record.take(item)
    assert record.value() == item


def test_an_item_comes_back_from_the_database_with_its_papers(database_url: str) -> None:
    paper = Attachment(PAPER, "维修方案.pdf", "application/pdf", 3, "0" * 64)
    scope = Scope(ScopeKind.ENTRANCES, entrances=(("1号楼", "1单元"), ("1号楼", "2单元")))
    options = (Option("1", "甲公司", "每月 1.80 元"), Option("2", "乙公司"))
    item = Item(
        ITEM,
        1,
        Matter.MANAGER,
        ItemKind.CHOICE,
        "选聘物业服务企业",
        "从两家中选一家。",
        scope,
        options,
        attachments=(paper,),
        details={"term": 36, "prices": [180, 175]},
    )
    database = Database(database_url)
    with database.writing() as session:
        _add_assembly(session)
        record = ItemRecord(id=ITEM, assembly_id=ASSEMBLY)
        record.take(item)
        session.add(record)
        record.attachments.append(_paper(paper))
    with database.reading() as session:
        assert session.get_one(ItemRecord, ITEM).value() == item
    database.close()


def test_a_choice_without_options_is_refused() -> None:
    record = ItemRecord(
        id=ITEM,
        number=1,
        matter=9,
        kind="choice",
        title="",
        text="",
        scope={"kind": "estate"},
        options=[],
        seats=0,
        details={},
        attachments=[],
    )
    with pytest.raises(Malformed):
        record.value()


def _paper(value: Attachment) -> AttachmentRecord:
    return AttachmentRecord(
        id=value.id,
        position=1,
        name=value.name,
        media_type=value.media_type,
        size=value.size,
        sha256=value.sha256,
        content=b"%PD",
    )


def _add_assembly(session: Session) -> None:
    session.add(NodeRecord(id=NODE, kind="estate", name="测试小区"))
    session.add(
        AccountRecord(
            id=ACCOUNT,
            username="a",
            display_name="甲",
            password_hash="-",
            created_at=NOW,
            session_mark="-",
        )
    )
    session.flush()
    session.add(EstateRecord(id=ESTATE, node_id=NODE, name="测试小区", created_at=NOW))
    session.flush()
    session.add(
        AssemblyRecord(
            id=ASSEMBLY,
            estate_id=ESTATE,
            number=1,
            title="第一次会议",
            convener="committee",
            convener_name="测试小区业主委员会",
            created_at=NOW,
            created_by=ACCOUNT,
        )
    )
    session.flush()
