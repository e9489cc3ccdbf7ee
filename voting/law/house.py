"""The estate's own rules for one assembly: recorded by the convener, each with its clause."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from voting.canonical import JSON, Fields, JSONObject
from voting.errors import Malformed, RuleNotRecorded
from voting.law.parameters import Parameter, Value


class Revote(StrEnum):
    """Which of two ballots of one voter stands."""

    FIRST = "first"
    LAST = "last"
    PAPER = "paper"


class Silence(StrEnum):
    """Whether those who were reached and stayed silent are deemed to follow the majority."""

    NONE = "none"
    DEEMED = "deemed"


MOST_DAYS = 366
MOST_PROXIES = 1_000
RULES_ZH = {
    "revote": "同一业主投了两次以哪一票为准",
    "silence": "没有投票的业主如何对待",
    "proxies": "一人最多接受几位业主委托",
    "extension": "参与不足时能否延期、最多几天",
}
CHOICES_ZH: dict[str, dict[str, str]] = {
    "revote": {
        "first": "以第一次投的票为准",
        "last": "以截止前最后一次投的票为准",
        "paper": "以纸质票为准",
    },
    "silence": {
        "none": "没有投票的，不算参与表决",
        "deemed": "已送达而没有投票的，按约定计入多数意见（另列结果，不用于四分之三事项）",
    },
}


@dataclass(frozen=True, slots=True)
class Move:
    """A clause of the estate's rules that sets a parameter of the law otherwise."""

    name: str
    unit: str
    value: Value
    clause: str

    def to_json(self) -> JSONObject:
        """Return the move."""
        value = Parameter.write_value(self.value)
        return {"clause": self.clause, "name": self.name, "unit": self.unit, "value": value}

    @classmethod
    def from_json(cls, value: JSON) -> "Move":
        """Read a move; raises `Malformed`, and `RuleNotRecorded` without its clause."""
        fields = Fields(value, "move")
        move = cls(
            name=fields.text("name"),
            unit=fields.text("unit"),
            value=Parameter.read_value(fields),
            clause=fields.text("clause"),
        )
        fields.done()
        return move


@dataclass(frozen=True, slots=True)
class HouseRules:
    """What the law leaves to the owners; a value of this class is always complete.

    `revote`: which of two ballots of one voter stands. `silence`: whether the silent are deemed
    to follow the majority. `proxies`: how many owners one person may vote for, 0 for none.
    `extension`: by how many days voting may go on when too few took part, 0 for none.
    `uses`: the uses of parts that carry a vote. A tie in an election is always reported as a tie.
    """

    revote: Revote
    revote_clause: str
    silence: Silence
    silence_clause: str
    proxies: int
    proxies_clause: str
    extension: int
    extension_clause: str
    uses: tuple[str, ...] = ("dwelling", "shop")
    uses_clause: str = ""
    election_ties: str = "report"
    moves: tuple[Move, ...] = ()

    def __post_init__(self) -> None:
        clauses = {name: getattr(self, f"{name}_clause") for name in RULES_ZH}
        missing = [RULES_ZH[name] for name, clause in clauses.items() if not clause.strip()]
        missing += [f"“{move.name}”的条款" for move in self.moves if not move.clause.strip()]
        if missing:
            raise RuleNotRecorded(tuple(missing))
        _require("proxies", holds=0 <= self.proxies <= MOST_PROXIES)
        _require("extension", holds=0 <= self.extension <= MOST_DAYS)
        _require("uses", holds=bool(self.uses) and all(use.strip() for use in self.uses))
        _require("election_ties", holds=self.election_ties == "report")

    @staticmethod
    def unrecorded(recorded: Mapping[str, object]) -> tuple[str, ...]:
        """Name, in Chinese, the rules that still lack a value or a clause."""
        return tuple(
            said
            for name, said in RULES_ZH.items()
            if recorded.get(name) in (None, "")
            or not str(recorded.get(f"{name}_clause") or "").strip()
        )

    @classmethod
    def of(cls, recorded: Mapping[str, JSON]) -> "HouseRules":
        """Read what the convener recorded; raises `RuleNotRecorded` naming all that is missing.

        Raises `Malformed` for a value that is none of the choices.
        """
        missing = cls.unrecorded(recorded)
        if missing:
            raise RuleNotRecorded(missing)
        return cls.from_json({**_DEFAULTS, **recorded})

    @property
    def said_zh(self) -> tuple[tuple[str, str, str], ...]:
        """Each rule as a person reads it: its name, what holds, and the clause that says so."""
        held = {
            "revote": CHOICES_ZH["revote"][self.revote],
            "silence": CHOICES_ZH["silence"][self.silence],
            "proxies": f"最多 {self.proxies} 位" if self.proxies else "不接受委托",
            "extension": f"可以延期，最多 {self.extension} 天" if self.extension else "不延期",
        }
        return tuple(
            (RULES_ZH[name], words, getattr(self, f"{name}_clause")) for name, words in held.items()
        )

    def to_json(self) -> JSONObject:
        """Return every rule with its clause."""
        uses: list[JSON] = list(self.uses)
        moves: list[JSON] = [move.to_json() for move in self.moves]
        return {
            "election_ties": self.election_ties,
            "extension": self.extension,
            "extension_clause": self.extension_clause,
            "moves": moves,
            "proxies": self.proxies,
            "proxies_clause": self.proxies_clause,
            "revote": self.revote.value,
            "revote_clause": self.revote_clause,
            "silence": self.silence.value,
            "silence_clause": self.silence_clause,
            "uses": uses,
            "uses_clause": self.uses_clause,
        }

    @classmethod
    def from_json(cls, value: JSON) -> "HouseRules":
        """Read the rules; raises `Malformed` or `RuleNotRecorded`."""
        fields = Fields(value, "house")
        fields.exactly("election_ties", "report")
        uses = [_text(use) for use in fields.list("uses")]
        house = cls(
            revote=fields.member("revote", Revote),
            revote_clause=fields.text("revote_clause"),
            silence=fields.member("silence", Silence),
            silence_clause=fields.text("silence_clause"),
            proxies=fields.integer("proxies"),
            proxies_clause=fields.text("proxies_clause"),
            extension=fields.integer("extension"),
            extension_clause=fields.text("extension_clause"),
            uses=tuple(uses),
            uses_clause=fields.text("uses_clause"),
            moves=tuple(Move.from_json(move) for move in fields.list("moves")),
        )
        fields.done()
        return house


_DEFAULTS: dict[str, JSON] = {
    "uses": ["dwelling", "shop"],
    "uses_clause": "",
    "election_ties": "report",
    "moves": [],
}


def _require(name: str, *, holds: bool) -> None:
    if not holds:
        raise Malformed(f"house rule {name} is none of the choices")


def _text(value: JSON) -> str:
    if not isinstance(value, str):
        raise Malformed(f"not text: {value!r}")
    return value
