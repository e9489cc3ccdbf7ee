"""The nine kinds of matter that owners decide together."""

from enum import IntEnum

from voting.law.citations import CIVIL_CODE_278_1, Citation


class Matter(IntEnum):
    """The items of Civil Code article 278 paragraph 1, under their own numbers.

    Disposing of common parts, and what the owners' rules reserve to them, are item 9.

    Law: civil-code art. 278 para. 1; spc-2009-7 art. 7.
    """

    RULES = 1
    COVENANT = 2
    COMMITTEE = 3
    MANAGER = 4
    FUND_USE = 5
    FUND_RAISE = 6
    REBUILDING = 7
    COMMON_PARTS = 8
    OTHER = 9

    @property
    def zh(self) -> str:
        """The matter's name on the agenda."""
        return _NAMES[self]

    @property
    def citation(self) -> Citation:
        """The item of the paragraph that names this matter."""
        return CIVIL_CODE_278_1.at_item(self.value)


_NAMES = {
    Matter.RULES: "制定和修改业主大会议事规则",
    Matter.COVENANT: "制定和修改管理规约",
    Matter.COMMITTEE: "选举业主委员会或者更换业主委员会成员",
    Matter.MANAGER: "选聘和解聘物业服务企业或者其他管理人",
    Matter.FUND_USE: "使用建筑物及其附属设施的维修资金",
    Matter.FUND_RAISE: "筹集建筑物及其附属设施的维修资金",
    Matter.REBUILDING: "改建、重建建筑物及其附属设施",
    Matter.COMMON_PARTS: "改变共有部分的用途或者利用共有部分从事经营活动",
    Matter.OTHER: "有关共有和共同管理权利的其他重大事项",
}
