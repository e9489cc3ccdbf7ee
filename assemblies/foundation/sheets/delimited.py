"""CSV as clerks' programs write it: UTF-8 with or without BOM, GB 18030, UTF-16; , ; or tab."""

import csv
import io
import re
from collections.abc import Iterable
from statistics import median_high

from assemblies.foundation.sheets.grid import Sheet, check_size
from assemblies.foundation.sheets.refusals import UnreadableSheet
from assemblies.foundation.sheets.text import tidy

_DELIMITERS = (",", "\t", ";", "|")
_TRIED_LINES = 50
_SEPARATOR_LINE = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)
_KEPT_AS_TEXT = re.compile(r'="(.*)"')


def sheet(data: bytes, name: str) -> Sheet:
    """Read a delimited text file as one sheet.

    Raises `UnreadableSheet` for unknown encodings and broken quotes.
    """
    text = _decoded(data)
    separator = _SEPARATOR_LINE.match(text)
    body = text[separator.end() :] if separator else text
    delimiter = separator.group(1) if separator else _delimiter(body)
    rows = _rows(body, delimiter)
    width = max((len(row) for row in rows), default=0)
    check_size(len(rows), width, "这个文件")
    return Sheet(name, tuple(tuple(_cells(row)) + ("",) * (width - len(row)) for row in rows))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableSheet(
        "这个文件的文字编码认不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
    )


def _delimiter(text: str) -> str:
    """Choose the separator that gives most rows the most cells; a tab may also hide in a cell."""
    lines = [line for line in text.splitlines()[: _TRIED_LINES * 2] if line.strip()][:_TRIED_LINES]
    if not lines:
        return ","
    return max(_DELIMITERS, key=lambda sign: median_high(line.count(sign) for line in lines))


def _rows(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            check_size(len(rows), len(row), "这个文件")
    except csv.Error as error:
        raise UnreadableSheet(
            f"第 {reader.line_num} 行附近的引号没有配对，读不下去。"
            "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
        ) from error
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def _cells(row: Iterable[str]) -> Iterable[str]:
    for cell in row:
        kept = _KEPT_AS_TEXT.fullmatch(cell.strip())
        bare = kept.group(1) if kept else cell
        yield bare if tidy(bare) else ""
