"""The papers beside the demonstration's items: plans, offers and drafts, set as real PDFs."""

from dataclasses import dataclass

from assemblies.foundation.printing import printed
from assemblies.foundation.uploads import Upload

NOTE = "本文件为演示用的虚构材料，其中的单位、金额和人员均不存在。"
TEXT, NUMBER = "text", "number"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of cells; `columns` are pairs of heading and kind."""

    caption: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs and perhaps a table."""

    heading: str
    paragraphs: tuple[str, ...]
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it is printed; `about` is the line under the issuer."""

    file: str
    issuer: str
    title: str
    signed_by: tuple[str, ...]
    day: str
    sections: tuple[Section, ...]
    about: str = NOTE

    def upload(self) -> Upload:
        """Return the paper as the PDF that a convener would upload."""
        return Upload(self.file, printed("print/paper.html", paper=self))


def roof_plan(convener: str, day: str) -> Paper:
    """Return the plan and budget of a roof's repair."""
    works = (
        ("拆除原有防水层、清理基层", "812 ㎡", "22,736.00"),
        ("水泥砂浆找平", "812 ㎡", "25,984.00"),
        ("SBS 改性沥青防水卷材两道", "812 ㎡", "92,568.00"),
        ("女儿墙、烟道、落水口节点处理", "1 项", "18,400.00"),
        ("保护层与排水坡修复", "812 ㎡", "20,300.00"),
        ("安全防护、垃圾外运", "1 项", "6,012.00"),
    )
    return Paper(
        "1号楼屋面防水工程方案和预算.pdf",
        convener,
        "1号楼屋面防水工程方案和预算",
        (convener,),
        day,
        (
            Section(
                "一、为什么要修",
                (
                    "1号楼屋面防水层已使用十六年，远超设计年限。去年雨季以来，两个单元的顶层共有"
                    "九户渗漏，三次局部修补后仍然漏水。经现场查勘，卷材大面积空鼓、开裂，"
                    "局部修补已不能解决，需要整体翻修。",
                ),
            ),
            Section(
                "二、怎么修，花多少钱",
                ("工程预算合计 186,000.00 元，按实际工程量结算，结算价不超过预算。",),
                Table(
                    "预算明细",
                    (("做法", TEXT), ("数量", NUMBER), ("金额（元）", NUMBER)),
                    works,
                    ("合计", "", "186,000.00"),
                ),
            ),
            Section(
                "三、谁来修，质量怎么保证",
                (
                    "经公开询价，三家单位报价，拟由报价最低的示例防水工程有限公司施工。"
                    "工期 25 个晴天，屋面防水保修五年，保修金为结算价的 5%。",
                    "开工、隐蔽工程、竣工三次验收，均由业主代表两名和监理到场签字，照片在公示栏张贴。",
                ),
            ),
            Section(
                "四、钱从哪里出",
                (
                    "从 1号楼的住宅专项维修资金中列支，由 1号楼业主按专有部分面积分摊，"
                    "每户金额见分摊清册。其他楼的业主不分摊，也不参加本事项表决。",
                ),
            ),
        ),
    )


def offer(bidder: str, convener: str, price: str, promises: tuple[str, ...], day: str) -> Paper:
    """Return a bidder's offer in short."""
    return Paper(
        f"{bidder}服务方案摘要.pdf",
        bidder,
        "和平里小区物业服务方案（摘要）",
        (bidder,),
        day,
        (
            Section("一、报价", (f"住宅物业费 {price} 元/㎡·月，商铺同价，合同期内不涨价。",)),
            Section("二、人员和承诺", promises),
            Section(
                "三、账目公开",
                (
                    "公共收益单独列账，每季度在公示栏和业主群公布收支明细；"
                    f"{convener}可以随时查阅原始凭证。",
                ),
            ),
        ),
    )


def contract(convener: str, day: str) -> Paper:
    """Return the draft of the contract that either bidder would sign."""
    return Paper(
        "物业服务合同草案.pdf",
        convener,
        "和平里小区物业服务合同（草案要点）",
        (convener,),
        day,
        (
            Section(
                "第一条　服务期限",
                ("合同期限三年，前六个月为试用期。试用期满由业主委员会组织满意度测评。",),
            ),
            Section(
                "第二条　服务内容",
                (
                    "共用部位和设施设备的日常维护、公共区域保洁、绿化养护、秩序维护、"
                    "装修管理和二十四小时报修。",
                ),
            ),
            Section(
                "第三条　考核与解约",
                (
                    "每年测评一次，满意率低于百分之七十的，扣减当年物业费的百分之三用于补偿业主；"
                    "连续两次低于百分之六十的，业主大会可以提前解除合同。",
                ),
            ),
            Section(
                "第四条　交接",
                ("合同终止后十五日内移交全部资料、钥匙和公共收益账目，不得以任何理由拖延。",),
            ),
        ),
    )


def comparison(convener: str, day: str) -> Paper:
    """Return old and new words of the rules side by side."""
    rows = (
        (
            "第十二条",
            "业主大会会议采用书面征求意见的形式。",
            "业主大会会议可以采用书面、电子或者两者结合的形式；电子投票应当逐票留痕、可以查验。",
        ),
        (
            "第十八条",
            "同一业主重复投票的，由业主委员会认定。",
            "同一业主多次投票的，以截止前最后一次投的票为准。",
        ),
        (
            "第二十六条",
            "业主委员会每年报告一次工作。",
            "业主委员会每半年报告一次工作，公共收益收支每季度公布一次。",
        ),
    )
    columns = (("条款", TEXT), ("现行条文", TEXT), ("修改后", TEXT))
    return Paper(
        "业主大会议事规则修改对照表.pdf",
        convener,
        "业主大会议事规则修改对照表",
        (convener,),
        day,
        (
            Section(
                "修改说明",
                ("这次只改三条，其余不变。新条文自业主大会通过之日起施行。",),
                Table("条文对照", columns, rows),
            ),
        ),
    )


def door_plan(convener: str, day: str) -> Paper:
    """Return the plan and budget of new entrance doors."""
    works = (
        ("单元防盗门（含闭门器）", "2 樘", "13,600.00"),
        ("可视对讲门口机", "2 台", "5,800.00"),
        ("户内分机更换", "36 台", "17,280.00"),
        ("布线、拆旧与调试", "1 项", "6,120.00"),
    )
    return Paper(
        "2号楼单元门禁更换方案和预算.pdf",
        convener,
        "2号楼单元门禁更换方案和预算",
        (convener,),
        day,
        (
            Section(
                "一、现状",
                ("2号楼两个单元的门禁主机停产多年，配件无处可买，单元门长期敞开，住户不放心。",),
            ),
            Section(
                "二、方案和预算",
                ("整体更换两个单元的防盗门和可视对讲，预算合计 42,800.00 元，质保三年。",),
                Table(
                    "预算明细",
                    (("内容", TEXT), ("数量", NUMBER), ("金额（元）", NUMBER)),
                    works,
                    ("合计", "", "42,800.00"),
                ),
            ),
        ),
    )


def candidates(names: tuple[tuple[str, str], ...], convener: str, day: str) -> Paper:
    """Return who stands for the committee, each with a line about them."""
    return Paper(
        "业主委员会委员候选人简介.pdf",
        convener,
        "业主委员会委员候选人简介",
        (convener,),
        day,
        (
            Section(
                "候选人",
                (
                    "候选人由业主自荐和十人以上联名推荐产生，社区居民委员会已核实业主身份和履职条件。",
                ),
                Table("候选人名单（排名不分先后）", (("姓名", TEXT), ("简介", TEXT)), names),
            ),
        ),
    )
