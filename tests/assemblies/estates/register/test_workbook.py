"""Files as they are uploaded: spreadsheets, text in four encodings, and everything else."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from assemblies.estates.register.reading import read
from assemblies.foundation.sheets import grid, package
from assemblies.foundation.sheets.refusals import OversizedSheet, UnreadableSheet
from assemblies.foundation.sheets.text import DateCell, FormulaCell, NumberCell
from assemblies.foundation.sheets.workbook import sheets
from tests.assemblies.estates.register.making import HEADER, row, xlsx

TEXT = "\r\n".join(",".join(line) for line in (HEADER, row())) + "\r\n"
ENCODED = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with BOM": TEXT.encode("utf-8-sig"),
    "GBK": TEXT.encode("gbk"),
    "GB 18030 with a rare name": TEXT.replace("张三", "𠮷旸").encode("gb18030"),
    "UTF-16 with BOM": TEXT.encode("utf-16"),
    "semicolons": TEXT.replace(",", ";").encode(),
    "tabs": TEXT.replace(",", "\t").encode(),
    "tabs, UTF-16, as Excel saves Unicode text": TEXT.replace(",", "\t").encode("utf-16"),
    "IDs behind tabs": TEXT.replace(",990000", ",\t990000").encode(),
    "a line that names the separator": b"sep=;\r\n" + TEXT.replace(",", ";").encode(),
    "text kept by formulas": TEXT.replace("1380", '="1380').replace("0001\r", '0001"\r').encode(),
    "quotes": ('"' + TEXT[:-2].replace(",", '","').replace("\r\n", '"\r\n"') + '"\r\n').encode(),
    "bare line feeds": TEXT.replace("\r\n", "\n").encode(),
    "blank lines at the end": (TEXT + ",,,,\r\n\r\n").encode(),
}  # fmt: skip


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_text_is_read_in_every_dress(data: bytes) -> None:
    reading = read(data, "名册.csv")
    assert [tuple(part.key) for part in reading.parts] == [("1", "1", "101")]
    owner = reading.parts[0].owners[0]
    assert owner.name in {"张三", "𠮷旸"}
    assert owner.phones == ("13800000001",)
    assert reading.remarks == ()


def test_a_line_break_inside_quotes_stays_in_its_cell() -> None:
    data = b'a,"b\nc",d\ne,f,g\n'
    assert sheets(data, "x.csv")[0].rows == (("a", "b\nc", "d"), ("e", "f", "g"))


def test_the_name_of_a_text_file_names_its_sheet() -> None:
    assert sheets(b"a,b\n", r"C:\temp\1号楼.csv".replace("\\", "/"))[0].name == "1号楼"


OTHERS = {
    "empty": (b"", "空的"),
    "blank": (b"\r\n\r\n", "空的"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 .xls"),
    "with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "PDF": (b"%PDF-1.7\n", "PDF"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "图片"),
    "JPEG": (b"\xff\xd8\xff\xe0", "图片"),
    "HTML named xls": (b"\xef\xbb\xbf<html><table></table></html>", "网页"),
    "RAR": (b"Rar!\x1a\x07", "压缩包"),
    "broken quotes": ('房号,面积\n"101,98.35\n102,1\n'.encode(), "引号"),
    "no encoding": (b"\x81\x20\xff\xff\xfe", "编码"),
    "NUL in text": (b"a,b\n\0,1\n", "编码"),
    "a ZIP cut short": (xlsx({"a": [["x"]]})[:300], "损坏"),
    "UTF-16 cut in the middle of a sign": ("房号".encode("utf-16")[:-1], "编码"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "said"), OTHERS.values(), ids=OTHERS)
def test_other_files_are_refused_with_a_way_on(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        read(data, "名册.xlsx")
    assert said in str(refused.value.said)


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def repacked(data: bytes, **changed: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped(members | {name.replace("__", "/") + ".xml": c for name, c in changed.items()})


@pytest.mark.parametrize(
    "members",
    [
        {"word/document.xml": b"<x/>"},
        {"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"},
        {"xl/workbook.bin": b"\0"},
    ],
)
def test_other_zips_are_no_workbooks(members: dict[str, bytes]) -> None:
    with pytest.raises(UnreadableSheet):
        read(zipped(members), "a.xlsx")


SHEET = "xl__worksheets__sheet1"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_xml(rows: str) -> bytes:
    return f"<worksheet {NS}><sheetData>{rows}</sheetData></worksheet>".encode()


FAR = {
    "a cell in the last row": '<row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
    "a cell in the last column": '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>',
    "both at once": '<row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "far without saying where": '<row r="900000"><c><v>1</v></c></row>',
    "a formula far out": '<row r="1048576"><c r="A1048576"><f>1</f></c></row>',
    "rows beyond Excel": '<row r="99999999"><c r="A99999999"><v>1</v></c></row>',
    "spread thin": '<row r="50000"><c r="A50000"><v>1</v></c><c r="GA50000"><v>1</v></c></row>',
}


@pytest.mark.parametrize("rows", FAR.values(), ids=FAR)
def test_a_cell_far_out_is_refused_before_room_is_made_for_it(rows: str) -> None:
    data = repacked(xlsx({"a": [["x"]]}), **{SHEET: sheet_xml(rows)})
    with pytest.raises(OversizedSheet) as refused:
        read(data, "a.xlsx")
    assert "工作表“a”" in refused.value.said


def test_formatting_far_out_is_no_content() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名册"
    for cells in (HEADER, row()):
        sheet.append(list(cells))
    sheet["XFD1048576"].fill = PatternFill("solid", fgColor="FF0000")
    target = io.BytesIO()
    book.save(target)
    assert len(read(target.getvalue(), "a.xlsx").parts) == 1


def test_a_zip_bomb_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED", 1_000_000)
    bomb = sheet_xml(" " * 5_000_000)
    data = repacked(xlsx({"a": [["x"]]}), **{SHEET: bomb})
    assert len(data) < 20_000
    with pytest.raises(OversizedSheet):
        read(data, "a.xlsx")


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    data = repacked(xlsx({"a": [["x"]]}), **{SHEET: sheet_xml(" " * 100_000)})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = next(e for e in archive.infolist() if e.filename.endswith("sheet1.xml")).file_size
    lying = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(UnreadableSheet):
        read(lying, "a.xlsx")


def test_a_document_type_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet_xml("<row><c><v>1</v></c></row>")
    with pytest.raises(UnreadableSheet):
        read(repacked(xlsx({"a": [["x"]]}), **{SHEET: bomb}), "a.xlsx")


def test_overlapping_merges_without_end_are_refused() -> None:
    merges = '<mergeCell ref="A1:A500"/>' * 1000
    xml = sheet_xml("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 501)))
    xml = xml.replace(b"</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>".encode())
    with pytest.raises(OversizedSheet):
        read(repacked(xlsx({"a": [["x"]]}), **{SHEET: xml}), "a.xlsx")


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assemblies.foundation.sheets.workbook.MOST_BYTES", 1024)
    with pytest.raises(OversizedSheet):
        read(b"a" * 1025, "a.csv")


def test_too_many_rows_of_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_ROWS", 10)
    with pytest.raises(OversizedSheet) as refused:
        read(TEXT.encode() + TEXT.encode() * 10, "a.csv")
    assert "最多读 10 行" in refused.value.said


def test_cells_say_what_they_were() -> None:
    import datetime  # noqa: PLC0415

    data = xlsx({"a": [[1, 98.35, 13800080472, "x", True, datetime.date(2026, 1, 2), "=A1"]]})
    cells = sheets(data, "a.xlsx")[0].rows[0]
    assert cells == ("1", "98.35", "13800080472", "x", "是", "2026-01-02", "=A1")
    kinds = (NumberCell, NumberCell, NumberCell, str, str, DateCell, FormulaCell)
    assert tuple(map(type, cells)) == kinds


def test_a_formula_with_its_result_is_the_result() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c>'
        '<c r="B1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="C1"><f>NOW()</f></c></row>'
    )
    data = repacked(xlsx({"a": [["x"]]}), **{SHEET: sheet_xml(rows)})
    assert sheets(data, "a.xlsx")[0].rows == (("2", "ab", "=NOW()"),)


def test_hidden_sheets_and_rows_are_known() -> None:
    book = Workbook()
    first = book.worksheets[0]
    first.append(["x"])
    first.append(["y"])
    first.row_dimensions[2].hidden = True
    book.create_sheet("旧").sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    found = sheets(target.getvalue(), "a.xlsx")
    assert [(sheet.hidden, sheet.hidden_rows) for sheet in found] == [(False, 1), (True, 0)]


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_our_refusal(data: bytes) -> None:
    with contextlib.suppress(UnreadableSheet):
        read(data, "a.csv")


GOOD = xlsx({"名册": [HEADER, row()]})


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_flipped_byte_raises_nothing_but_our_refusal(at: int, byte: int) -> None:
    with contextlib.suppress(UnreadableSheet):
        read(GOOD[:at] + bytes([byte]) + GOOD[at + 1 :], "a.xlsx")
