"""PDFs carry their Chinese font, refuse what they cannot draw, and fetch nothing from outside."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from assemblies.foundation import documents
from assemblies.foundation.documents import MissingGlyph, pdf

PAGE = '<html lang="zh-CN"><head><title>公告</title></head><body>{}</body></html>'
# CJK Extension H, assigned in 2022: in no font that this product is set in.
UNDRAWABLE = "\U00031350"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "css").mkdir()
    sheet = "@page { size: A4 } body { font-family: 'Noto Serif CJK SC' }"
    (tmp_path / "css" / "print.css").write_text(sheet, "utf-8")
    return tmp_path


def test_a_page_becomes_an_archival_pdf_with_its_font_inside(base: Path) -> None:
    data = pdf(PAGE.format("表决事项公告"), base=base)
    reader = PdfReader(io.BytesIO(data))
    assert "表决事项公告" in reader.pages[0].extract_text()
    assert b"pdfaid" in reader.trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]
    assert "Noto-Serif-CJK-SC" in documents._font_names(reader)


@pytest.mark.parametrize("text", [UNDRAWABLE, f"王{UNDRAWABLE}先生"])
def test_a_missing_glyph_is_an_error_that_names_it(base: Path, text: str) -> None:
    with pytest.raises(MissingGlyph) as refused:
        pdf(PAGE.format(text), base=base)
    assert refused.value.characters == (UNDRAWABLE,)
    assert "U+31350" in refused.value.said


def test_each_missing_glyph_is_named_once(base: Path) -> None:
    with pytest.raises(MissingGlyph) as refused:
        pdf(PAGE.format(UNDRAWABLE * 3), base=base)
    assert refused.value.characters == (UNDRAWABLE,)


def test_after_a_missing_glyph_the_next_page_is_fine(base: Path) -> None:
    with pytest.raises(MissingGlyph):
        pdf(PAGE.format(UNDRAWABLE), base=base)
    assert pdf(PAGE.format("好"), base=base).startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["䶮", "㛃", "堃", "旸", "祎", "𬭎", "𫖯"])
def test_rare_signs_of_names_are_drawn(base: Path, name: str) -> None:
    assert pdf(PAGE.format(name), base=base).startswith(b"%PDF-")


def test_a_file_outside_the_folder_is_not_read(
    base: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.css"
    outside.write_text("body::before { content: '泄露' }", "utf-8")
    link = f'<link rel="stylesheet" href="{outside.as_uri()}">'
    data = pdf(PAGE.format(f"{link}正文"), base=base)
    assert "泄露" not in PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_without_the_font_nothing_is_printed(monkeypatch: pytest.MonkeyPatch, base: Path) -> None:
    documents.require_font.cache_clear()
    monkeypatch.setattr(documents, "_font_names", lambda _reader: "DejaVu-Serif")
    with pytest.raises(documents.FontMissing, match="fonts-noto-cjk"):
        pdf(PAGE.format("正文"), base=base)
