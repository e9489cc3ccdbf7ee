"""Puts a frozen assembly straight into a database, with everything a vote needs around it.

`frozen_assembly(session, keys, now)` is the whole set-up of a test that begins at the vote;
`Phone` then does in Python what static/ballots/sign.js does in a browser.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_bytes
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.assemblies import (
    AssemblyRecord,
    AttachmentRecord,
    DocumentRecord,
    ItemRecord,
    LetterRecord,
    VoterPersonRecord,
    VoterRecord,
)
from assemblies.records.people import AccountRecord, NodeRecord
from assemblies.records.premises import EstateRecord, PersonRecord
from tests.support.households import HOUSEHOLDS, Household, Motion, Owner, motions
from voting import canonical, sealing, signing
from voting.agenda import Agenda
from voting.ballot import Ballot, Bound, Channel, Choice, seal_choices
from voting.canonical import JSONObject, b64url, sha256_hex, time_text
from voting.law.house import HouseRules
from voting.law.rules import Rules, compose
from voting.roll import Roll, Voter
from voting.signing import PublicKey

ORIGIN = "zhongjue.local"
ESTATE = "和平里小区（示例）"
NOTICE = canonical.encode({"format": "zhongjue-notice", "title": "2026年第二次业主大会会议"})
AN_HOUR, A_FORTNIGHT = timedelta(hours=1), timedelta(days=14)
CLAUSES = {
    "revote_clause": "《议事规则》第二十条",
    "silence_clause": "《议事规则》第二十一条",
    "proxies_clause": "《议事规则》第二十二条",
    "extension_clause": "《议事规则》第二十三条",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A voter's letter, with the code that is printed on it."""

    id: UUID
    code: str
    voter: UUID
    label: str
    household: Household


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen assembly, with the secrets that only a test may hold together."""

    assembly: UUID
    estate: UUID
    log: UUID
    opening: EllipticCurvePrivateKey
    agenda: Agenda
    roll: Roll
    rules: Rules
    bound: Bound
    letters: tuple[Letter, ...]

    def letter(self, household: Household) -> Letter:
        """Return the letter of one household."""
        return next(one for one in self.letters if one.household is household)

    def choices(self, *words: Choice) -> dict[UUID, Choice]:
        """Return choices in the order of the items."""
        return dict(zip((item.id for item in self.agenda.items), words, strict=False))


def house_rules(revote: str = "last") -> HouseRules:
    """Return recorded house rules: no silence, no proxies, no extension."""
    plain: JSONObject = {
        "revote": revote,
        "silence": "none",
        "proxies": 0,
        "extension": 0,
        **CLAUSES,
    }
    return HouseRules.of(plain)


def frozen_assembly(
    session: Session,
    keys: Keys,
    now: datetime,
    *,
    voters: Sequence[Household] = HOUSEHOLDS,
    items: Sequence[Motion] | None = None,
    revote: str = "last",
    opens: datetime | None = None,
    closes: datetime | None = None,
    opening: EllipticCurvePrivateKey | None = None,
    passphrase: str = "",
) -> Frozen:
    """Insert an estate, its owners and an assembly frozen at `now`, open for voting at once.

    The opening key is wrapped, which takes a second, only where a passphrase is given.
    """
    opens, closes = opens or now, closes or now + A_FORTNIGHT
    opening = opening or signing.new_key()
    estate, account = _estate(session, now)
    people = [(one, _persons(session, keys, estate, one.owners)) for one in voters]
    moved = motions() if items is None else items
    rules = compose("shandong", on=in_china(now).date(), house=house_rules(revote))
    roll = Roll(
        tuple(
            Voter(uuid4(), tuple(home.part() for home in one.homes), one.developer)
            for one in voters
        )
    )
    agenda = Agenda(
        assembly=uuid4(),
        estate=ESTATE,
        title="2026年第二次业主大会会议",
        convener="和平里小区业主委员会",
        opens=opens,
        closes=closes,
        opening=PublicKey.of(opening),
        registrar=PublicKey.of(keys.registrar),
        items=tuple(one.item for one in moved),
    )
    record = _assembly(session, agenda, estate, account, rules, now)
    if passphrase:
        record.opening_wrapped = sealing.wrap_private(opening, passphrase)
    log = logs.create_log(session, "assembly", agenda.assembly)
    record.log_id = log.id
    _items(session, agenda, moved)
    bound = _documents(session, agenda, roll, rules, now)
    letters = _voters(session, keys, agenda.assembly, roll, people, now)
    _log(session, keys, record, bound, len(letters), now)
    session.flush()
    return Frozen(
        agenda.assembly, estate, log.id, opening, agenda, roll, rules, bound, tuple(letters)
    )


def _estate(session: Session, now: datetime) -> tuple[UUID, UUID]:
    street = NodeRecord(id=uuid4(), kind="street", name="示例街道")
    node = NodeRecord(id=uuid4(), kind="estate", name="和平里小区（示例）", parent_id=street.id)
    account = AccountRecord(
        id=uuid4(),
        username=f"director-{uuid4().hex[:8]}",
        display_name="林主任",
        password_hash="",
        created_at=now,
        session_mark="",
    )
    session.add_all([street, account])
    session.flush()
    session.add(node)
    session.flush()
    estate = EstateRecord(id=uuid4(), node_id=node.id, name=node.name, created_at=now)
    session.add(estate)
    session.flush()
    return estate.id, account.id


def _persons(session: Session, keys: Keys, estate: UUID, owners: Sequence[Owner]) -> list[UUID]:
    made = [
        PersonRecord(
            id=uuid4(),
            estate_id=estate,
            kind=owner.kind,
            name=owner.name,
            id_sealed=keys.sealed(owner.id_number) if owner.id_number else None,
            id_index=keys.index_of(owner.id_number) if owner.id_number else None,
            id_last4=owner.id_number[-4:],
            phones_sealed=(
                keys.sealed(canonical.encode(owner.phones).decode()) if owner.phones else None
            ),
        )
        for owner in owners
    ]
    session.add_all(made)
    session.flush()
    return [person.id for person in made]


def _assembly(
    session: Session, agenda: Agenda, estate: UUID, account: UUID, rules: Rules, now: datetime
) -> AssemblyRecord:
    record = AssemblyRecord(
        id=agenda.assembly,
        estate_id=estate,
        number=1,
        title=agenda.title,
        convener="committee",
        convener_name=agenda.convener,
        contact="0531-0000 0000（林主任）",
        place="1号楼大厅，每天 9:00 至 18:00",
        phase="frozen",
        created_at=now,
        created_by=account,
        pack=rules.pack,
        house_rules=rules.house.to_json(),
        opens_at=agenda.opens,
        closes_at=agenda.closes,
        reviewed_at=now,
        posted_at=now,
        frozen_at=now,
        keeper_name="监票人甲",
        opening_public=agenda.opening.jwk(),
    )
    session.add(record)
    session.flush()
    return record


def _items(session: Session, agenda: Agenda, moved: Sequence[Motion]) -> None:
    for item in agenda.items:
        record = ItemRecord(id=item.id, assembly_id=agenda.assembly)
        record.take(item)
        session.add(record)
    session.flush()
    for one in moved:
        for position, paper in enumerate(one.item.attachments):
            session.add(
                AttachmentRecord(
                    id=paper.id,
                    item_id=one.item.id,
                    position=position,
                    name=paper.name,
                    media_type=paper.media_type,
                    size=paper.size,
                    sha256=paper.sha256,
                    content=one.contents[paper.id],
                )
            )


def _documents(session: Session, agenda: Agenda, roll: Roll, rules: Rules, now: datetime) -> Bound:
    documents = {
        "agenda.json": agenda.encode(),
        "roll.jsonl": roll.encode(),
        "rules.json": canonical.encode(rules.to_json()),
        "notice.json": NOTICE,
    }
    for name, content in documents.items():
        session.add(
            DocumentRecord(
                assembly_id=agenda.assembly,
                name=name,
                content=content,
                sha256=sha256_hex(content),
                made_at=now,
            )
        )
    return Bound.to(
        agenda.assembly,
        agenda=documents["agenda.json"],
        roll=documents["roll.jsonl"],
        rules=documents["rules.json"],
    )


def _voters(
    session: Session,
    keys: Keys,
    assembly: UUID,
    roll: Roll,
    people: Sequence[tuple[Household, list[UUID]]],
    now: datetime,
) -> list[Letter]:
    letters = []
    for position, (voter, (household, _)) in enumerate(zip(roll, people, strict=True), start=1):
        label = voter.parts[0].label
        session.add(
            VoterRecord(
                id=voter.id,
                assembly_id=assembly,
                position=position,
                label=label,
                area_dm2=voter.area,
                developer=voter.developer,
                line=voter.line(),
            )
        )
        letters.append(
            Letter(uuid4(), keys.letter_code(str(voter.id), 1), voter.id, label, household)
        )
    session.flush()
    for voter, (_, persons) in zip(roll, people, strict=True):
        session.add_all(VoterPersonRecord(voter_id=voter.id, person_id=one) for one in persons)
    session.add_all(
        LetterRecord(
            id=letter.id,
            assembly_id=assembly,
            voter_id=letter.voter,
            serial=1,
            code_index=keys.index_of(letter.code),
            issued_at=now,
        )
        for letter in letters
    )
    return letters


def _log(
    session: Session,
    keys: Keys,
    record: AssemblyRecord,
    bound: Bound,
    letters: int,
    now: datetime,
) -> None:
    origin = f"{ORIGIN}/assembly/{record.id}"
    created: JSONObject = {
        "origin": origin,
        "assembly": str(record.id),
        "estate": ESTATE,
        "registrar": {**PublicKey.of(keys.registrar).jwk()},
        "log": keys.log_signer(origin).verifier.vkey,
    }
    posted: JSONObject = {
        "notice": sha256_hex(NOTICE),
        "opens": time_text(record.opens_at or now),
        "closes": time_text(record.closes_at or now),
    }
    frozen: JSONObject = {
        "agenda": bound.agenda,
        "roll": bound.roll,
        "rules": bound.rules,
        "opening": {**(record.opening_public or {})},
        "keeper": record.keeper_name,
    }
    reviewed: JSONObject = {"by": "示例街道办事处", "answer": "同意"}
    steps: dict[str, JSONObject] = {
        "created": created,
        "reviewed": reviewed,
        "posted": posted,
        "frozen": frozen,
        "letters": {"issued": letters},
    }
    if record.log_id is None:
        raise ValueError("the assembly has no log")
    for kind, body in steps.items():
        logs.append(session, record.log_id, kind, body, keys, logs.About(token=kind), now=now)


@dataclass(slots=True)
class Phone:
    """A voter's device, or the desk's browser: it holds the key and what it signed last."""

    frozen: Frozen
    voter: UUID
    channel: Channel = Channel.PHONE
    key: EllipticCurvePrivateKey = field(default_factory=signing.new_key)
    counter: int = 0
    previous: str | None = None

    @property
    def jwk(self) -> dict[str, str]:
        """Return the public half of the key."""
        return PublicKey.of(self.key).jwk()

    def sign(
        self,
        choices: Mapping[UUID, Choice],
        now: datetime,
        *,
        nonce: str = "",
        bound: Bound | None = None,
        sealed: str = "",
    ) -> str:
        """Return a signed ballot that follows this phone's last one."""
        ballot = Ballot(
            bound=bound or self.frozen.bound,
            voter=self.voter,
            channel=self.channel,
            counter=self.counter + 1,
            previous=self.previous,
            nonce=nonce or b64url(token_bytes(16)),
            time=now,
            sealed=sealed
            or seal_choices(
                choices,
                assembly=self.frozen.assembly,
                voter=self.voter,
                salt=token_bytes(16),
                to=self.frozen.agenda.opening,
            ),
        )
        return ballot.sign(self.key)

    def accepted(self, token: str) -> None:
        """Remember a ballot that the server has logged, so that the next one follows it."""
        self.previous = Ballot.read(token, trusted=PublicKey.of(self.key)).identity
        self.counter += 1
