"""The 54 rows of the monthly table (枣住建字〔2021〕6号 附件) and the ratios drawn from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Kind(Enum):
    """What a row asks for: a number, whether something is done, or a log with its number."""

    COUNT = "数量"
    DONE = "是否完成"
    LOG = "台账"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number (序号), task (工作任务), requirement (工作要求), unit and kind.

    `computed` rows are answered from the platform's own records as far as the data exists; the
    others are keyed in once a month with proof attached. `parts` names the figures of a row that
    asks for more than one.
    """

    number: int
    section: str
    task: str
    asked: str = ""
    unit: str = "个"
    kind: Kind = Kind.COUNT
    computed: bool = False
    parts: tuple[str, ...] = ()

    @property
    def figures(self) -> int:
        """Return how many figures the row holds."""
        return len(self.parts) or 1

    def said(self, value: Sequence[int]) -> str:
        """Say the row's value in words: 12 家, 已完成, 响应 3 件，办结 2 件."""
        if self.kind is Kind.DONE:
            return DONE_ZH if value[0] else UNDONE_ZH
        if self.parts:
            pairs = zip(self.parts, value, strict=True)
            return "，".join(f"{part} {one:,} {self.unit}" for part, one in pairs)
        return f"{value[0]:,} {self.unit}"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share that officials report: row `part` of row `whole`, and its target if there is one.

    `place` says which figure of row `part` it is, where that has more than one.
    """

    name: str
    part: int
    whole: int
    target: Fraction | None = None
    place: int = 0


DONE_ZH, UNDONE_ZH = "已落实", "未落实"
_EXPANSION = "业委会扩面"
_VANGUARD = "先锋"
_QUALITY = "提质"
_WARMTH = "暖心"
_SUNSHINE = "阳光"
_RELIEF = "助企"
_SAFETY = "平安"
_MACHINERY = "机制"

ROWS: tuple[Row, ...] = (
    Row(1, _EXPANSION, "街道（镇）数"),
    Row(2, _EXPANSION, "社区数"),
    Row(3, _EXPANSION, "住宅小区数"),
    Row(4, _EXPANSION, "已备案的业委会数", "2021 年组建率不低于 50%", computed=True),
    Row(5, _EXPANSION, "本年新成立的业委会数", computed=True),
    Row(6, _EXPANSION, "党员委员占比不低于 60% 的业委会数", computed=True),
    Row(7, _EXPANSION, "有党组织的业委会数", "不低于 50%", computed=True),
    Row(8, _EXPANSION, "党组织情况纳入备案的业委会数", computed=True),
    Row(9, _EXPANSION, "落实候选人联审把关的街道（镇）数", computed=True),
    Row(10, _EXPANSION, "业委会定期报告制度", "2021 年落实", "", Kind.DONE, computed=True),
    Row(11, _EXPANSION, "业委会纠错和退出机制", "2021 年落实", "", Kind.DONE, computed=True),
    Row(12, _VANGUARD, "物业服务企业数", unit="家"),
    Row(13, _VANGUARD, "有党组织的物业服务企业数", "不低于 70%", "家"),
    Row(14, _VANGUARD, "单独成立党组织的企业数", unit="家"),
    Row(15, _VANGUARD, "派驻党建指导员的企业数", unit="家"),
    Row(16, _VANGUARD, "物业项目负责人到社区报到的小区数"),
    Row(17, _VANGUARD, "企业认领的服务项目数"),
    Row(18, _VANGUARD, "示范项目数"),
    Row(19, _VANGUARD, "企业信用评价和红黑榜", "每季度一次", "次", Kind.LOG),
    Row(20, _QUALITY, "专业化物业服务小区数", "不低于 65%"),
    Row(21, _QUALITY, "托底服务小区数"),
    Row(22, _QUALITY, "业主自管和没有物业服务的小区数"),
    Row(23, _QUALITY, "设立环境和物业管理委员会的社区数", "全面设立"),
    Row(24, _QUALITY, "托底服务标准", "", "", Kind.DONE),
    Row(25, _QUALITY, "专项补助资金", "", "", Kind.DONE),
    Row(26, _QUALITY, "开展全覆盖培训的街道（镇）数", "10 月底前"),
    Row(27, _QUALITY, "改造的老旧小区数"),
    Row(28, _QUALITY, "其中：成立业委会的小区数"),
    Row(29, _QUALITY, "其中：选聘物业服务的小区数"),
    Row(30, _WARMTH, "落实“吹哨报到”的街道（镇）数"),
    # The platform holds no joint meetings (联席会议) of street and departments: keyed in.
    Row(31, _WARMTH, "联席会议次数", "原则上每月一次，附会议记录或者纪要", "次", Kind.LOG),
    Row(32, _WARMTH, "设一窗受理的社区数"),
    Row(33, _WARMTH, "呼叫事项件数", unit="件", computed=True),
    Row(34, _WARMTH, "响应和办结的件数", "100%", "件", computed=True, parts=("响应", "办结")),
    Row(35, _WARMTH, "大排查", "", "", Kind.DONE),
    # What companies publish (standards, complaints) reaches no record of the platform: keyed in.
    Row(36, _SUNSHINE, "企业落实“三公开”的小区数"),
    Row(37, _SUNSHINE, "业委会落实“三公开”的小区数", computed=True),
    Row(
        38, _SUNSHINE, "建成智慧物业综合管理平台、实现业主决策事项电子化表决",
        "滕州（城市基层党建示范市）", "", Kind.DONE, computed=True,
    ),
    Row(39, _RELIEF, "享受税费减免的企业数", unit="家"),
    Row(40, _RELIEF, "享受培训补贴的人数", unit="人"),
    Row(41, _RELIEF, "省级示范企业和示范点数"),
    Row(42, _RELIEF, "养老服务试点企业和小区数"),
    Row(43, _SAFETY, "排查的小区数"),
    Row(44, _SAFETY, "发现的问题条数", unit="条", computed=True),
    Row(45, _SAFETY, "整改销号的条数", unit="条", computed=True),
    Row(46, _MACHINERY, "行业党委会议制度", "", "", Kind.DONE),
    Row(47, _MACHINERY, "联系街道（镇）机制", "", "", Kind.DONE),
    Row(48, _MACHINERY, "每月召开联席会议的街道（镇）数"),
    Row(49, _MACHINERY, "区（市）综合协调机制", "", "", Kind.DONE),
    Row(50, _MACHINERY, "建立议事协调机制的街道（镇）数"),
    Row(51, _MACHINERY, "纳入对街道（镇）的考核", "", "", Kind.DONE),
    Row(52, _MACHINERY, "党建情况纳入合同备案", "", "", Kind.DONE),
    Row(53, _MACHINERY, "双述双评", "", "", Kind.DONE),
    Row(54, _MACHINERY, "每季度全覆盖考核", "每季度一次", "", Kind.DONE),
)  # fmt: skip

RATIOS: tuple[Ratio, ...] = (
    Ratio("业委会组建率", 4, 3, Fraction(1, 2)),
    Ratio("业委会党组织覆盖率", 7, 4, Fraction(1, 2)),
    Ratio("党员占比达到 60% 的业委会比例", 6, 4),
    Ratio("企业党组织覆盖率", 13, 12, Fraction(7, 10)),
    Ratio("专业化物业覆盖率", 20, 3, Fraction(13, 20)),
    Ratio("环境和物业管理委员会设立率", 23, 2, Fraction(1)),
    Ratio("培训覆盖率", 26, 1, Fraction(1)),
    Ratio("改造小区业委会成立率", 28, 27),
    Ratio("改造小区物业选聘率", 29, 27),
    Ratio("呼叫事项响应率", 34, 33, Fraction(1)),
    Ratio("呼叫事项办结率", 34, 33, Fraction(1), place=1),
    Ratio("问题整改销号率", 45, 44),
)

BY_NUMBER: Mapping[int, Row] = {row.number: row for row in ROWS}
SECTIONS: tuple[str, ...] = tuple(dict.fromkeys(row.section for row in ROWS))
# Counted from the administrative tree and offered; the office says whether the tree is whole.
SUGGESTED = (1, 2, 3)
