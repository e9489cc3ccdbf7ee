"""One whole assembly in memory, with real keys: register to publication, of any size.

`simulate` runs one from beginning to end; `Simulation` does the same step by step, for tests that
want to step out of line. Ids, weights, keys and choices follow from the seed; what must be random
(signatures, seals) is random.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import NAMESPACE_URL, UUID, uuid5

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting import bundle, canonical
from voting.agenda import Agenda, Attachment, Item, ItemKind, Option
from voting.ballot import (
    BALLOT_TYPE,
    Ballot,
    Bound,
    Channel,
    Choice,
    Credential,
    seal_choices,
)
from voting.bundle import Edition, Evidence
from voting.canonical import Plain, b64url, sha256_hex, time_text, unb64url
from voting.law.calendar import CHINA
from voting.law.house import HouseRules, Revote, Silence
from voting.law.matters import Matter
from voting.law.rules import Rules, compose
from voting.log import kinds
from voting.log.checkpoint import Checkpoint, sign_checkpoint
from voting.log.entries import Entry
from voting.log.note import Signer
from voting.log.tree import root
from voting.opening import Logged, cast_of
from voting.result import Result
from voting.roll import Roll, RollPart, Voter
from voting.scope import Scope, ScopeKind
from voting.signing import PublicKey, Signed
from voting.tally import ABSTAIN, AGAINST, AGREE, NONE, Cast, tally

BUILDINGS = ("1号楼", "2号楼", "3号楼")
ORDER = int("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16)  # of P-256
CREATED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OPENS = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=7)
PAPER = b"%PDF-1.7\n% a paper shown to voters\n"
HOUSE = HouseRules(
    revote=Revote.LAST,
    revote_clause="同一业主多次投票的，以截止前最后一次为准。",
    silence=Silence.NONE,
    silence_clause="未投票的业主不计入参与表决。",
    proxies=3,
    proxies_clause="一人接受委托不超过三户。",
    extension=30,
    extension_clause="参与人数不足的，可以延长不超过三十日。",
)

Choose = Callable[[int, Item], Choice]


def uid(*words: object) -> UUID:
    """Return the id that belongs to these words."""
    return uuid5(NAMESPACE_URL, "zhongjue:" + "/".join(map(str, words)))


def seed_bytes(*words: object) -> bytes:
    """Return 32 bytes that belong to these words."""
    return hashlib.sha256("/".join(map(str, words)).encode()).digest()


@cache
def p256(*words: object) -> EllipticCurvePrivateKey:
    """Return the P-256 key that belongs to these words."""
    number = int.from_bytes(seed_bytes("p256", *words)) % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


@cache
def rules_with(house: HouseRules) -> tuple[Rules, bytes]:
    """Return the national rules with an estate's own on top, and their bytes."""
    rules = compose("national", on=OPENS.astimezone(CHINA).date(), house=house)
    return rules, canonical.encode(rules.to_json())


def part(
    *words: object,
    area: int = 10_000,
    building: str = BUILDINGS[0],
    entrance: str = "1单元",
    use: str = "dwelling",
) -> RollPart:
    """Return a part of an estate; its room is what its last word says."""
    room = str(words[-1])
    return RollPart(uid("part", *words), building, entrance, room, use, area, "registered")


def some_voters(count: int, seed: str = "zhongjue") -> tuple[Voter, ...]:
    """Return voters with one part each; every seventh has two, the last may be the developer."""
    voters = []
    for number in range(count):
        rooms = range(5 if number == count - 1 > 3 else 2 if number % 7 == 6 else 1)
        parts = tuple(
            part(
                seed, number, f"{number + 101}-{room}",
                area=8_000 + (number * 37 + room * 101) % 6_000,
                building=BUILDINGS[number % 3],
                entrance=f"{number // 3 % 2 + 1}单元",
            )
            for room in rooms
        )  # fmt: skip
        voters.append(Voter(uid(seed, "voter", number), parts, developer=len(parts) == 5))
    return tuple(voters)


def decision(
    number: int = 1,
    *,
    matter: Matter = Matter.RULES,
    scope: Scope | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> Item:
    """Return an item to agree to or not."""
    return Item(
        id=uid("item", number),
        number=number,
        matter=matter,
        kind=ItemKind.DECISION,
        title=f"事项{number}",
        text="请表决。",
        scope=scope or Scope(),
        attachments=attachments,
    )


def choice(number: int, options: int = 2, *, matter: Matter = Matter.MANAGER) -> Item:
    """Return an item with bidders named a, b, c ..."""
    named = tuple(Option(chr(97 + at), f"{chr(65 + at)}公司", "报价") for at in range(options))
    return replace(decision(number, matter=matter), kind=ItemKind.CHOICE, options=named)


def election(number: int, candidates: int = 3, seats: int = 2) -> Item:
    """Return an election with candidates named a, b, c ..."""
    item = choice(number, candidates, matter=Matter.COMMITTEE)
    return replace(item, kind=ItemKind.ELECTION, seats=seats)


def some_items() -> tuple[Item, ...]:
    """Return one item of each kind; the first concerns one building only and has a paper."""
    paper = Attachment(uid("paper"), "方案.pdf", "application/pdf", len(PAPER), sha256_hex(PAPER))
    building = Scope(ScopeKind.BUILDINGS, buildings=(BUILDINGS[0],))
    fund = decision(1, matter=Matter.FUND_USE, scope=building, attachments=(paper,))
    return fund, choice(2), election(3)


def choose_mostly_yes(number: int, item: Item) -> Choice:
    """Choose as most people do: four of five agree, one in ten is against, one abstains."""
    word = (AGAINST, ABSTAIN)[number // 10 % 2] if number % 10 < 2 else AGREE
    if item.kind is ItemKind.DECISION:
        return word
    names = [option.id for option in item.options]
    if item.kind is ItemKind.CHOICE:
        return {AGREE: names[0], AGAINST: NONE, ABSTAIN: ABSTAIN}[word]
    return {name: word if at < item.seats else AGAINST for at, name in enumerate(names)}


@dataclass
class Device:
    """A phone: its key, how many ballots it made, and what it made last."""

    key: EllipticCurvePrivateKey
    counter: int = 0
    previous: str | None = None

    @property
    def thumbprint(self) -> str:
        return PublicKey.of(self.key).thumbprint


def nonce(thumbprint: str, voter: UUID, counter: int) -> str:
    """Return the nonce of the ballot that a key signs for a voter after so many."""
    return b64url(seed_bytes("nonce", thumbprint, voter, counter)[:16])


@dataclass
class Simulation:
    """An assembly under way; every verb appends to `entries` and moves the time on."""

    items: Sequence[Item]
    voters: Sequence[Voter]
    house: HouseRules = HOUSE
    seed: str = "zhongjue"
    entries: list[Entry] = field(default_factory=list)
    logged: list[Logged] = field(default_factory=list)
    ruled_void: set[int] = field(default_factory=set)
    result: Result | None = None

    def __post_init__(self) -> None:
        self.assembly = uid(self.seed, "assembly")
        self.registrar, self.opening_key = p256(self.seed, "registrar"), p256(self.seed, "opening")
        self.signer = Signer(
            f"zhongjue.local/{self.assembly}",
            Ed25519PrivateKey.from_private_bytes(seed_bytes(self.seed, "log")),
        )
        self.agenda = Agenda(
            assembly=self.assembly,
            estate="示例小区",
            title="二〇二六年第一次业主大会会议",
            convener="示例小区业主委员会",
            opens=OPENS,
            closes=CLOSES,
            opening=PublicKey.of(self.opening_key),
            registrar=PublicKey.of(self.registrar),
            items=tuple(self.items),
        )
        self.roll = Roll(tuple(self.voters))
        self.rules, self.rules_bytes = rules_with(self.house)
        self.agenda_bytes, self.roll_bytes = self.agenda.encode(), self.roll.encode()
        self.bound = Bound.to(
            self.assembly, agenda=self.agenda_bytes, roll=self.roll_bytes, rules=self.rules_bytes
        )
        self.notice = canonical.encode({"title": self.agenda.title, "text": "请各位业主参加表决。"})
        self.attachments: dict[str, bytes] = (
            {sha256_hex(PAPER): PAPER} if any(item.attachments for item in self.items) else {}
        )
        self.now = CREATED
        self.devices: dict[UUID, list[Device]] = {}
        self.papers = 0

    def append(self, kind: str, at: datetime | None = None, **body: Plain) -> int:
        """Log one entry and return its index."""
        self.now = at or self.now + timedelta(seconds=1)
        self.entries.append(Entry(kind, self.now, dict(canonical_object(body))))
        return len(self.entries) - 1

    def prepare(self) -> None:
        """Go from the creation to the freeze."""
        self.append(
            kinds.CREATED,
            CREATED,
            origin=self.signer.name,
            assembly=str(self.assembly),
            estate=self.agenda.estate,
            registrar=self.agenda.registrar.jwk(),
            log=self.signer.verifier.vkey,
        )
        self.append(kinds.REVIEWED, by="示例街道办事处", answer="无意见")
        self.append(
            kinds.POSTED,
            notice=sha256_hex(self.notice),
            opens=time_text(OPENS),
            closes=time_text(CLOSES),
        )
        bound = self.bound
        self.append(
            kinds.FROZEN,
            agenda=bound.agenda,
            roll=bound.roll,
            rules=bound.rules,
            opening=self.agenda.opening.jwk(),
            keeper="监票人",
        )

    def letter(self, voter: UUID, serial: int = 1, reason: str = "首次发放") -> int:
        """Print a voter's letter."""
        return self.append(kinds.LETTER, voter=str(voter), serial=serial, reason=reason)

    def enrol(self, voter: UUID, at: datetime | None = None) -> Device:
        """Give a voter a new phone with a credential."""
        held = self.devices.setdefault(voter, [])
        device = Device(p256(self.seed, "device", voter, len(held)))
        held.append(device)
        when = at or max(self.now, OPENS) + timedelta(seconds=1)
        self.append(kinds.CREDENTIAL, when, token=self.credential(voter, device, when))
        return device

    def credential(
        self, voter: UUID, device: Device, at: datetime, assurance: str = "letter+fact"
    ) -> str:
        """Sign a credential."""
        made = Credential(self.assembly, voter, device.thumbprint, assurance, at)
        return made.sign(self.registrar)

    def ballot(
        self,
        voter: UUID,
        choices: Mapping[UUID, Choice],
        *,
        device: Device | None = None,
        channel: Channel = Channel.PHONE,
        sealed: str = "",
        nonce_of: Device | None = None,
    ) -> str:
        """Sign a ballot on the voter's newest phone, without logging it."""
        phone = device or self.devices[voter][-1]
        salt = seed_bytes(self.seed, phone.thumbprint, phone.counter)[:16]
        made = Ballot(
            bound=self.bound,
            voter=voter,
            channel=channel,
            counter=phone.counter + 1,
            previous=phone.previous,
            nonce=nonce((nonce_of or phone).thumbprint, voter, 0 if nonce_of else phone.counter),
            time=self.now,
            sealed=sealed
            or seal_choices(
                choices, assembly=self.assembly, voter=voter, salt=salt, to=self.agenda.opening
            ),
        )
        return made.sign(phone.key)

    def cast(
        self,
        voter: UUID,
        choices: Mapping[UUID, Choice],
        *,
        at: datetime | None = None,
        device: Device | None = None,
        channel: Channel = Channel.PHONE,
        sealed: str = "",
        nonce_of: Device | None = None,
    ) -> int:
        """Sign and log a ballot, enrolling the voter's phone first; return its index."""
        if device is None and voter not in self.devices:
            self.enrol(voter)
        phone = device or self.devices[voter][-1]
        token = self.ballot(
            voter, choices, device=phone, channel=channel, sealed=sealed, nonce_of=nonce_of
        )
        index = self.append(
            kinds.BALLOT, at or max(self.now, OPENS) + timedelta(seconds=1), token=token
        )
        read = read_ballot(token, phone)
        phone.counter, phone.previous = read.counter, read.identity
        self.logged.append(Logged(index, self.now, read))
        return index

    def paper(self, voter: UUID, choices: Mapping[UUID, Choice], at: datetime | None = None) -> int:
        """Log a paper ballot that the desk keyed in, under a key of its own."""
        desk = self.desk(voter, at)
        return self.cast(voter, choices, at=at, device=desk, channel=Channel.PAPER)

    def desk(self, voter: UUID, at: datetime | None = None) -> Device:
        """Give a key for one paper of a voter."""
        self.papers += 1
        desk = Device(p256(self.seed, "desk", voter, self.papers))
        when = at or max(self.now, OPENS) + timedelta(seconds=1)
        token = self.credential(voter, desk, when, "paper:teller:12")
        self.append(kinds.CREDENTIAL, when, token=token)
        return desk

    def close(self) -> int:
        """Close at the closing time."""
        return self.append(kinds.CLOSED, CLOSES)

    def open(self) -> int:
        """Open the ballots."""
        return self.append(kinds.OPENED, key=self.agenda.opening.thumbprint)

    def rule_void(self, index: int) -> int:
        """Rule one ballot void after an objection."""
        self.ruled_void.add(index)
        return self.append(
            kinds.RULING, index=index, reason="签收记录证明非本人操作", by="示例街道办事处"
        )

    def casts(self) -> list[Cast]:
        """Open every ballot that was logged."""
        return [cast_of(one, self.opening_key, self.agenda, self.ruled_void) for one in self.logged]

    def count(self) -> Result:
        """Count, and log the digest of the result."""
        self.result = tally(self.agenda, self.roll, self.rules, self.bound, self.casts())
        self.append(kinds.COUNTED, result=self.result.digest)
        return self.result

    def conclude(self) -> None:
        """Certify and publish what was counted last."""
        assert self.result is not None
        self.append(
            kinds.CERTIFIED, by="示例街道办事处", result=self.result.digest, note="核验无误"
        )
        self.append(kinds.PUBLISHED, number="示例业决〔2026〕1号", result=self.result.digest)

    def finish(self) -> None:
        """Go from the voting to the publication."""
        self.close()
        self.open()
        self.count()
        self.conclude()

    def evidence(self) -> Evidence:
        """Return all that a bundle is made of."""
        assert self.result is not None
        entries = [entry.data() for entry in self.entries]
        return Evidence(
            agenda=self.agenda_bytes,
            roll=self.roll_bytes,
            rules=self.rules_bytes,
            notice=self.notice,
            result=self.result.encode(),
            entries=entries,
            checkpoint=checkpoint(self.signer, self.entries),
            log=self.signer.verifier.vkey,
            attachments=self.attachments,
            opening_key=self.opening_key,
        )

    def bundle(self, edition: Edition = Edition.AUDIT) -> bytes:
        """Return the evidence bundle."""
        return bundle.write(self.evidence(), edition)


def canonical_object(body: Mapping[str, Plain]) -> dict[str, canonical.JSON]:
    """Return a body as it will be read again."""
    read = canonical.decode(canonical.encode(body))
    assert isinstance(read, dict)
    return read


def checkpoint(signer: Signer, entries: Iterable[Entry]) -> str:
    """Sign the head of a log of these entries."""
    leaves = [entry.leaf for entry in entries]
    return sign_checkpoint(Checkpoint(signer.name, len(leaves), root(leaves)), signer)


def read_ballot(token: str, device: Device) -> Ballot:
    """Read a ballot that was just signed, without checking its signature again."""
    payload = unb64url(token.split(".")[1])
    return Ballot.of(Signed(PublicKey.of(device.key), payload, BALLOT_TYPE))


def simulate(
    *,
    voters: int | Sequence[Voter] = 12,
    items: Sequence[Item] | None = None,
    silent: int = 0,
    revotes: int = 0,
    late: int = 0,
    choose: Choose = choose_mostly_yes,
    house: HouseRules = HOUSE,
    seed: str = "zhongjue",
    before_closing: Callable[[Simulation], object] = lambda simulation: None,
) -> Simulation:
    """Run an assembly from beginning to end.

    The last `silent` voters do nothing; the first `revotes` vote a second time, the other way;
    then `late` of the voters come after closing. `before_closing` may do anything more.
    """
    people = some_voters(voters, seed) if isinstance(voters, int) else voters
    simulation = Simulation(items or some_items(), people, house, seed)
    simulation.prepare()
    for voter in people:
        simulation.letter(voter.id)
    taking_part = people[: len(people) - silent]
    for number, voter in enumerate(taking_part):
        simulation.cast(voter.id, {item.id: choose(number, item) for item in simulation.items})
    for number, voter in enumerate(taking_part[:revotes]):
        simulation.cast(voter.id, {item.id: choose(number + 10, item) for item in simulation.items})
    before_closing(simulation)
    simulation.close()
    for number, voter in enumerate(taking_part[:late]):
        simulation.cast(voter.id, {item.id: choose(number, item) for item in simulation.items})
    simulation.open()
    simulation.count()
    simulation.conclude()
    return simulation


def some_casts(simulation: Simulation, choose: Choose = choose_mostly_yes) -> list[Cast]:
    """Return one opened ballot for each voter of a roll, without any cryptography."""
    return [
        Cast(
            index,
            voter.id,
            Channel.PHONE,
            {item.id: choose(index, item) for item in simulation.items},
        )
        for index, voter in enumerate(simulation.voters)
    ]
