"""Seal logs and supervision streams in memory, signed with real keys, entry by entry."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.support.simulation import canonical_object, checkpoint, seed_bytes, uid
from voting.canonical import Plain, sha256_hex
from voting.law.majorities import ENTITLED, HALF, Threshold
from voting.log import seals
from voting.log.entries import Entry, Receipt
from voting.log.note import Signer
from voting.log.tree import inclusion_proof
from voting.stream import StreamKind, write

BEGUN = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
MEMBERS = tuple(uid("member", number) for number in range(5))
MAIN, SPARE, ASSEMBLY = uid("seal", "main"), uid("seal", "spare"), uid("seal", "assembly")
RULE = Threshold(HALF, strict=True, base=ENTITLED)
KEEPER = "保管人甲"
PHOTOGRAPH, OTHER_PHOTOGRAPH = sha256_hex(b"photograph"), sha256_hex(b"another")


class StreamLog:
    """A log that grows by one entry a minute and can be handed out at any moment."""

    def __init__(self, kind: StreamKind, seed: str = "stream") -> None:
        private = Ed25519PrivateKey.from_private_bytes(seed_bytes("stream", kind.value, seed))
        self.signer = Signer(f"zhongjue.example/committee/{kind.value}", private)
        self.committee = uid("committee", seed)
        self.entries: list[Entry] = []
        self.append(
            seals.CREATED,
            committee=str(self.committee),
            estate="示例小区",
            log=self.signer.verifier.vkey,
            origin=self.signer.name,
            stream=kind.value,
        )

    def append(self, kind: str, /, **body: Plain) -> int:
        """Log an entry and return its index."""
        time = BEGUN + timedelta(minutes=len(self.entries))
        self.entries.append(Entry(kind, time, canonical_object(body)))
        return len(self.entries) - 1

    def data(self, signed: Sequence[Entry] | None = None) -> bytes:
        """Return the file handed out; the checkpoint may be over other entries than these."""
        note = checkpoint(self.signer, self.entries if signed is None else signed)
        return write([entry.data() for entry in self.entries], note)

    def relogged(self, change: Callable[[list[Entry]], object]) -> bytes:
        """Change the entries and sign them anew: only the rule is broken, not the signature."""
        change(self.entries)
        return self.data()

    def kept(self) -> bytes:
        """Return the checkpoint as somebody may keep it."""
        return checkpoint(self.signer, self.entries).encode()

    def receipt(self, index: int) -> Receipt:
        """Return the receipt for an entry."""
        leaves = [entry.leaf for entry in self.entries]
        proof = inclusion_proof(index, leaves)
        return Receipt(self.entries[index], index, proof, checkpoint(self.signer, self.entries))


class SealLog(StreamLog):
    """A seal log in which the committee's seal is made and kept."""

    def __init__(self, seed: str = "stream") -> None:
        super().__init__(StreamKind.SEALS, seed)
        self.make(MAIN)
        self.keep(MAIN)

    def make(self, seal: UUID, kind: seals.SealKind = seals.SealKind.COMMITTEE) -> int:
        """Make a seal."""
        return self.append(
            seals.MADE,
            by="业委会",
            kind=kind.value,
            name=f"示例小区{kind.words}",
            proof=sha256_hex(b"carved"),
            seal=str(seal),
        )

    def keep(self, seal: UUID, keeper: str = KEEPER) -> int:
        """Hand a seal to its keeper."""
        return self.append(
            seals.KEPT, by="业委会", keeper=keeper, reason="业委会会议决定", seal=str(seal)
        )

    def lose(self, seal: UUID) -> int:
        """Report a seal lost."""
        return self.append(seals.LOST, by=KEEPER, note="已登报声明", seal=str(seal))

    def replace(self, seal: UUID, successor: UUID) -> int:
        """Put a new seal in the place of an old one."""
        return self.append(seals.REPLACED, by="业委会", seal=str(seal), successor=str(successor))

    def apply(self, number: str, **changes: Plain) -> str:
        """Apply for a use and return its id."""
        use = str(changes.pop("use", str(uid("use", number))))
        body: dict[str, Plain] = {
            "applicant": "申请人甲",
            "basis": {
                "id": str(uid("minute")),
                "kind": "minute",
                "number": "业委会纪要〔2026〕3号",
            },
            "copies": 2,
            "document": sha256_hex(b"contract"),
            "members": [str(member) for member in MEMBERS],
            "number": number,
            "purpose": "签订电梯维修合同",
            "receiver": "电梯公司",
            "rule": RULE.to_json(),
            "seal": str(MAIN),
            "title": "电梯维修合同",
            "use": use,
        }
        self.append(seals.APPLIED, **{**body, **changes})
        return use

    def sign(self, use: str, *members: int) -> list[int]:
        """Let members sign."""
        return [
            self.append(seals.SIGNED, member=str(MEMBERS[one]), name=f"委员{one}", use=use)
            for one in members
        ]

    def decline(self, use: str, member: int) -> int:
        """Let a member decline."""
        return self.append(
            seals.DECLINED,
            member=str(MEMBERS[member]),
            name=f"委员{member}",
            reason="价格偏高",
            use=use,
        )

    def stamp(self, use: str, *photographs: str, copies: int = 2, keeper: str = KEEPER) -> int:
        """Stamp the paper."""
        return self.append(
            seals.STAMPED, copies=copies, keeper=keeper, photographs=photographs, use=use
        )

    def photograph(self, use: str) -> int:
        """Add a photograph."""
        return self.append(seals.PHOTOGRAPHED, by=KEEPER, photographs=[OTHER_PHOTOGRAPH], use=use)

    def close(self, use: str) -> int:
        """Close a use."""
        return self.append(seals.CLOSED, by=KEEPER, note="", use=use)

    def withdraw(self, use: str) -> int:
        """Withdraw an application."""
        return self.append(seals.WITHDRAWN, by="申请人甲", reason="不再需要", use=use)

    def publish(self, uses: int, since: str = "2026-07-01", until: str = "2026-12-31") -> int:
        """Publish the list of uses."""
        return self.append(
            seals.PUBLISHED, list=sha256_hex(b"list"), since=since, until=until, uses=uses
        )

    def stamped(self, number: str, *photographs: str) -> str:
        """Carry a use up to its stamp and return its id."""
        use = self.apply(number)
        self.sign(use, 0, 1, 2)
        self.stamp(use, *photographs)
        return use


def a_year_of_seals() -> SealLog:
    """Return a lawful log with a use in every state, a lost seal and its successor."""
    log = SealLog()
    first = log.stamped("印〔2026〕1号", PHOTOGRAPH)
    log.close(first)
    second = log.apply("印〔2026〕2号")
    log.sign(second, 4)
    log.decline(second, 0)
    log.withdraw(second)
    third = log.stamped("印〔2026〕3号")
    log.photograph(third)
    log.close(third)
    log.publish(3)
    log.stamped("印〔2026〕4号")
    log.keep(MAIN, "社区居委会")
    waiting = log.apply("印〔2026〕5号")
    log.sign(waiting, 1, 3)
    log.lose(MAIN)
    log.make(SPARE)
    log.keep(SPARE)
    log.replace(MAIN, SPARE)
    log.apply("印〔2026〕6号", seal=str(SPARE))
    return log


def supervised(*kinds: str, seed: str = "stream") -> StreamLog:
    """Return a supervision stream with an event of each of these kinds."""
    log = StreamLog(StreamKind.SUPERVISION, seed)
    for kind in kinds:
        log.append(
            kind,
            by="业委会",
            digest=sha256_hex(kind.encode()),
            said=f"{StreamKind.SUPERVISION.vocabulary[kind]}：示例",
            source=f"{kind.partition('.')[0]}/1",
        )
    return log
