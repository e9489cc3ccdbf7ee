"""The blank register that clerks may download: columns to fill in, an example, what each means."""

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assemblies.estates.register.export import (
    COLUMNS,
    cell,
    heading_cells,
    lay_out,
    saved,
    table,
)
from assemblies.estates.register.identity import CREDIT, RESIDENT
from assemblies.estates.register.values import (
    Basis,
    ExistingPart,
    OwnerKind,
    PartKey,
    RegisterOwner,
    Status,
    Use,
)

_CHOICES = {
    "面积依据": [value.label for value in Basis],
    "用途": [value.label for value in Use],
    "权属状态": [value.label for value in Status],
    "产权人类型": [value.label for value in OwnerKind],
    "表决权代表": ["是", "否"],
}
_ROWS = 10_000
_MEANINGS = {
    "楼栋": "必填。写 1号楼、1幢、1栋 都可以；地下车位写“地下车库”。",
    "单元": "有单元的填，没有的留空。",
    "楼层": "选填。地下一层写 -1。",
    "房号": "必填。也可以只填这一列，写成 01-01-0101（楼栋-单元-房号）。",
    "专有部分面积(㎡)": "必填。照不动产登记簿填写，最多两位小数。",
    "面积依据": "登记、实测或合同。先看登记簿，没有登记看实测，再没有看买卖合同。",
    "用途": "住宅、商铺、车位、储藏室或其他。",
    "权属状态": "已售、未交付、未售或查封。未售和未交付的房屋由开发建设单位行使表决权，合为一人。",
    "不动产单元号": "选填。没有时可以写产权证号。",
    "产权人": "已售的房屋必填。几个人共有就写几行，每行写全楼栋、单元、房号。",
    "产权人类型": "个人或单位。不填时按名称和证件判断。",
    "证件类型": "身份证、统一社会信用代码、护照等。",
    "证件号码": "请填写。系统靠它认出同一个人的几套房；没有时按姓名加电话认人，并给出提醒。",
    "份额": "按份共有时填写，如 1/2 或 50%。共同共有留空。",
    "表决权代表": "共有人推选的代表那一行写“是”。",
    "电话1": "手机或座机。一格里有几个号码时用顿号隔开。",
    "电话2": "选填。",
    "电话3": "选填。",
    "邮寄地址": "选填。不住在本小区的产权人请填写。",
    "送达方式": "选填。如 上门、邮寄、短信。",
    "备注": "选填。",
}
_EXAMPLES = (
    ExistingPart(
        PartKey("1", "1", "101"), "1号楼", "1单元", "1", "101",
        9835, Basis.REGISTER, Use.DWELLING, Status.SOLD,
        owners=(
            RegisterOwner("张示例", OwnerKind.PERSON, RESIDENT, "990000199001011239",
                          ("13800000000",), representative=True),
            RegisterOwner("李示例", OwnerKind.PERSON, RESIDENT, "990000199002021236",
                          ("13800000001",)),
        ),
    ),
    ExistingPart(
        PartKey("1", "", "S01"), "1号楼", "", "1", "S01",
        12050, Basis.SURVEY, Use.SHOP, Status.SOLD,
        owners=(RegisterOwner("示例商贸有限公司", OwnerKind.COMPANY, CREDIT, "91990000MA00000X19",
                              ("13800000002",)),),
    ),
    ExistingPart(
        PartKey("1", "2", "502"), "1号楼", "2单元", "5", "502",
        8950, Basis.CONTRACT, Use.DWELLING, Status.UNSOLD,
    ),
)  # fmt: skip


def blank_template() -> bytes:
    """Return an XLSX with the columns to fill in, a sheet of examples and one of explanations."""
    book = Workbook(write_only=True)
    _to_fill_in(book)
    examples = book.create_sheet("示例")
    lay_out(examples)
    examples.append(heading_cells(examples))
    for row in table(_EXAMPLES):
        examples.append([cell(examples, value) for value in row])
    _explanations(book)
    return saved(book)


def _to_fill_in(book: Workbook) -> None:
    sheet = book.create_sheet("业主名册")
    lay_out(sheet)
    for at, heading in enumerate(COLUMNS, 1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].number_format = "0.00" if "面积(" in heading else "@"
        if words := _CHOICES.get(heading):
            rule = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
            rule.add(f"{letter}2:{letter}{_ROWS}")
            sheet.data_validations.append(rule)
    sheet.append(heading_cells(sheet))


def _explanations(book: Workbook) -> None:
    sheet = book.create_sheet("填写说明")
    sheet.column_dimensions["A"].width = 20
    sheet.column_dimensions["B"].width = 90
    for heading in ("列", "怎么填"), *_MEANINGS.items():
        sheet.append([_wrapped(sheet, text, bold=heading[0] == "列") for text in heading])


def _wrapped(sheet: Worksheet, text: str, *, bold: bool) -> Cell:
    made = WriteOnlyCell(sheet, text)
    made.font = Font(bold=bold)
    made.alignment = Alignment(wrap_text=True, vertical="top")
    return made
