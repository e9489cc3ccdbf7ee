"""No blank paper: every kind of ink counts, and none is none."""

import pytest

from assemblies.foundation.config import ROOT
from assemblies.foundation.documents import pdf
from assemblies.foundation.refusals import Incomplete
from assemblies.foundation.uploads import Upload, checked
from assemblies.seals.services.documents import require_written
from tests.support.households import PNG
from tests.support.sealing import STROKE, paper

IMAGE = b"BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI"
WRITTEN = {
    "a stroke": (STROKE,),
    "a filled shape": (b"0 0 10 10 re f",),
    "a shading": (b"/Sh1 sh",),
    "a picture by name": (b"/Im1 Do",),
    "a picture inside the page": (IMAGE,),
    "three pages": (STROKE, b"0 0 5 5 re B", STROKE),
}
BLANK = {
    "nothing": (b"",),
    "spaces": (b"   \n",),
    "a path that is never drawn": (b"10 10 m 90 90 l n",),
    "colours alone": (b"1 0 0 rg 0 G 2 w",),
    "text of spaces": (b"BT /F1 12 Tf (   ) Tj ET",),
    "a blank last page": (STROKE, b""),
}


@pytest.mark.parametrize("pages", WRITTEN.values(), ids=WRITTEN)
def test_paper_with_ink_is_counted(pages: tuple[bytes, ...]) -> None:
    assert require_written(checked(Upload("合同.pdf", paper(*pages)))) == len(pages)


@pytest.mark.parametrize("pages", BLANK.values(), ids=BLANK)
def test_blank_paper_is_refused(pages: tuple[bytes, ...]) -> None:
    with pytest.raises(Incomplete, match="空白纸不能盖章"):
        require_written(checked(Upload("合同.pdf", paper(*pages))))


def test_a_typeset_paper_is_no_blank_one() -> None:
    data = pdf('<html lang="zh-CN"><p>电梯维修合同</p></html>', base=ROOT / "static")
    assert require_written(checked(Upload("合同.pdf", data))) == 1


def test_a_photograph_says_nothing_of_its_pages() -> None:
    assert require_written(checked(Upload("原件.png", PNG))) == 0
