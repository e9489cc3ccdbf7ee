"""The rules of a seal log (SPEC 11.3): who keeps a seal, and what must stand before each stamp."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from voting.canonical import JSON, Fields
from voting.errors import Unproven
from voting.law.majorities import ENTITLED, HALF, Threshold
from voting.law.parameters import Parameter
from voting.log import seals

FLOOR = Threshold(HALF, strict=True, base=ENTITLED)


@dataclass(slots=True)
class Seal:
    """A seal as the log leaves it: who keeps it, and whether it may still be used."""

    name: str
    kind: seals.SealKind
    keeper: str = ""
    lost: bool = False
    replaced: bool = False

    @property
    def ended_zh(self) -> str:
        """Say why the seal may not be used any more; empty while it may."""
        return "已更换" if self.replaced else "已报遗失" if self.lost else ""

    def require_usable(self) -> None:
        """Refuse a use of a seal that is lost, replaced or with nobody; raises `Unproven`."""
        if self.ended_zh:
            raise Unproven(f"“{self.name}”{self.ended_zh}，不得再使用。")
        if not self.keeper:
            raise Unproven(f"“{self.name}”还没有保管人，不得使用。")


@dataclass(slots=True)
class Use:
    """A use of a seal as the log leaves it."""

    number: str
    title: str
    seal: Seal
    copies: int
    members: frozenset[UUID]
    rule: Threshold
    signed: set[UUID] = field(default_factory=set)
    declined: set[UUID] = field(default_factory=set)
    photographs: set[str] = field(default_factory=set)
    stamped: bool = False
    closed: bool = False
    withdrawn: bool = False

    @property
    def missing(self) -> int:
        """Return how many signatures are missing, of the share of all members."""
        return self.rule.missing(len(self.signed), len(self.members))

    @property
    def stands_zh(self) -> str:
        """Say where a use stands that is not finished."""
        if self.stamped:
            seen = f"有照片 {len(self.photographs)} 张" if self.photographs else "还没有照片"
            return f"已盖章，{seen}，尚未办结"
        if not self.missing:
            return f"{len(self.signed)} 人签字同意，等待盖章"
        return f"{len(self.members)} 人中 {len(self.signed)} 人签字同意，还差 {self.missing} 人"

    def require_open(self) -> None:
        """Refuse any entry after the end of a use; raises `Unproven`."""
        if self.closed or self.withdrawn:
            ended = "已经办结" if self.closed else "已经撤回"
            raise Unproven(f"用印 {self.number} {ended}，不能再有记录。")

    def require_unstamped(self) -> None:
        """Refuse what may only happen before the stamp; raises `Unproven`."""
        if self.stamped:
            raise Unproven(f"用印 {self.number} 已经盖章，签字和撤回只能在盖章以前。")


class SealBook:
    """Reads a seal log entry by entry and refuses the first that breaks a rule."""

    def __init__(self) -> None:
        self.seals: dict[UUID, Seal] = {}
        self.uses: dict[UUID, Use] = {}
        self._numbers: set[str] = set()
        self._takes: Mapping[str, Callable[[Fields], None]] = {
            seals.MADE: self._made,
            seals.KEPT: self._kept,
            seals.LOST: self._lost,
            seals.REPLACED: self._replaced,
            seals.APPLIED: self._applied,
            seals.SIGNED: self._signed,
            seals.DECLINED: self._declined,
            seals.STAMPED: self._stamped,
            seals.PHOTOGRAPHED: self._photographed,
            seals.CLOSED: self._closed,
            seals.WITHDRAWN: self._withdrawn,
            seals.PUBLISHED: self._published,
        }

    def take(self, kind: str, facts: Fields) -> None:
        """Take the next entry, whose shape is known to be its kind's; raises `Unproven`."""
        if kind in self._takes:
            self._takes[kind](facts)

    def _made(self, facts: Fields) -> None:
        seal = facts.uuid("seal")
        if seal in self.seals:
            raise Unproven("同一枚印章登记了两次刻制。")
        self.seals[seal] = Seal(facts.text("name"), facts.member("kind", seals.SealKind))

    def _kept(self, facts: Fields) -> None:
        seal, keeper = self._seal(facts), facts.text("keeper").strip()
        if not keeper:
            raise Unproven(f"“{seal.name}”没有写明交给谁保管。")
        seal.keeper = facts.text("keeper")

    def _lost(self, facts: Fields) -> None:
        seal = self._seal(facts)
        if seal.ended_zh:
            raise Unproven(f"“{seal.name}”此前{seal.ended_zh}，不能再报遗失。")
        seal.lost = True

    def _replaced(self, facts: Fields) -> None:
        seal, successor = self._seal(facts), self._seal(facts, "successor")
        if seal.replaced:
            raise Unproven(f"“{seal.name}”此前已更换。")
        if successor is seal or successor.kind is not seal.kind or successor.ended_zh:
            raise Unproven(f"更换“{seal.name}”的必须是另一枚可用的{seal.kind.words}。")
        seal.replaced = True

    def _applied(self, facts: Fields) -> None:
        use, number, seal = facts.uuid("use"), facts.text("number"), self._seal(facts)
        if use in self.uses or number in self._numbers:
            raise Unproven(f"用印编号 {number} 重复。")
        if not number.strip() or not facts.fields("basis").text("number").strip():
            raise Unproven("没有写明用印编号，或没有写明依据的文号。没有依据不得用印。")
        seal.require_usable()
        rule = Threshold.from_json(facts.object("rule"))
        if rule.under(FLOOR):
            raise Unproven(
                f"用印 {number} 所用的签字门槛低于全体委员过半数（淄博物业条例第31条）。"
            )
        members = frozenset(map(_member, facts.list("members")))
        copies = facts.integer("copies")
        self._numbers.add(number)
        self.uses[use] = Use(number, facts.text("title"), seal, copies, members, rule)

    def _signed(self, facts: Fields) -> None:
        use = self._answerable(facts)
        use.signed.add(facts.uuid("member"))

    def _declined(self, facts: Fields) -> None:
        use = self._answerable(facts)
        use.declined.add(facts.uuid("member"))

    def _answerable(self, facts: Fields) -> Use:
        use, member = self._use(facts), facts.uuid("member")
        use.require_unstamped()
        if member not in use.members:
            raise Unproven(f"在用印 {use.number} 上签字的不是申请时的委员。")
        if member in use.signed | use.declined:
            raise Unproven(f"同一位委员在用印 {use.number} 上签了两次。")
        return use

    def _stamped(self, facts: Fields) -> None:
        use, keeper, copies = self._use(facts), facts.text("keeper"), facts.integer("copies")
        if use.stamped:
            raise Unproven(f"用印 {use.number} 盖了两次章。")
        if use.missing:
            raise Unproven(
                f"用印 {use.number} 盖章时，{len(use.members)} 名委员中只有 {len(use.signed)} 人"
                f"签字同意，还差 {use.missing} 人（须全体委员{use.rule.words_zh}）。"
            )
        use.seal.require_usable()
        if keeper != use.seal.keeper:
            raise Unproven(f"用印 {use.number} 由{keeper}盖章，当时的保管人是{use.seal.keeper}。")
        if copies != use.copies:
            raise Unproven(f"用印 {use.number} 申请 {use.copies} 份，盖了 {copies} 份。")
        use.stamped = True
        use.photographs.update(map(str, facts.list("photographs")))

    def _photographed(self, facts: Fields) -> None:
        use = self._use(facts)
        if not use.stamped:
            raise Unproven(f"用印 {use.number} 还没有盖章，不会有盖章的照片。")
        use.photographs.update(map(str, facts.list("photographs")))

    def _closed(self, facts: Fields) -> None:
        use = self._use(facts)
        if not use.stamped:
            raise Unproven(f"用印 {use.number} 还没有盖章，不能办结。")
        if not use.photographs:
            raise Unproven(f"用印 {use.number} 没有盖章后的照片，不能办结。")
        use.closed = True

    def _withdrawn(self, facts: Fields) -> None:
        use = self._use(facts)
        use.require_unstamped()
        use.withdrawn = True

    def _published(self, facts: Fields) -> None:
        since, until = (Parameter.read_date(facts.text(name)) for name in ("since", "until"))
        if until < since:
            raise Unproven("公布的期间，止日早于起日。")
        if facts.integer("uses") > len(self.uses):
            raise Unproven(
                f"公布的用印有 {facts.integer('uses')} 件，此前登记的只有 {len(self.uses)} 件。"
            )

    def _seal(self, facts: Fields, name: str = "seal") -> Seal:
        seal = self.seals.get(facts.uuid(name))
        if seal is None:
            raise Unproven("所说的印章没有刻制登记。")
        return seal

    def _use(self, facts: Fields) -> Use:
        use = self.uses.get(facts.uuid("use"))
        if use is None:
            raise Unproven("所说的用印没有申请登记。")
        use.require_open()
        return use


def _member(value: JSON) -> UUID:
    return Fields({"member": value}, "entry.use-applied").uuid("member")
