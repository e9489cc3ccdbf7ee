"""Invented values with which the gallery shows every macro; nobody and nothing here is real."""

from fractions import Fraction

from assemblies.foundation.pictures import (
    BuildingGrid,
    Cell,
    CellState,
    FileLink,
    Finding,
    Floor,
    Frame,
    ItemVerdict,
    Link,
    Option,
    Phase,
    Proof,
    Receipt,
    Step,
    TallyLine,
    area_bar,
    heads_bar,
)

HALF = Fraction(1, 2)
DIGEST = "9f2c41d07be85a36c1d4e0f7a2b39c58d6471e0fb5a98c23e7d10f64ab5c8e92"

HEADS = heads_bar("参与户数", 45, 123, needed=82)
AREA = area_bar("参与面积", 372_569, 1_190_436, needed=793_624)
HEADS_ENOUGH = heads_bar("参与户数", 82, 123, needed=82)
AREA_ENOUGH = area_bar("参与面积", 811_004, 1_190_436, needed=793_624)
AGREED_HEADS = heads_bar("同意户数", 61, 82, needed=42, share=HALF, strict=True)
AGREED_AREA = area_bar("同意面积", 590_311, 811_004, needed=405_503, share=HALF, strict=True)
FEW_HEADS = heads_bar("同意户数", 41, 82, needed=42, share=HALF, strict=True)

PHASES = (
    Phase("起草", "2月20日", "done"),
    Phase("公告", "3月1日至15日", "done"),
    Phase("冻结名册", "3月16日", "done"),
    Phase("表决", "3月16日至29日", "now", "还有 8 天"),
    Phase("开票计票", "3月29日", "ahead"),
    Phase("公示结果", "3月30日起", "ahead"),
)

_STATES: tuple[CellState, ...] = ("took_part", "not_yet", "took_part", "not_counted", "not_yet")


def _floor(number: int) -> Floor:
    rooms = (f"{number}{unit:02d}" for unit in range(1, 9))
    cells = [
        Cell(room, _STATES[(number * 3 + place * place) % 5], f"#{room}" if number == 6 else "")
        for place, room in enumerate(rooms)
    ]
    return Floor(f"{number} 层", (*cells[:7], None if number == 1 else cells[7]))


GRID = BuildingGrid(
    "3 幢",
    (("1 单元", 2), ("2 单元", 2), ("3 单元", 2), ("4 单元", 2)),
    tuple(_floor(number) for number in range(6, 0, -1)),
)

CLAUSE_TWO_THIRDS = "《民法典》第二百七十八条第二款"
TOOK_PART = Finding(
    "参与表决的面积和户数",
    holds=True,
    clause=CLAUSE_TWO_THIRDS,
    bars=(HEADS_ENOUGH, AREA_ENOUGH),
)
ENTITLED = Finding(
    "有权表决的范围",
    holds=None,
    clause="《民法典》第二百七十八条第一款第五项",
    text="全体业主 123 户，专有部分面积 11,904.36 ㎡。",
)
VERDICTS = (
    ItemVerdict(
        "事项一",
        "使用维修资金 186,000.00 元维修 2 幢屋面",
        "passed",
        "参与和同意的户数、面积都达到了法定要求。",
        (
            ENTITLED,
            TOOK_PART,
            Finding(
                "同意的面积和户数",
                holds=True,
                clause=CLAUSE_TWO_THIRDS,
                bars=(AGREED_HEADS, AGREED_AREA),
            ),
        ),
    ),
    ItemVerdict(
        "事项二",
        "选聘物业服务企业",
        "rejected",
        "没有一家同时超过户数和面积的半数。未通过不等于决定不聘。",
        (
            TOOK_PART,
            Finding("得票最多的一家", holds=False, clause=CLAUSE_TWO_THIRDS, bars=(FEW_HEADS,)),
        ),
        ("户数", "面积"),
        (
            TallyLine("甲公司（示例）", ("41 户", "4,120.10 ㎡")),
            TallyLine("乙公司（示例）", ("30 户", "2,870.44 ㎡")),
            TallyLine("都不选", ("6 户", "602.50 ㎡")),
            TallyLine("弃权", ("5 户", "517.00 ㎡")),
        ),
    ),
    ItemVerdict(
        "事项三",
        "选举业主委员会委员（应选 2 人）",
        "passed",
        "2 人当选。",
        (TOOK_PART,),
        ("同意户数", "同意面积", "反对", "弃权"),
        (
            TallyLine("候选人甲", ("70 户", "6,900.00 ㎡", "8 户", "4 户"), won=True, word="当选"),
            TallyLine("候选人乙", ("61 户", "6,100.00 ㎡", "15 户", "6 户"), won=True, word="当选"),
            TallyLine("候选人丙", ("40 户", "3,990.00 ㎡", "30 户", "12 户"), word="未当选"),
        ),
    ),
    ItemVerdict(
        "事项四",
        "修改管理规约第十二条",
        "no_decision",
        "参与的户数不够，还差 37 户，没有形成有效决定。",
        (
            Finding(
                "参与表决的面积和户数", holds=False, clause=CLAUSE_TWO_THIRDS, bars=(HEADS, AREA)
            ),
        ),
    ),
)

STEPS = (
    Step(
        "文件齐全，指纹一致",
        "done",
        "清单里的 14 个文件都在，一个字节也没有变。",
        proofs=(Proof("清单指纹", DIGEST), Proof("清单", "manifest.json", "#manifest")),
    ),
    Step("每一张票都由本人的手机签名", "done", "核对了 82 个签名。", "3月29日 20:00:07"),
    Step("名册、议程、规则与冻结时相同", "failed", "第 57 户的面积与冻结时不同。"),
    Step("重新计票", "now"),
    Step("与公布的结果比对", "ahead"),
)

RECEIPT = Receipt(
    number="R7QM-3XTD",
    assembly="和平里小区 2026 年第二次业主大会会议",
    voter="3 幢 2 单元 501",
    weight="1 户 · 89.23 ㎡",
    channel="手机表决",
    received="2026年3月21日（周六）09:41",
    log_place="第 118 条，共 118 条",
    digest=DIGEST,
    check_href="#check",
)

NINE_ITEMS = (
    "制定业主大会议事规则",
    "修改管理规约第十二条、第十八条和第二十一条",
    "选举业主委员会委员（应选 7 人）",
    "选聘物业服务企业（两家中选一家）",
    "使用维修资金 186,000.00 元维修 2 幢屋面",
    "续筹维修资金，每平方米 20.00 元",
    "改建 1 幢东侧附属设施",
    "利用共有部分从事经营活动，收益归全体业主",
    "决定小区电动自行车集中充电点的位置",
)

VALUES: dict[str, object] = {
    "crumbs": (Link("和平里小区", "#estate"), Link("业主大会会议", "#list"), Link("参与情况", "#")),
    "phases": PHASES,
    "heads": HEADS,
    "area": AREA,
    "heads_enough": HEADS_ENOUGH,
    "area_enough": AREA_ENOUGH,
    "grid": GRID,
    "verdicts": VERDICTS,
    "steps": STEPS,
    "receipt": RECEIPT,
    "columns": (("房号", "text"), ("产权人", "text"), ("面积", "number"), ("检查结果", "text")),
    "rows": (
        ("1 幢 1 单元 101", "张*", "89.23 ㎡", "新增"),
        ("1 幢 1 单元 102", "李*、王*", "120.00 ㎡", "不变"),
        ("1 幢 1 单元 201", "赵*", "89.23 ㎡", "没有证件号，按姓名和电话辨认"),
        ("1 幢 1 单元 202", "钱*", "—", "面积不是数字，未导入"),
    ),
    "files": (
        FileLink.of("维修方案与预算.pdf", "#plan", 1_260_000, DIGEST),
        FileLink.of("现场照片.jpg", "#photo", 482_000),
    ),
    "options_matters": (Option("5", "使用维修资金"), Option("4", "选聘物业服务企业")),
    "options_policy": (
        Option("last", "截止前最后一次", "业主可以改主意"),
        Option("first", "第一次", "投出后不能再改"),
    ),
    "options_buildings": (Option("1", "1 幢"), Option("2", "2 幢"), Option("3", "3 幢")),
    "options_decision": (Option("yes", "同意"), Option("no", "反对"), Option("abstain", "弃权")),
    "options_choice": (
        Option("a", "甲公司（示例）", "每月 1.20 元/㎡，合同三年"),
        Option("b", "乙公司（示例）", "每月 1.05 元/㎡，合同两年"),
        Option("none", "都不选"),
        Option("abstain", "弃权"),
    ),
}

STAFF_FRAME = Frame(
    place="和平里小区（示例）",
    nav=(
        Link("概况", "#overview"),
        Link("业主大会会议", "#assemblies", current=True),
        Link("名册", "#register"),
        Link("现场服务", "#desk"),
    ),
    person="林主任",
    role="业主委员会主任",
    sign_out_href="#sign-out",
    csrf_token="token",
)
OWNER_FRAME = Frame(place="和平里小区（示例）")
LARGE_FRAME = Frame(place="和平里小区（示例）", size="larger")
ERROR: dict[str, object] = {
    "status": 404,
    "title": "没有找到这一页",
    "sentence": "网址可能少了几个字。请对照通知信上的网址，或者重新扫一次二维码。",
    "ways": (("输入通知信编码", "#enter"), ("到本小区公示栏", "#board")),
}
