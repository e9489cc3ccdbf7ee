"""What was filled in in the committees room, as frozen values on their way into the tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from assemblies.foundation.uploads import Upload

KINDS = {"new": "成立（换届）备案", "change": "变更备案", "end": "注销备案"}
# What may be added to the package; the first two are asked for by SD 31.
PAPERS = {
    "rules": "业主大会议事规则",
    "covenant": "管理规约",
    "minutes": "会议决议原件",
    "other": "其他材料",
}
HANDOVERS = {"committee": "业委会交接", "member": "委员离任移交", "manager": "物业服务企业移交"}


class GroupKind(StrEnum):
    """Which group the street forms: before the first committee, or when re-election is late."""

    PREPARATORY = "preparatory"
    REELECTION = "reelection"

    @property
    def words(self) -> str:
        """Return the word on the screen."""
        return {"preparatory": "筹备组", "reelection": "换届小组"}[self]


class Sender(StrEnum):
    """For whom a member of a group stands."""

    STREET = "street"
    COMMUNITY = "community"
    POLICE = "police"
    DEVELOPER = "developer"
    OWNERS = "owners"

    @property
    def words(self) -> str:
        """Return the word on the screen."""
        return {
            "street": "街道办事处",
            "community": "社区居委会",
            "police": "公安派出所",
            "developer": "建设单位",
            "owners": "业主代表",
        }[self]


class Nominator(StrEnum):
    """Who proposed a candidate."""

    SELF = "self"
    OWNERS = "owners"
    COMMUNITY = "community"
    PARTY = "party"

    @property
    def words(self) -> str:
        """Return the word on the screen."""
        return {
            "self": "本人自荐",
            "owners": "业主联名推荐",
            "community": "社区居委会推荐",
            "party": "社区党组织推荐",
        }[self]


class PartyBranch(StrEnum):
    """Whether the committee has an organisation of the party."""

    NONE = "none"
    ALONE = "alone"
    JOINT = "joint"

    @property
    def words(self) -> str:
        """Return the word on the screen."""
        return {"none": "没有建立", "alone": "单独组建", "joint": "联合组建"}[self]


class Post(StrEnum):
    """What a member does in the committee."""

    CHAIR = "chair"
    VICE = "vice-chair"
    MEMBER = "member"

    @property
    def words(self) -> str:
        """Return the word on the screen."""
        return {"chair": "主任", "vice-chair": "副主任", "member": "委员"}[self]


@dataclass(frozen=True, slots=True)
class Person:
    """One of a group's people."""

    name: str
    sender: Sender
    owner: bool
    head: bool = False


@dataclass(frozen=True, slots=True)
class Forming:
    """A group as the street forms it."""

    formed_on: date
    people: tuple[Person, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person who stands for election or serves; `room` as in 1号楼1单元101."""

    name: str
    room: str
    sex: str = ""
    born: int | None = None
    party: bool = False
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """The answer to one clause of the negative list; "not clear" is a flag, never a veto."""

    clear: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Nomination:
    """A candidate as nominated; `answers` by the place of the clause in the pack's list."""

    facts: Facts
    nominator: Nominator
    statement: str = ""
    answers: Mapping[int, Clause] | None = None
    papers: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """One department's opinion in the joint review."""

    department: str
    clear: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Which election begins a term; `months` 0 is the longest lawful term.

    `leave_open` begins with those who won although others tie for the last seats.
    """

    item: UUID
    months: int = 0
    leave_open: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of a committee that is entered from its papers."""

    facts: Facts
    post: Post = Post.MEMBER
    alternate: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """A committee elected before this platform, as its papers say; `basis` names them."""

    number: int
    seats: int
    began_on: date
    ends_on: date
    basis: str
    members: tuple[Seat, ...]
    proof: Upload | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the authority gives out: number, certificate, and the proof for carving seals."""

    number: str
    certificate: Upload | None = None
    carving: Upload | None = None


@dataclass(frozen=True, slots=True)
class Resignation:
    """A member's resignation: since when, their letter, whose sign-in hands it in.

    `witnessed` says that community or street took the letter themselves.
    """

    on: date
    letter: Upload | None
    account: UUID
    witnessed: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """One line of a hand-over as it was received."""

    quantity: str
    by: str
    note: str = ""
    proof: Upload | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A hand-over to be begun: kind committee, member or manager, and its checklist."""

    kind: str
    from_whom: str
    to_whom: str
    lines: tuple[str, ...]
