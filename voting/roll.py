"""The roll (表决权名册): who may vote, with which parts. One line per voter, no names in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from voting import canonical
from voting.canonical import JSON, Fields, Plain
from voting.errors import Malformed, NotOnTheRoll
from voting.law.majorities import NOBODY, Count
from voting.scope import Scope

VERSION = 1


@dataclass(frozen=True, slots=True)
class RollPart:
    """An exclusive part on the roll; `area` in dm² (0.01 m²), `basis` where the area is from."""

    id: UUID
    building: str
    entrance: str
    room: str
    use: str
    area: int
    basis: str

    @property
    def label(self) -> str:
        """Return how people call it: 1号楼1单元101."""
        return f"{self.building}{self.entrance}{self.room}"

    def plain(self) -> Plain:
        """Return the JSON shape of SPEC 3."""
        return {
            "area": self.area,
            "basis": self.basis,
            "building": self.building,
            "entrance": self.entrance,
            "id": str(self.id),
            "room": self.room,
            "use": self.use,
        }

    @staticmethod
    def read(value: JSON) -> "RollPart":
        """Read the JSON shape of SPEC 3; raises `Malformed`."""
        fields = Fields(value, "roll.part")
        part = RollPart(
            id=fields.uuid("id"),
            building=fields.text("building"),
            entrance=fields.text("entrance"),
            room=fields.text("room"),
            use=fields.text("use"),
            area=fields.integer("area", at_least=1),
            basis=fields.text("basis"),
        )
        fields.done()
        return part


@dataclass(frozen=True, slots=True)
class Voter:
    """One head: the parts of one owner group, or all that the developer still answers for."""

    id: UUID
    parts: tuple[RollPart, ...]
    developer: bool = False

    def weight(self, scope: Scope) -> Count:
        """Return 1 head and the area of the parts inside the scope; nothing without such a part."""
        area = self.area_in(scope)
        return Count(heads=1, area=area) if area else NOBODY

    def area_in(self, scope: Scope) -> int:
        """Return the area of the parts inside the scope, in dm²."""
        return sum([part.area for part in self.parts if scope.covers(part)])

    @property
    def area(self) -> int:
        """Return the area of all parts, in dm²."""
        return sum(part.area for part in self.parts)

    def plain(self) -> Plain:
        """Return the JSON shape of SPEC 3."""
        return {
            "developer": self.developer,
            "heads": 1,
            "parts": [part.plain() for part in self.parts],
            "v": VERSION,
            "voter": str(self.id),
        }

    def line(self) -> bytes:
        """Return the voter's canonical line, without the newline."""
        return canonical.encode(self.plain())

    @staticmethod
    def read(value: JSON) -> "Voter":
        """Read the JSON shape of SPEC 3; raises `Malformed`."""
        fields = Fields(value, "roll.voter")
        fields.exactly("v", VERSION)
        fields.exactly("heads", 1)
        parts = tuple(RollPart.read(part) for part in fields.list("parts"))
        voter = Voter(fields.uuid("voter"), parts, fields.boolean("developer"))
        fields.done()
        if not parts:
            raise Malformed("roll.voter has no part")
        return voter


@dataclass(frozen=True, slots=True)
class Roll:
    """All voters of one assembly; no voter and no part stands on it twice."""

    voters: tuple[Voter, ...]
    _by_id: dict[UUID, Voter] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a voter or a part that stands twice, and a second developer."""
        by_id = {voter.id: voter for voter in self.voters}
        parts = [part.id for voter in self.voters for part in voter.parts]
        if len(by_id) != len(self.voters) or len(set(parts)) != len(parts):
            raise Malformed("the roll has a voter or a part twice")
        if sum(voter.developer for voter in self.voters) > 1:
            raise Malformed("the roll has two developers")
        object.__setattr__(self, "_by_id", by_id)

    def __iter__(self) -> Iterator[Voter]:
        """Go through the voters in the roll's order."""
        return iter(self.voters)

    def __contains__(self, voter: UUID) -> bool:
        """Say whether somebody is on the roll."""
        return voter in self._by_id

    def voter(self, voter: UUID) -> Voter:
        """Return a voter; raises `NotOnTheRoll`."""
        try:
            return self._by_id[voter]
        except KeyError as error:
            raise NotOnTheRoll(f"voter {voter} is not on the roll") from error

    def areas(self, scope: Scope) -> dict[UUID, int]:
        """Return the area (dm²) inside a scope of each voter who has a part there."""
        weighed = [(voter.id, voter.area_in(scope)) for voter in self.voters]
        return {voter: area for voter, area in weighed if area}

    def entitled(self, scope: Scope) -> Count:
        """Return heads and area of all who may vote within a scope."""
        return sum((voter.weight(scope) for voter in self.voters), NOBODY)

    def encode(self) -> bytes:
        """Return roll.jsonl: one canonical line per voter."""
        return canonical.encode_lines(voter.plain() for voter in self.voters)

    @staticmethod
    def decode(data: bytes) -> "Roll":
        """Read roll.jsonl; raises `NotCanonical` or `Malformed`."""
        return Roll(tuple(Voter.read(line) for line in canonical.decode_lines(data)))


def roll_of(voters: Iterable[Voter]) -> Roll:
    """Return a roll of these voters, in their order; raises `Malformed`."""
    return Roll(tuple(voters))
