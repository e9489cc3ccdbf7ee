"""What may be attached is judged by its bytes; a name that lies is refused."""

import pytest

from assemblies.foundation.refusals import Incomplete
from assemblies.foundation.uploads import LARGEST, Upload, checked, sniffed
from tests.support.households import PDF, PNG

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 32 + b"\xff\xd9"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
GOOD = {
    "a PDF": ("维修方案.pdf", PDF, "application/pdf"),
    "a PDF in capitals": ("PLAN.PDF", PDF, "application/pdf"),
    "a PNG": ("照片.png", PNG, "image/png"),
    "a JPEG": ("照片.jpg", JPEG, "image/jpeg"),
    "a JPEG by its long name": ("照片.jpeg", JPEG, "image/jpeg"),
    "a camera's JPEG with its own data behind the end": ("a.jpg", JPEG + b"MPF", "image/jpeg"),
    "a PNG with data behind the end": ("a.png", PNG + b"\n", "image/png"),
    "a PDF of exactly the largest size": (
        "大.pdf",
        PDF.ljust(LARGEST - 5, b"\n") + b"%%EOF",
        "application/pdf",
    ),
}
LIES = {
    "a PDF named .png": ("方案.png", PDF, "内容是 PDF 文件"),
    "a PNG named .pdf": ("照片.pdf", PNG, "内容是 PNG 图片"),
    "a JPEG named .png": ("照片.png", JPEG, "内容是 JPEG 图片"),
    "a PDF without an extension": ("方案", PDF, "和文件名不一致"),
    "a PDF whose true ending is hidden": ("方案.exe\u202efdp.pdf.exe", PDF, "和文件名不一致"),
    "an SVG": ("图.svg", SVG, "不是 PDF、PNG 或 JPEG"),
    "an SVG named .png": ("图.png", SVG, "不是 PDF、PNG 或 JPEG"),
    "HTML named .pdf": ("方案.pdf", HTML, "不是 PDF、PNG 或 JPEG"),
    "HTML behind a PDF's first bytes": ("方案.pdf", b"%PDF-1.7\n" + HTML, "不是 PDF、PNG 或 JPEG"),
    "a GIF": ("动图.gif", b"GIF89a" + b"\0" * 20, "不是 PDF、PNG 或 JPEG"),
    "a spreadsheet": ("表.xlsx", b"PK\x03\x04" + b"\0" * 20, "不是 PDF、PNG 或 JPEG"),
    "a cut PNG": ("照片.png", PNG[:-8], "已经损坏"),
    "a cut JPEG": ("照片.jpg", JPEG[:-2], "已经损坏"),
    "a cut PDF": ("方案.pdf", PDF.partition(b"%%EOF")[0], "已经损坏"),
    "an empty file": ("方案.pdf", b"", "空文件"),
    "one byte too large": (
        "大.pdf",
        b"%PDF-1.7".ljust(LARGEST - 4, b"\n") + b"%%EOF",
        "超过 10 MB",
    ),
    "a locked PDF": ("密.pdf", PDF.replace(b"%%EOF", b"<</Encrypt 9 0 R>>\n%%EOF"), "加了密码"),
}


@pytest.mark.parametrize(("name", "content", "media_type"), GOOD.values(), ids=GOOD)
def test_an_honest_paper_is_taken(name: str, content: bytes, media_type: str) -> None:
    paper = checked(Upload(name, content))
    assert (paper.name, paper.media_type, paper.content) == (name, media_type, content)


@pytest.mark.parametrize(("name", "content", "said"), LIES.values(), ids=LIES)
def test_a_lie_is_refused_in_words(name: str, content: bytes, said: str) -> None:
    with pytest.raises(Incomplete) as refused:
        checked(Upload(name, content))
    assert said in refused.value.said


NAMES = {
    "a Windows path": ("C:\\Users\\lin\\方案.pdf", "方案.pdf"),
    "a path that climbs": ("../../etc/方案.pdf", "方案.pdf"),
    "a line break in the middle": ("方\r\n案.pdf", "方案.pdf"),
    "a mark that turns the direction": ("方案\u202e.pdf", "方案.pdf"),
    "a name longer than anybody reads": ("长" * 200 + ".pdf", "长" * 76 + ".pdf"),
    "a decomposed letter": ("re\u0301sume\u0301.pdf", "résumé.pdf"),
}


@pytest.mark.parametrize(("given", "kept"), NAMES.values(), ids=NAMES)
def test_a_name_is_cleaned(given: str, kept: str) -> None:
    assert checked(Upload(given, PDF)).name == kept


def test_what_is_none_of_the_three_has_no_type() -> None:
    assert sniffed(b"") is None
