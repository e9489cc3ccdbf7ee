"""The one result object: page, API, summary sheet, notice and bundle all read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from voting import canonical
from voting.ballot import Bound, Channel
from voting.canonical import JSON, Fields, JSONList, Plain
from voting.errors import Malformed
from voting.law.findings import Finding
from voting.law.majorities import Count

VERSION = 1
FORMAT = "zhongjue-result"


class Aside(Enum):
    """Why a ballot in the log does not count; each is shown, none is dropped."""

    LATE = "late"
    SUPERSEDED = "superseded"
    UNREADABLE = "unreadable"
    FOREIGN = "foreign"
    RULED_VOID = "ruled-void"

    @property
    def words(self) -> str:
        """Return the reason as people say it."""
        return _ASIDE_WORDS[self]


_ASIDE_WORDS = {
    Aside.LATE: "截止之后才送达，不计入",
    Aside.SUPERSEDED: "同一表决权人另有一张票按规则计入，本张不计入",
    Aside.UNREADABLE: "票内容无法解读，作废",
    Aside.FOREIGN: "票内密封的内容属于他人或其他会议，作废",
    Aside.RULED_VOID: "经异议处理认定无效",
}


class Outcome(Enum):
    """What an item came to; a motion that fails is not the opposite decision."""

    PASSED = "passed"
    REJECTED = "rejected"
    TIED = "tied"
    NO_DECISION = "no-decision"

    @property
    def words(self) -> str:
        """Return the outcome as people say it."""
        return _OUTCOME_WORDS[self]


_OUTCOME_WORDS = {
    Outcome.PASSED: "通过",
    Outcome.REJECTED: "未通过",
    Outcome.TIED: "得票相同，未能选出",
    Outcome.NO_DECISION: "未形成有效决定",
}


@dataclass(frozen=True, slots=True)
class SetAside:
    """A ballot that does not count: its place in the log, the way it came, the reason."""

    index: int
    channel: Channel
    reason: Aside

    def plain(self) -> Plain:
        """Return the JSON shape of SPEC 8."""
        return {
            "channel": self.channel.value,
            "index": self.index,
            "reason": self.reason.value,
        }

    @staticmethod
    def read(value: JSON) -> "SetAside":
        """Read the JSON shape of SPEC 8; raises `Malformed`."""
        fields = Fields(value, "result.aside")
        aside = SetAside(
            index=fields.integer("index", at_least=0),
            channel=fields.member("channel", Channel),
            reason=fields.member("reason", Aside),
        )
        fields.done()
        return aside


@dataclass(frozen=True, slots=True)
class Line:
    """One thing people could agree to: the motion, a bidder, a candidate."""

    id: str
    label: str
    agreed: Count
    against: Count
    abstained: Count
    consent: Finding

    def plain(self) -> Plain:
        """Return the JSON shape of SPEC 8."""
        return {
            "abstained": count_plain(self.abstained),
            "against": count_plain(self.against),
            "agreed": count_plain(self.agreed),
            "consent": self.consent.to_json(),
            "id": self.id,
            "label": self.label,
        }

    @staticmethod
    def read(value: JSON) -> "Line":
        """Read the JSON shape of SPEC 8; raises `Malformed`."""
        fields = Fields(value, "result.line")
        line = Line(
            id=fields.text("id"),
            label=fields.text("label"),
            agreed=Count.from_json(fields.object("agreed")),
            against=Count.from_json(fields.object("against")),
            abstained=Count.from_json(fields.object("abstained")),
            consent=Finding.from_json(fields.object("consent")),
        )
        fields.done()
        return line


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What one item came to: counts, the findings in the order of the law, the outcome.

    `took_part` holds those whose choice on this item is valid, abstaining included; `void` those
    whose choice on it could not be read as one. `winners` are option ids; `tied` those who share
    the last seat, which is then left open.
    """

    item: UUID
    number: int
    title: str
    scope: str
    entitled: Count
    took_part: Count
    void: Count
    none: Count
    abstained: Count
    participation: Finding
    lines: tuple[Line, ...]
    outcome: Outcome
    winners: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    seats: int = 0

    @property
    def silent(self) -> Count:
        """Return those who were entitled and of whom no valid choice came in."""
        return self.entitled - self.took_part - self.void

    def label(self, option: str) -> str:
        """Return the name of an option."""
        return next(line.label for line in self.lines if line.id == option)

    @property
    def vacant(self) -> int:
        """Return the seats left open in an election."""
        return self.seats - len(self.winners) if self.seats else 0

    def plain(self) -> Plain:
        """Return the JSON shape of SPEC 8."""
        return {
            "abstained": count_plain(self.abstained),
            "entitled": count_plain(self.entitled),
            "item": str(self.item),
            "lines": [line.plain() for line in self.lines],
            "none": count_plain(self.none),
            "number": self.number,
            "outcome": self.outcome.value,
            "participation": self.participation.to_json(),
            "scope": self.scope,
            "seats": self.seats,
            "tied": list(self.tied),
            "title": self.title,
            "took_part": count_plain(self.took_part),
            "void": count_plain(self.void),
            "winners": list(self.winners),
        }

    @staticmethod
    def read(value: JSON) -> "ItemResult":
        """Read the JSON shape of SPEC 8; raises `Malformed`."""
        fields = Fields(value, "result.item")
        item = ItemResult(
            item=fields.uuid("item"),
            number=fields.integer("number", at_least=1),
            title=fields.text("title"),
            scope=fields.text("scope"),
            entitled=Count.from_json(fields.object("entitled")),
            took_part=Count.from_json(fields.object("took_part")),
            void=Count.from_json(fields.object("void")),
            none=Count.from_json(fields.object("none")),
            abstained=Count.from_json(fields.object("abstained")),
            participation=Finding.from_json(fields.object("participation")),
            lines=tuple(Line.read(line) for line in fields.list("lines")),
            outcome=fields.member("outcome", Outcome),
            winners=_texts(fields.list("winners")),
            tied=_texts(fields.list("tied")),
            seats=fields.integer("seats", at_least=0),
        )
        fields.done()
        return item


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one assembly. `counted` says how many ballots count, by channel."""

    bound: Bound
    counted: Mapping[Channel, int]
    aside: tuple[SetAside, ...]
    items: tuple[ItemResult, ...]

    def encode(self) -> bytes:
        """Return result.json, canonical: the same bytes wherever it is recomputed."""
        return canonical.encode(
            {
                **self.bound.plain(),
                "aside": [one.plain() for one in self.aside],
                "counted": {channel.value: self.counted.get(channel, 0) for channel in Channel},
                "format": FORMAT,
                "items": [item.plain() for item in self.items],
                "v": VERSION,
            }
        )

    @staticmethod
    def decode(data: bytes) -> "Result":
        """Read result.json, believing none of it; raises `NotCanonical` or `Malformed`."""
        fields = Fields(canonical.decode(data), "result")
        fields.exactly("format", FORMAT)
        fields.exactly("v", VERSION)
        counted = fields.fields("counted")
        result = Result(
            bound=Bound.read(fields),
            counted={one: counted.integer(one.value, at_least=0) for one in Channel},
            aside=tuple(SetAside.read(one) for one in fields.list("aside")),
            items=tuple(ItemResult.read(item) for item in fields.list("items")),
        )
        counted.done()
        fields.done()
        return result

    @property
    def digest(self) -> str:
        """Return the SHA-256 of result.json."""
        return canonical.sha256_hex(self.encode())


def _texts(values: JSONList) -> tuple[str, ...]:
    if not all(isinstance(value, str) for value in values):
        raise Malformed("result.item: option ids are texts")
    return tuple(str(value) for value in values)


def count_plain(count: Count) -> Plain:
    """Return heads and area (dm²) as JSON."""
    return {"area": count.area, "heads": count.heads}
