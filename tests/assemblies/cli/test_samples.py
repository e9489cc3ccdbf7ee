"""`make samples` writes all that the product prints or exports, and checks what it wrote."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from assemblies.cli import commands, samples
from assemblies.cli.samples import NAME
from assemblies.estates.register.reading import read
from voting.bundle import Edition
from voting.log.entries import Receipt
from voting.verify.audit import verify

FILES = {
    "register-template.xlsx",
    "register.xlsx",
    "notice.pdf",
    "letters.pdf",
    "receipt.json",
    "result-notice.pdf",
    "summary.xlsx",
    f"{NAME}-public.zip",
    f"{NAME}-audit.zip",
    "application.pdf",
    "repair-plan.pdf",
    "share-list.pdf",
    "share-list.xlsx",
    "settlement.pdf",
    "instruction.pdf",
    "filing.pdf",
    "joint-review.pdf",
    "committee-notice.pdf",
    "minutes.pdf",
    "seal-register.pdf",
    "seal-register.xlsx",
    "seal-log.zip",
    "resolutions.pdf",
    "resolutions.xlsx",
    "fund-statement.pdf",
    "fund-balances.xlsx",
    "duties.ics",
    "record.pdf",
    "record.zip",
    "report.pdf",
    "order.pdf",
    "monthly-table.pdf",
    "monthly-table.xlsx",
}
TITLES = {
    "notice.pdf": "业主大会会议",
    "letters.pdf": "请您表决",
    "result-notice.pdf": "表决结果",
    "application.pdf": "维修资金使用申请表",
    "share-list.pdf": "分摊清册",
    "seal-register.pdf": "印章使用登记表",
    "filing.pdf": "备案表",
    "joint-review.pdf": "联审意见",
    "minutes.pdf": "会议纪要",
    "resolutions.pdf": "决议台账",
    "report.pdf": "定期报告",
    "order.pdf": "责令限期改正通知书",
    "monthly-table.pdf": "工作进展情况",
}
A4 = {(595, 842), (842, 595)}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the samples once."""
    folder = tmp_path_factory.mktemp("samples") / "out"
    assert samples.make(folder)
    return folder


def test_every_file_is_there_under_its_own_name(out: Path) -> None:
    assert {path.name for path in out.iterdir()} == FILES


@pytest.mark.parametrize(("name", "title"), TITLES.items())
def test_the_papers_say_what_they_are(out: Path, name: str, title: str) -> None:
    text = "".join(page.extract_text() for page in PdfReader(out / name).pages)
    assert title in text.replace("\n", "")


def test_every_paper_is_a4_with_its_fonts_and_no_page_is_empty(out: Path) -> None:
    for path in sorted(out.glob("*.pdf")):
        for number, page in enumerate(PdfReader(path).pages, 1):
            size = (round(float(page.mediabox.width)), round(float(page.mediabox.height)))
            assert size in A4, f"{path.name} {number}: {size}"
            assert page.extract_text().strip(), f"{path.name} {number} is empty"


def test_there_is_a_letter_of_one_page_for_every_voter_and_it_names_every_item(out: Path) -> None:
    report = verify((out / f"{NAME}-public.zip").read_bytes())
    assert report.result is not None
    whole = max(item.entitled.heads for item in report.result.items)
    letters = [page.extract_text() for page in PdfReader(out / "letters.pdf").pages]
    assert len(letters) == whole
    titles = [item.title for item in report.result.items]
    assert all(title in letter.replace("\n", "") for letter in letters for title in titles)


def test_the_register_reads_and_the_summary_is_a_workbook(out: Path) -> None:
    assert len(read((out / "register.xlsx").read_bytes(), "register.xlsx").parts) == 120
    rows = load_workbook(out / "summary.xlsx").active
    assert rows is not None
    assert rows["A1"].value == "计票结果汇总表"


def test_the_receipt_is_a_receipt(out: Path) -> None:
    receipt = Receipt.from_json(json.loads((out / "receipt.json").read_text("utf-8")))
    assert receipt.entry.kind == "ballot"


@pytest.mark.parametrize("edition", Edition)
def test_both_bundles_verify_and_a_changed_byte_is_found(out: Path, edition: Edition) -> None:
    data = bytearray((out / f"{NAME}-{edition.value}.zip").read_bytes())
    assert verify(bytes(data)).holds
    data[len(data) // 2] ^= 1
    assert not verify(bytes(data)).holds


@pytest.mark.parametrize(("holds", "code"), [(True, 0), (False, 1)])
def test_the_command_fails_where_a_bundle_does(
    monkeypatch: pytest.MonkeyPatch, *, holds: bool, code: int
) -> None:
    monkeypatch.setattr(samples, "make", lambda _out: holds)
    assert commands.main(["samples"]) == code
