"""Refusals of a whole file: it cannot be read as a register at all."""

from assemblies.foundation.refusals import Incomplete


class UnreadableRegister(Incomplete):
    """The file is not a register that can be read; `said` names the reason and the way on."""

    said = "这个文件读不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"


class OversizedRegister(UnreadableRegister):
    """The file is larger, longer or wider than any register needs to be."""

    said = "这个文件太大。请只保留业主名册，或者分楼栋上传。"
