"""The agenda: what is voted on, within which scope, when, and under which keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from voting import canonical
from voting.canonical import JSON, Fields, Plain, time_text
from voting.errors import Malformed, NoSuchItem
from voting.law.matters import Matter
from voting.scope import Scope
from voting.signing import PublicKey

VERSION = 1
FORMAT = "zhongjue-agenda"


class ItemKind(Enum):
    """The three kinds of item."""

    DECISION = "decision"
    CHOICE = "choice"
    ELECTION = "election"

    @property
    def words(self) -> str:
        """Return the kind as people say it."""
        return {"decision": "同意或反对", "choice": "多选一", "election": "选举"}[self.value]


@dataclass(frozen=True, slots=True)
class Option:
    """A bidder, a plan or a candidate; `detail` is shown under the name."""

    id: str
    label: str
    detail: str = ""

    def plain(self) -> Plain:
        """Return the JSON shape of SPEC 4."""
        return {"detail": self.detail, "id": self.id, "label": self.label}

    @staticmethod
    def read(value: JSON) -> "Option":
        """Read the JSON shape of SPEC 4; raises `Malformed`."""
        fields = Fields(value, "option")
        option = Option(fields.text("id"), fields.text("label"), fields.text("detail"))
        fields.done()
        return option


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper shown to voters, fixed by its hash; `size` in bytes."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str

    def plain(self) -> Plain:
        """Return the JSON shape of SPEC 4."""
        return {
            "id": str(self.id),
            "media_type": self.media_type,
            "name": self.name,
            "sha256": self.sha256,
            "size": self.size,
        }

    @staticmethod
    def read(value: JSON) -> "Attachment":
        """Read the JSON shape of SPEC 4; raises `Malformed`."""
        fields = Fields(value, "attachment")
        attachment = Attachment(
            id=fields.uuid("id"),
            name=fields.text("name"),
            media_type=fields.text("media_type"),
            size=fields.integer("size", at_least=0),
            sha256=fields.digest("sha256"),
        )
        fields.done()
        return attachment


@dataclass(frozen=True, slots=True)
class Item:
    """One item to vote on. `details` holds what its matter asks for: project, prices, shares."""

    id: UUID
    number: int
    matter: Matter
    kind: ItemKind
    title: str
    text: str
    scope: Scope
    options: tuple[Option, ...] = ()
    seats: int = 0
    attachments: tuple[Attachment, ...] = ()
    details: Mapping[str, Plain] | None = None

    def __post_init__(self) -> None:
        """Refuse an item nobody can vote on: options missing or doubled, seats that are none."""
        ids = [option.id for option in self.options]
        if len(set(ids)) != len(ids) or any(name in {"none", "abstain", ""} for name in ids):
            raise Malformed(f"item {self.number}: an option stands twice or has a reserved name")
        if self.kind is ItemKind.DECISION and (self.options or self.seats):
            raise Malformed(f"item {self.number}: a decision has no options")
        if self.kind is ItemKind.CHOICE and (len(ids) < 1 or self.seats):
            raise Malformed(f"item {self.number}: a choice needs options and has no seats")
        if self.kind is ItemKind.ELECTION and not (ids and self.seats >= 1):
            raise Malformed(f"item {self.number}: an election needs candidates and seats")

    def plain(self) -> Plain:
        """Return the JSON shape of SPEC 4."""
        return {
            "attachments": [attachment.plain() for attachment in self.attachments],
            "details": dict(self.details or {}),
            "id": str(self.id),
            "kind": self.kind.value,
            "matter": int(self.matter),
            "number": self.number,
            "options": [option.plain() for option in self.options],
            "scope": self.scope.plain(),
            "seats": self.seats,
            "text": self.text,
            "title": self.title,
        }

    @staticmethod
    def read(value: JSON) -> "Item":
        """Read the JSON shape of SPEC 4; raises `Malformed`."""
        fields = Fields(value, "item")
        item = Item(
            id=fields.uuid("id"),
            number=fields.integer("number", at_least=1),
            matter=fields.member("matter", Matter),
            kind=fields.member("kind", ItemKind),
            title=fields.text("title"),
            text=fields.text("text"),
            scope=Scope.read(fields.object("scope")),
            options=tuple(Option.read(option) for option in fields.list("options")),
            seats=fields.integer("seats", at_least=0),
            attachments=tuple(Attachment.read(one) for one in fields.list("attachments")),
            details=fields.object("details"),
        )
        fields.done()
        return item


@dataclass(frozen=True, slots=True)
class Agenda:
    """What an assembly decides, from when to when, and the keys that its papers are checked with.

    `opening` is what ballots are sealed to, `registrar` what credentials are signed with.
    """

    assembly: UUID
    estate: str
    title: str
    convener: str
    opens: datetime
    closes: datetime
    opening: PublicKey
    registrar: PublicKey
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        """Refuse an agenda without items, with doubled ones, or that closes before it opens."""
        numbers = [item.number for item in self.items]
        if numbers != list(range(1, len(numbers) + 1)) or not numbers:
            raise Malformed("the items are not numbered 1, 2, 3 ...")
        if len({item.id for item in self.items}) != len(self.items):
            raise Malformed("an item stands twice")
        if self.opens >= self.closes:
            raise Malformed("voting closes before it opens")

    def item(self, item: UUID) -> Item:
        """Return an item; raises `NoSuchItem`."""
        for one in self.items:
            if one.id == item:
                return one
        raise NoSuchItem(f"no item {item} on this agenda")

    def encode(self) -> bytes:
        """Return agenda.json, canonical."""
        return canonical.encode(
            {
                "assembly": str(self.assembly),
                "closes": time_text(self.closes),
                "convener": self.convener,
                "estate": self.estate,
                "format": FORMAT,
                "items": [item.plain() for item in self.items],
                "opening": self.opening.jwk(),
                "opens": time_text(self.opens),
                "registrar": self.registrar.jwk(),
                "title": self.title,
                "v": VERSION,
            }
        )

    @staticmethod
    def decode(data: bytes) -> "Agenda":
        """Read agenda.json; raises `NotCanonical` or `Malformed`."""
        fields = Fields(canonical.decode(data), "agenda")
        fields.exactly("format", FORMAT)
        fields.exactly("v", VERSION)
        agenda = Agenda(
            assembly=fields.uuid("assembly"),
            estate=fields.text("estate"),
            title=fields.text("title"),
            convener=fields.text("convener"),
            opens=fields.time("opens"),
            closes=fields.time("closes"),
            opening=PublicKey.from_jwk(fields.object("opening")),
            registrar=PublicKey.from_jwk(fields.object("registrar")),
            items=tuple(Item.read(item) for item in fields.list("items")),
        )
        fields.done()
        return agenda


def numbered(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return items in the order of their numbers."""
    return tuple(sorted(items, key=lambda item: item.number))
