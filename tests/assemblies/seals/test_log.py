"""The log is what counts: on both databases it refuses edits, matches, verifies, and tells."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from assemblies.foundation.refusals import NotFound
from assemblies.foundation.uploads import Upload
from assemblies.records.committees import committee_of
from assemblies.records.logs import LogEntryRecord
from assemblies.records.seal_log import differences, export
from assemblies.records.seals import SealListRecord, SealRecord, SealSignatureRecord, SealUseRecord
from assemblies.records.streams import Stream, entries_of, head_of
from assemblies.seals.queries.seals import log_lines
from assemblies.seals.services import applying, keeping, signing
from assemblies.seals.services.publishing import publish_list
from tests.support.agendas import NOON
from tests.support.households import PNG
from tests.support.registers import registered
from tests.support.sealing import Sealed, photograph
from voting import archive, cli
from voting.bundle import LOG
from voting.log import seals
from voting.log.entries import Entry
from voting.log.seals import SealKind
from voting.stream import write


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)], scope="module"
)
def backend(request: pytest.FixtureRequest) -> str:
    """Run on both databases: triggers and times differ."""
    name: str = request.param
    return name


def a_year(case: Sealed) -> None:
    """Let everything happen that can happen to a seal."""
    case.closed(1)
    case.stamped()
    case.sign(case.apply(), 0)
    over = case.apply()
    applying.withdraw(case.session, case.actor(1), over, "不需要了", now=case.now)
    refused = case.apply()
    for position in (0, 1, 4):
        signing.decline(case.session, case.actor(position), refused, "价格偏高", now=case.now)
    publish_list(case.session, case.actor(0), lambda drawn: b"%PDF-1.4 list", now=case.now)
    case.kept(SealKind.ASSEMBLY)
    case.hand(case.seal, case.actor(3))
    keeping.lose_seal(case.session, case.actor(3), case.seal, "找不到了", now=case.now)
    draft = keeping.SealDraft(SealKind.COMMITTEE, "新章", Upload("证明.png", PNG))
    keeping.replace_seal(case.session, case.actor(0), case.seal, draft, now=case.now)


def verified(tmp_path: Path, data: bytes) -> int:
    path = tmp_path / "log.zip"
    path.write_bytes(data)
    return cli.main(["verify", str(path), "--workers", "1"])


def test_a_year_of_seals_matches_and_verifies(
    case: Sealed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_year(case)
    assert differences(case.session, case.estate) == ()
    assert verified(tmp_path, export(case.session, case.estate)) == 0
    assert "印章 3 枚，用印 5 件，已办结 1 件" in capsys.readouterr().out
    told = {one.kind for one in entries_of(case.session, case.estate, Stream.SEALS)}
    assert told == set(seals.WORDS) - {seals.PHOTOGRAPHED}


def test_every_step_is_told_to_the_supervision_record(case: Sealed) -> None:
    a_year(case)
    told = [one.kind for one in entries_of(case.session, case.estate, Stream.SUPERVISION)]
    assert set(told) >= {
        f"seal.{step}"
        for step in (
            "made", "kept", "lost", "replaced", "applied", "approved", "declined", "stamped",
            "closed", "withdrawn", "published",
        )
    }  # fmt: skip


def test_a_page_shows_the_entries_of_its_own_use(case: Sealed) -> None:
    use = case.closed()
    lines = log_lines(case.session, case.estate, use)
    words = ["申请用印", "签字同意", "签字同意", "签字同意", "盖章", "用印办结"]
    assert [line.words for line in lines] == words
    last = entries_of(case.session, case.estate, Stream.SEALS)[-1]
    assert (lines[-1].index, lines[-1].digest) == (last.index, last.leaf_hash.hex())


def edit_entry(case: Sealed) -> object:
    return update(LogEntryRecord).values(kind="use-withdrawn")


def drop_entries(case: Sealed) -> object:
    return delete(LogEntryRecord)


@pytest.mark.parametrize("edit", [edit_entry, drop_entries], ids=["update", "delete"])
def test_the_database_refuses_to_change_the_log(
    case: Sealed, edit: Callable[[Sealed], object]
) -> None:
    held = case.session.begin_nested()
    with pytest.raises(DBAPIError):
        case.session.execute(edit(case))  # type: ignore[call-overload]
    held.rollback()
    assert differences(case.session, case.estate) == ()


def of_use(**values: object) -> Callable[[Sealed, UUID], object]:
    return lambda case, use: update(SealUseRecord).where(SealUseRecord.id == use).values(**values)


def of_seal(**values: object) -> Callable[[Sealed, UUID], object]:
    return lambda case, use: update(SealRecord).where(SealRecord.id == case.seal).values(**values)


def of_signature(**values: object) -> Callable[[Sealed, UUID], object]:
    return lambda case, use: (
        update(SealSignatureRecord)
        .where(SealSignatureRecord.use_id == use, SealSignatureRecord.name == "林海生")
        .values(**values)
    )


def without_signature(case: Sealed, use: UUID) -> object:
    return delete(SealSignatureRecord).where(SealSignatureRecord.use_id == use)


def of_list(**values: object) -> Callable[[Sealed, UUID], object]:
    return lambda case, use: update(SealListRecord).values(**values)


TAMPERED = {
    "another title": (of_use(title="别的合同"), "申请内容"),
    "other copies": (of_use(copies=20), "申请内容"),
    "another purpose": (of_use(purpose="别的用途"), "申请内容"),
    "another receiver": (of_use(receiver="别的公司"), "申请内容"),
    "other words on the basis": (of_use(covers="什么都行"), "申请内容"),
    "another kind of document": (of_use(document_kind="letter"), "申请内容"),
    "another applicant": (of_use(applicant="别人"), "申请内容"),
    "fewer signatures needed": (of_use(needed=1), "须签字人数"),
    "another state": (of_use(state="withdrawn"), "状态"),
    "another keeper's stamp": (of_use(stamped_by="别人"), "盖章人"),
    "no photographs": (of_use(photo_ids=[]), "照片"),
    "another closing": (of_use(closing_note="监印人：别人"), "办结说明"),
    "another time": (of_use(applied_at=NOON.replace(year=2025)), "申请时间"),
    "another number": (of_use(number=70), "申请内容"),
    "a signature turned round": (of_signature(answer="declined"), "签字"),
    "a signature by another name": (of_signature(name="别人"), "签字"),
    "signatures removed": (without_signature, "签字"),
    "a seal in other hands": (of_seal(keeper="别人"), "保管人"),
    "a seal of another kind": (of_seal(kind="finance"), "种类"),
    "a seal that is lost": (of_seal(state="lost"), "状态"),
    "a seal kept since another day": (of_seal(kept_since=NOON.replace(year=2025)), "保管起始时间"),
    "a list of other uses": (of_list(uses=7), "用印清单"),
}


@pytest.mark.parametrize(("tamper", "said"), TAMPERED.values(), ids=TAMPERED)
def test_a_table_that_differs_is_named(
    case: Sealed, tamper: Callable[[Sealed, UUID], object], said: str
) -> None:
    use = case.closed()
    publish_list(case.session, case.actor(0), lambda drawn: b"%PDF-1.4 list", now=case.now)
    case.session.execute(tamper(case, use))  # type: ignore[call-overload]
    case.session.expire_all()
    found = differences(case.session, case.estate)
    assert len(found) == 1
    assert said in found[0]


def test_a_seal_that_is_missing_is_found(case: Sealed) -> None:
    other = registered(case.session, NOON).estate
    elsewhere = committee_of(case.session, other, now=NOON)
    case.session.execute(
        update(SealRecord).where(SealRecord.id == case.seal).values(committee_id=elsewhere.id)
    )
    case.session.expire_all()
    assert differences(case.session, case.estate) == ("印章的枚数和日志不一致。",)


def test_an_estate_without_a_log_has_nothing_to_export(case: Sealed) -> None:
    other = registered(case.session, NOON).estate
    assert differences(case.session, other) == ()
    with pytest.raises(NotFound):
        export(case.session, other)


def test_a_tampered_export_fails_through_the_command(
    case: Sealed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case.stamped(photograph())
    files = archive.unpack(export(case.session, case.estate))
    lines = files[LOG]
    assert lines.count("电梯维修合同".encode())
    files[LOG] = lines.replace("示例电梯公司".encode(), "别的电梯公司".encode())
    assert verified(tmp_path, archive.pack(files)) == 1
    assert "［不成立］" in capsys.readouterr().out


def test_a_shortened_log_fails_against_its_head(case: Sealed, tmp_path: Path) -> None:
    case.stamped(photograph())
    head = head_of(case.session, case.estate, Stream.SEALS)
    entries = entries_of(case.session, case.estate, Stream.SEALS)
    data = write([one.data for one in entries[:-1]], head.checkpoint)
    assert verified(tmp_path, data) == 1
    assert Entry.parse(entries[-1].data).kind == seals.STAMPED
