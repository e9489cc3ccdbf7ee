"""Refusals of a whole file: it cannot be read as a table at all."""

from assemblies.foundation.refusals import Incomplete


class UnreadableSheet(Incomplete):
    """The file is no table that can be read; `said` names the reason and the way on."""

    said = "这个文件读不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"


class OversizedSheet(UnreadableSheet):
    """The file is larger, longer or wider than any table asked for here needs to be."""

    said = "这个文件太大。请只保留要上传的表格，或者分楼栋上传。"
