"""Where the columns of a sheet of balances are: the heading may stand in any of the first rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assemblies.foundation.sheets.grid import Sheet
from assemblies.foundation.sheets.text import NumberCell, compact

DEEPEST = 20
_UNIT = re.compile(r"[\((](?:单位)?[::]?(?:元|人民币元|人民币)[\))]|[\s:：*]")
_BUILDINGS = {"楼栋", "楼号", "楼栋号", "楼幢", "楼幢号", "楼座", "幢", "幢号", "栋", "栋号", "楼",
              "座", "座号"}  # fmt: skip
_ENTRANCES = {"单元", "单元号", "门", "梯", "单元门"}
_ROOMS = {"房号", "室号", "室", "房间", "房间号", "房屋", "房屋编号", "房屋号", "户号", "门牌号",
          "房屋坐落", "房屋地址", "房产地址", "坐落", "地址", "房号或车位号"}  # fmt: skip
_BALANCES = ("余额", "账户余额", "当前余额", "期末余额", "分户余额", "分户账余额", "余额合计",
             "本息余额", "可用余额")  # fmt: skip
_FIRSTS = ("首次交存", "首次交存额", "首期交存额", "首次交存金额", "首期维修资金", "首交金额")
_FIRST = re.compile(r"(?:首次|首期|初次|首笔|首交|已交存|应交存|交存).*")
_NOT_MONEY = re.compile(r"日期|时间|标准|面积|单价|次数|人|凭证|票号")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; -1 where there is none. `rows` is how many rows the heading has."""

    top: int
    rows: int
    building: int
    entrance: int
    room: int
    first: int
    balance: int

    @property
    def whole(self) -> bool:
        """Say whether a room and its balance can be read."""
        return self.room >= 0 and self.balance >= 0


@dataclass(frozen=True, slots=True)
class Missing:
    """A sheet that looks like balances and lacks, or has twice, what is needed."""

    sheet: str
    said: str


def columns(sheet: Sheet) -> Columns | Missing | None:
    """Find the heading of a sheet; None where the sheet holds no balances at all."""
    nearly: Missing | None = None
    for rows in (1, 2):
        for top in range(min(DEEPEST, len(sheet.rows))):
            words = _words(sheet.rows[top : top + rows])
            found = _columns(words, top, rows)
            if found.whole:
                return found
            nearly = nearly or _lacking(sheet.name, words, found)
    return nearly


def _words(rows: Sequence[Sequence[str]]) -> list[str]:
    """Join the cells of a heading's rows, one word for each column."""
    width = max((len(row) for row in rows), default=0)
    if any(isinstance(cell, NumberCell) for row in rows for cell in row):
        return []
    joined = (dict.fromkeys(row[at] for row in rows if at < len(row)) for at in range(width))
    return [_UNIT.sub("", compact("".join(words))) for words in joined]


def _columns(words: list[str], top: int, rows: int) -> Columns:
    return Columns(
        top=top,
        rows=rows,
        building=_at(words, _BUILDINGS),
        entrance=_at(words, _ENTRANCES),
        room=_at(words, _ROOMS),
        first=_money(words, _FIRSTS, _FIRST),
        balance=_money(words, _BALANCES, re.compile(r".*余额.*|.*结余.*")),
    )


def _at(words: list[str], known: set[str]) -> int:
    return next((at for at, word in enumerate(words) if word in known), -1)


def _money(words: list[str], exact: Sequence[str], like: re.Pattern[str]) -> int:
    """Return the one column that is meant; of several that may be, none."""
    for wanted in exact:
        found = [at for at, word in enumerate(words) if word == wanted]
        if found:
            return found[0] if len(found) == 1 else -1
    found = [
        at for at, word in enumerate(words) if like.fullmatch(word) and not _NOT_MONEY.search(word)
    ]
    return found[0] if len(found) == 1 else -1


def _lacking(sheet: str, words: list[str], found: Columns) -> Missing | None:
    if found.room < 0 and found.balance < 0:
        return None
    several = sum("余额" in word for word in words)
    if found.balance < 0 and several > 1:
        return Missing(sheet, "有几列都写着“余额”，请只留一列，表头写“余额（元）”。")
    if found.balance < 0 and found.building < 0 and found.entrance < 0:
        return None
    lacking = "“余额（元）”" if found.balance < 0 else "“房号”"
    return Missing(sheet, f"表头里没有找到{lacking}这一列。")
