"""The two assemblies of the demonstration: one open for voting, one finished and published."""

from dataclasses import replace

from assemblies.agendas.services.drafts import (
    AmendmentDraft,
    AssemblyDraft,
    Convener,
    FundDraft,
    HiringDraft,
    ItemDraft,
    OptionDraft,
)
from assemblies.cli import demo_papers
from assemblies.cli.demo_estate import CONTACT
from assemblies.cli.demo_people import invented_name
from assemblies.cli.demo_staff import ELECTED
from assemblies.cli.rehearsal import Calendar, Complaint, Crowd, Motion, Officials, Script
from assemblies.foundation.wording import day_text
from voting.agenda import Item, ItemKind
from voting.ballot import Choice
from voting.law.house import HouseRules, Revote, Silence
from voting.law.matters import Matter
from voting.roll import Voter
from voting.scope import Scope, ScopeKind
from voting.tally import ABSTAIN, AGAINST, AGREE, NONE

CONVENER = "和平里小区业主委员会"
PLACE = "社区服务中心一楼大厅，每天 9:00 至 18:00（周末照常）"
HOUSE = HouseRules(
    revote=Revote.LAST,
    revote_clause="《业主大会议事规则》第十八条：同一业主多次投票的，以截止前最后一次投的票为准。",
    silence=Silence.NONE,
    silence_clause="《业主大会议事规则》第十九条：业主没有投票的，不计入参与表决的人数和面积。",
    proxies=0,
    proxies_clause="《业主大会议事规则》第二十条：表决不接受委托；共有人可以推选一人投票。",
    extension=0,
    extension_clause="《业主大会议事规则》第二十一条：表决期不延长，参与不足的另行召集会议。",
)
STANDING = (
    (invented_name(ELECTED[0]), "退休中学教师，楼栋联络员三年，愿意把账目每月贴出来。"),
    (invented_name(ELECTED[1]), "会计师，熟悉维修资金的申请和审计。"),
    (invented_name(ELECTED[2]), "小区便民商店店主，每天都在小区里，找得到人。"),
    (invented_name(ELECTED[3]), "土木工程师，做过两个小区的屋面翻修。"),
    (invented_name(ELECTED[4]), "社区医院护士，关心加装扶手和无障碍坡道。"),
    (invented_name(58), "物流公司经理，主张引进智能快递柜。"),
)
SEATS = len(ELECTED)


def open_now(year: int, number: int, officials: Officials, calendar: Calendar) -> Script:
    """Return the assembly that is open for voting: a roof, a company, three clauses."""
    day = day_text(calendar.begun)
    return Script(
        draft=_draft(year, number),
        motions=(_roof(day), _company(day), _clauses(day)),
        house=HOUSE,
        officials=officials,
        calendar=calendar,
        crowd=CROWD,
    )


def finished(year: int, number: int, officials: Officials, calendar: Calendar) -> Script:
    """Return the assembly that was held: doors carried, advertising not, a committee elected."""
    day = day_text(calendar.begun)
    return Script(
        draft=_draft(year, number),
        motions=(_doors(day), _advertising(), _committee(day)),
        house=HOUSE,
        officials=officials,
        calendar=calendar,
        crowd=Crowd(comes=_most, chooses=mostly_yes, again=2, late=1),
        about_roll=Complaint(
            "2号楼1单元402的业主去年已经过户，请核对名册上的产权人。",
            "已向不动产登记中心核实：过户尚未办完登记，按登记簿仍列原产权人，已电话告知双方。",
        ),
        about_result=Complaint(
            "外墙广告一项同意的人数过半，为什么没有通过？",
            "利用共有部分从事经营活动，依照民法典第二百七十八条，须经参与表决的业主"
            "人数和面积双四分之三以上同意，过半不够，因此没有通过。",
        ),
    )


def of_every_kind(year: int, officials: Officials, calendar: Calendar) -> Script:
    """Return an assembly with an item of every kind, for those who want to see all of it."""
    day = day_text(calendar.begun)
    motions = (_roof(day), _company(day), _clauses(day), _advertising(), _committee(day))
    return replace(finished(year, 1, officials, calendar), motions=motions)


def _draft(year: int, number: int) -> AssemblyDraft:
    ordinal = "一二三"[number - 1]
    return AssemblyDraft(
        title=f"{year}年第{ordinal}次业主大会会议",
        convener=Convener.COMMITTEE,
        convener_name=CONVENER,
        contact=CONTACT,
        place=PLACE,
    )


def _roof(day: str) -> Motion:
    return Motion(
        ItemDraft(
            matter=Matter.FUND_USE,
            kind=ItemKind.DECISION,
            title="使用维修资金翻修1号楼屋面防水",
            text="1号楼屋面防水层老化，顶层九户多次渗漏。是否同意使用 1号楼的专项维修资金，"
            "按所附方案整体翻修屋面防水？只有 1号楼的业主分摊费用、参加表决。",
            scope=Scope(ScopeKind.BUILDINGS, buildings=("1号楼",)),
            details=FundDraft(
                project="1号楼屋面防水整体翻修（812 ㎡）",
                budget=18_600_000,
                contractor="示例防水工程有限公司",
                account="1号楼住宅专项维修资金",
                uses=("dwelling", "shop"),
            ),
        ),
        (demo_papers.roof_plan(CONVENER, day).upload(),),
    )


def _company(day: str) -> Motion:
    bidders = (
        ("示例安居物业服务有限公司", 180, "三年合同，增配夜间巡逻两人，电梯厅每日保洁两次。"),
        ("示例和顺物业服务有限公司", 165, "三年合同，报修两小时内到场，公共收益全部归业主。"),
    )
    promises = (
        ("夜间巡逻增加到四人，门岗二十四小时有人。", "单元大厅每日保洁两次，垃圾日产日清。"),
        ("报修两小时内到场，超时减免当月物业费一成。", "公共收益全部归业主，每季度公布明细。"),
    )
    return Motion(
        ItemDraft(
            matter=Matter.MANAGER,
            kind=ItemKind.CHOICE,
            title="选聘物业服务企业",
            text="现物业服务合同将于年底到期。经公开招标，两家企业入围，请从中选择一家；"
            "也可以选择“都不同意”。当选的企业须得到参与表决的业主人数和面积双过半同意。",
            scope=Scope(),
            options=tuple(OptionDraft(name, said, price) for name, price, said in bidders),
            details=HiringDraft(
                months=36, contract="合同草案要点见附件，三年期，前六个月为试用期。"
            ),
        ),
        (
            demo_papers.contract(CONVENER, day).upload(),
            *(
                demo_papers.offer(name, CONVENER, f"{price // 100}.{price % 100:02d}", said, day)
                .upload()
                for (name, price, _), said in zip(bidders, promises, strict=True)
            ),
        ),
    )  # fmt: skip


def _clauses(day: str) -> Motion:
    return Motion(
        ItemDraft(
            matter=Matter.RULES,
            kind=ItemKind.DECISION,
            title="修改业主大会议事规则三条",
            text="是否同意按所附对照表修改《业主大会议事规则》第十二条、第十八条、第二十六条？",
            scope=Scope(),
            details=AmendmentDraft(
                "第十二条　业主大会会议可以采用书面、电子或者两者结合的形式；"
                "电子投票应当逐票留痕、可以查验。\n"
                "第十八条　同一业主多次投票的，以截止前最后一次投的票为准。\n"
                "第二十六条　业主委员会每半年报告一次工作，公共收益收支每季度公布一次。"
            ),
        ),
        (demo_papers.comparison(CONVENER, day).upload(),),
    )


def _doors(day: str) -> Motion:
    return Motion(
        ItemDraft(
            matter=Matter.FUND_USE,
            kind=ItemKind.DECISION,
            title="使用维修资金更换2号楼单元门禁",
            text="2号楼两个单元的门禁停用多年。是否同意使用 2号楼的专项维修资金，"
            "按所附方案更换防盗门和可视对讲？",
            scope=Scope(ScopeKind.BUILDINGS, buildings=("2号楼",)),
            details=FundDraft(
                project="2号楼单元防盗门和可视对讲更换",
                budget=4_280_000,
                contractor="示例安防技术有限公司",
                account="2号楼住宅专项维修资金",
                uses=("dwelling", "shop"),
            ),
        ),
        (demo_papers.door_plan(CONVENER, day).upload(),),
    )


def _advertising() -> Motion:
    return Motion(
        ItemDraft(
            matter=Matter.COMMON_PARTS,
            kind=ItemKind.DECISION,
            title="在沿街外墙设置广告位",
            text="是否同意把 3号楼沿街外墙出租为广告位，每年收益约 6 万元，全部计入公共收益？"
            "这是利用共有部分从事经营活动，须双四分之三以上同意。",
            scope=Scope(),
        )
    )


def _committee(day: str) -> Motion:
    return Motion(
        ItemDraft(
            matter=Matter.COMMITTEE,
            kind=ItemKind.ELECTION,
            title="选举业主委员会委员",
            text=f"本届业主委员会由 {SEATS} 名委员组成。候选人 {len(STANDING)} 名，"
            f"每户最多同意 {SEATS} 名。",
            scope=Scope(),
            options=tuple(OptionDraft(name, said) for name, said in STANDING),
            seats=SEATS,
        ),
        (demo_papers.candidates(STANDING, CONVENER, day).upload(),),
    )


def mostly_yes(number: int, item: Item) -> Choice:
    """Choose as a neighbourhood does: most agree, some do not, opinions differ on advertising."""
    place = number % 10
    if item.kind is ItemKind.ELECTION:
        return _approving(place, [option.id for option in item.options])
    if item.kind is ItemKind.CHOICE:
        return {7: "1", 8: NONE, 9: ABSTAIN}.get(place, "1" if place < 1 else "2")
    if item.matter is Matter.COMMON_PARTS:
        return {6: AGAINST, 7: AGAINST, 8: AGAINST, 9: ABSTAIN}.get(place, AGREE)
    return {8: AGAINST, 9: ABSTAIN}.get(place, AGREE)


def _approving(place: int, names: list[str]) -> Choice:
    """Approve all but one: six of ten leave out the last, the others somebody else."""
    left_out = names[-1] if place < len(names) else names[place - len(names)]
    return {name: AGAINST if name == left_out else AGREE for name in names}


def _one_of_three(number: int, _voter: Voter) -> bool:
    return number % 3 == 1


def _most(number: int, _voter: Voter) -> bool:
    return number % 7 != 3  # noqa: PLR2004 -- one of seven stays at home


CROWD = Crowd(comes=_one_of_three, chooses=mostly_yes, again=1)
