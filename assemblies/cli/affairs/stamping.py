"""Seals: carved, handed to their keeper, and used on a paper that a decision covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from assemblies.cli.affairs.pictures import stamped
from assemblies.cli.affairs.stage import Stage, paper
from assemblies.cli.rehearsal import AN_HOUR
from assemblies.foundation.uploads import Upload
from assemblies.seals.services import applying, keeping, signing, stamping
from assemblies.seals.services.pen import Actor
from assemblies.seals.services.stamping import Closing
from voting.log.seals import SealKind

NAMES = {
    SealKind.ASSEMBLY: "和平里小区业主大会",
    SealKind.COMMITTEE: "和平里小区业主委员会",
    SealKind.FINANCE: "和平里小区业主委员会财务专用章",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A paper to be stamped, on which decision, and for whom."""

    title: str
    kind: str
    receiver: str
    purpose: str
    covers: str
    basis: UUID
    content: Upload
    seal: SealKind = SealKind.COMMITTEE


def actor(stage: Stage, username: str) -> Actor:
    """Return a person of the team as they act on seals."""
    account = stage.team.account(username)
    runs = username == "director"
    return Actor(stage.estate, account, stage.who(username), stage.keys, runs=runs)


def carve(stage: Stage, *, now: datetime) -> dict[SealKind, UUID]:
    """Enter the seals as carved and let their keeper take them over."""
    made = {}
    proof = paper("刻章回执.pdf", "印章刻制备案回执", "示例市公安局", ("印章三枚（演示）。",), now)
    for kind, name in NAMES.items():
        draft = keeping.SealDraft(kind, name, proof)
        made[kind] = keeping.make_seal(stage.session, actor(stage, "director"), draft, now=now)
        keeper = stage.team.account("keeper")
        keeping.offer_seal(
            stage.session, actor(stage, "director"), made[kind], keeper, now=now + AN_HOUR
        )
    for seal in made.values():
        at = now + 2 * AN_HOUR
        keeping.accept_seal(stage.session, actor(stage, "keeper"), seal, now=at)
    return made


def use(
    stage: Stage,
    seal: UUID,
    document: Document,
    *,
    signers: Sequence[str] = ("director", "vice", "fourth"),
    now: datetime,
) -> UUID:
    """Apply for a use and let so many members sign; return the use."""
    asked = applying.Application(
        seal=seal,
        title=document.title,
        document=document.content,
        document_kind=document.kind,
        copies=2,
        purpose=document.purpose,
        receiver=document.receiver,
        basis=document.basis,
        covers=document.covers,
    )
    applied = applying.apply(stage.session, actor(stage, "vice"), asked, now=now)
    for step, username in enumerate(signers, 1):
        at = now + step * AN_HOUR
        signing.sign(stage.session, actor(stage, username), applied, now=at)
    return applied


def finish(stage: Stage, applied: UUID, *, now: datetime) -> None:
    """Stamp with photographs and close."""
    keeper, photographs = actor(stage, "keeper"), (stamped(), stamped("骑缝章照片.png", across=300))
    stamping.stamp(stage.session, keeper, applied, 2, photographs, now=now)
    closing = Closing(stage.name("fourth"), now + AN_HOUR)
    stamping.close(stage.session, keeper, applied, closing, now=now + 2 * AN_HOUR)


def stamp_only(stage: Stage, applied: UUID, *, now: datetime) -> None:
    """Stamp and leave the photographs for later: the street sees the gap."""
    stamping.stamp(stage.session, actor(stage, "keeper"), applied, 2, (), now=now)
