"""Invented owners and homes for tests; nobody and nothing here is real."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from assemblies.records.details import Amendment, FundPlan, Hiring
from voting.agenda import Attachment, Item, ItemKind, Option
from voting.canonical import sha256_hex
from voting.law.matters import Matter
from voting.roll import RollPart
from voting.scope import Scope, ScopeKind

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """A person or a company, with what the register knows of them."""

    name: str
    id_number: str = ""
    phones: tuple[str, ...] = ()
    kind: str = "person"


@dataclass(frozen=True, slots=True)
class Home:
    """A part: where it lies and its area in dm²."""

    building: str
    entrance: str
    room: str
    area: int
    use: str = "dwelling"

    def part(self) -> RollPart:
        """Return it as it stands on a roll, under a fresh id."""
        where = (self.building, self.entrance, self.room)
        return RollPart(uuid4(), *where, self.use, self.area, "register")


@dataclass(frozen=True, slots=True)
class Household:
    """One head: its owners and its homes."""

    owners: tuple[Owner, ...]
    homes: tuple[Home, ...]
    developer: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """An attachment with its bytes."""

    name: str
    media_type: str
    content: bytes

    def attachment(self) -> Attachment:
        """Return what the agenda says of it, under a fresh id."""
        digest = sha256_hex(self.content)
        return Attachment(uuid4(), self.name, self.media_type, len(self.content), digest)


def flat(room: str, area: int, building: str = "1号楼") -> Home:
    """Return a flat in the first entrance."""
    return Home(building, "1单元", room, area)


SINGLE = Household(
    (Owner("张三丰", "11010119800101123X", ("13800001234",)),), (flat("101", 8_923),)
)
COUPLE = Household(
    (
        Owner("李四光", "110101198202023456", ("13900005678",)),
        Owner("王五一", "110101198303037890"),
    ),
    (flat("102", 10_150),),
)
THREE_FLATS = Household(
    (Owner("赵六合", "", ("13700004321",)),),
    (flat("201", 8_923), flat("202", 10_150), flat("301", 9_000, "2号楼")),
)
COMPANY = Household(
    (Owner("和平商贸有限公司", "91370100MA3ABCDE7K", kind="company"),),
    (Home("2号楼", "", "商铺1", 20_000, "shop"),),
)
NAMELESS = Household((Owner("阿卜杜拉·买买提"),), (flat("302", 9_000, "2号楼"),))
DEVELOPER = Household(
    (Owner("和平置业有限公司", kind="company"),),
    tuple(flat(f"40{number}", 9_000, "2号楼") for number in range(1, 5)),
    developer=True,
)
HOUSEHOLDS = (SINGLE, COUPLE, THREE_FLATS, COMPANY, NAMELESS, DEVELOPER)


@dataclass(frozen=True, slots=True)
class Motion:
    """An item and the bytes of its attachments, by id."""

    item: Item
    contents: dict[UUID, bytes]


def motion(item: Item, *papers: Paper) -> Motion:
    """Return an item with its papers attached."""
    attached = [(paper.attachment(), paper.content) for paper in papers]
    with_papers = Item(
        id=item.id,
        number=item.number,
        matter=item.matter,
        kind=item.kind,
        title=item.title,
        text=item.text,
        scope=item.scope,
        options=item.options,
        seats=item.seats,
        attachments=tuple(attachment for attachment, _ in attached),
        details=item.details or {},
    )
    return Motion(with_papers, {attachment.id: content for attachment, content in attached})


def roof(number: int = 1) -> Motion:
    """Return a decision for building 1 only: the maintenance fund pays for its roof."""
    item = Item(
        id=uuid4(),
        number=number,
        matter=Matter.FUND_USE,
        kind=ItemKind.DECISION,
        title="使用 1号楼维修资金 186,000.00 元维修屋面防水",
        text="1号楼屋面多处渗漏。拟使用维修资金更换防水层，由三家报价中最低的一家施工，质保五年。",
        scope=Scope(ScopeKind.BUILDINGS, buildings=("1号楼",)),
        details=FundPlan(
            project="1号楼屋面防水层更换",
            budget=18_600_000,
            contractor="示例防水工程有限公司",
            account="1号楼维修资金分户账",
            uses=("dwelling", "shop"),
        ).plain(),
    )
    return motion(
        item,
        Paper("工程预算.pdf", "application/pdf", PDF),
        Paper("屋面照片.png", "image/png", PNG),
    )


def company(number: int = 2) -> Motion:
    """Return a choice among two bidders."""
    item = Item(
        id=uuid4(),
        number=number,
        matter=Matter.MANAGER,
        kind=ItemKind.CHOICE,
        title="选聘物业服务企业",
        text="现任物业服务合同年底到期。经公开征集，两家企业应征，请选一家。",
        scope=Scope(),
        options=(
            Option("a", "甲物业服务有限公司（示例）", "在管项目 12 个，现任"),
            Option("b", "乙物业服务有限公司（示例）", "在管项目 7 个"),
        ),
        details=Hiring(36, "合同草案见附件", (("a", 180), ("b", 165))).plain(),
    )
    return motion(item, Paper("合同草案.pdf", "application/pdf", PDF))


def covenant(number: int = 3) -> Motion:
    """Return a decision of everybody."""
    item = Item(
        id=uuid4(),
        number=number,
        matter=Matter.COVENANT,
        kind=ItemKind.DECISION,
        title="修改管理规约第十二条（电动自行车停放）",
        text="把第十二条改为下面的草案，其余各条不变。",
        scope=Scope(),
        details=Amendment(
            "第十二条　电动自行车停放在地面车棚，不进楼道和电梯；车棚配消防设施和充电桩。"
        ).plain(),
    )
    return motion(item)


def committee(number: int = 4) -> Motion:
    """Return an election of two among three."""
    item = Item(
        id=uuid4(),
        number=number,
        matter=Matter.COMMITTEE,
        kind=ItemKind.ELECTION,
        title="选举业主委员会委员",
        text="应选 2 人，候选人 3 人。",
        scope=Scope(),
        options=(
            Option("c1", "候选人甲", "1号楼业主，退休教师"),
            Option("c2", "候选人乙", "2号楼业主，工程师"),
            Option("c3", "候选人丙", "2号楼业主，会计"),
        ),
        seats=2,
    )
    return motion(item)


def motions() -> tuple[Motion, ...]:
    """Return the three items that most tests vote on."""
    return roof(), company(), covenant()
