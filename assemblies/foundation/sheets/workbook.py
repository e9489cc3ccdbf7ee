"""A file as it was uploaded becomes sheets, or a refusal that says what to do instead."""

from assemblies.foundation.sheets import delimited, spreadsheet
from assemblies.foundation.sheets.grid import MOST_BYTES, Sheet
from assemblies.foundation.sheets.refusals import OversizedSheet, UnreadableSheet

_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再上传。"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_FILES = {
    b"%PDF": "这是一个 PDF 文件。这里要上传表格，请找到原来的 Excel 或 CSV 文件。",
    b"\x89PNG": "这是一张图片。这里要上传表格，请找到原来的 Excel 或 CSV 文件。",
    b"\xff\xd8\xff": "这是一张图片。这里要上传表格，请找到原来的 Excel 或 CSV 文件。",
    b"Rar!": "这是一个压缩包。请先解压，再上传里面的表格。",
    b"7z\xbc\xaf": "这是一个压缩包。请先解压，再上传里面的表格。",
    b"\x1f\x8b": "这是一个压缩包。请先解压，再上传里面的表格。",
    b"{\\rtf": f"这是一个文字文档，不是表格。{_SAVE_AS}",
}


def sheets(data: bytes, filename: str) -> tuple[Sheet, ...]:
    """Read an uploaded file by what it is, not by what it is called.

    Raises `UnreadableSheet` for everything but XLSX and CSV, `OversizedSheet` beyond limits.
    """
    if len(data) > MOST_BYTES:
        raise OversizedSheet(
            f"文件超过 {MOST_BYTES // 1024 // 1024} MB。请只保留要上传的表格，或分楼栋上传。"
        )
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableSheet("这个文件是空的。")
    if data.startswith(b"PK"):
        return spreadsheet.sheets(data)
    _refuse_others(data)
    return (delimited.sheet(data, _stem(filename)),)


def _refuse_others(data: bytes) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableSheet("这个文件设了打开密码。请先取消密码，保存后再上传。")
        raise UnreadableSheet(f"这是旧版 .xls 文件（或其他旧版文档）。{_SAVE_AS}")
    for mark, said in _OTHER_FILES.items():
        if data.startswith(mark):
            raise UnreadableSheet(said)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        raise UnreadableSheet(f"这是网页格式的表格，只是名字像 Excel。{_SAVE_AS}")


def _stem(filename: str) -> str:
    name = filename.replace("\\", "/").rpartition("/")[2]
    return name.rpartition(".")[0] or name or "CSV"
