"""QR pictures are read back by a foreign reader."""

import base64
import io

import pytest
import zxingcpp
from PIL import Image

from assemblies.foundation.qr import qr_data_uri, qr_png

TEXTS = {
    "a public page": "http://localhost:8000/board/7f1a7a60-0000-4000-8000-000000000001",
    "a letter's code": "https://vote.example.gov.cn/v/K7MP2QRST9WX",
    "one sign": "1",
    "Chinese": "众决",
}


def read(picture: bytes) -> str:
    image = Image.open(io.BytesIO(picture)).convert("L")
    large = image.resize((image.width * 6, image.height * 6), Image.Resampling.NEAREST)
    return str(zxingcpp.read_barcodes(large)[0].text)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_reader_finds_what_was_written(text: str) -> None:
    assert read(qr_png(text)) == text


def test_the_picture_is_small_and_has_a_quiet_zone() -> None:
    picture = qr_png(TEXTS["a public page"])
    image = Image.open(io.BytesIO(picture)).convert("L")
    assert len(picture) < 500
    assert {image.getpixel((x, 3)) for x in range(image.width)} == {255}


def test_a_data_uri_holds_the_same_picture() -> None:
    head, _, body = qr_data_uri("众决").partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(body) == qr_png("众决")
