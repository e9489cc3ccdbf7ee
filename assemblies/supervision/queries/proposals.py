"""Who proposes to the owners that a member be removed, and whether they are enough (SD 34)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete
from assemblies.records.committees import members_in_office
from assemblies.records.oversight import InquiryRecord
from assemblies.records.register import PartLine, register
from assemblies.records.rules import rules_for
from voting.law.heads import Holding, heads
from voting.law.rules import Rules

SEVERAL = 5  # labels named in a refusal; more would bury the sentence


@dataclass(frozen=True, slots=True)
class Support:
    """How many propose, of how many, and how many are needed."""

    who: str
    part: int
    whole: int
    needed: int
    said: str
    law: str

    @property
    def enough(self) -> bool:
        """Say whether the proposal must be put to the owners."""
        return self.whole > 0 and self.part >= self.needed

    @property
    def missing(self) -> int:
        """Return how many more are needed."""
        return max(0, self.needed - self.part)


def by_members(session: Session, estate: UUID, record: InquiryRecord, *, now: datetime) -> Support:
    """Count the members in office who signed against all members in office."""
    seated = members_in_office(session, estate)
    signed = {UUID(one["member"]) for one in record.signed}
    part = sum(member.id in signed for member in seated)
    rules = rules_for(session, estate, now=now)
    return _support("委员", "removal_proposal_members", part, len(seated), rules)


def by_owners(
    session: Session, estate: UUID, signed: Collection[str | UUID], *, now: datetime
) -> Support:
    """Count the heads behind the parts that signed against all heads of the register today."""
    rules = rules_for(session, estate, now=now)
    parts = _voting(session, estate, rules)
    part, whole = _heads(parts, {UUID(str(one)) for one in signed}), _heads(parts)
    return _support("业主", "removal_proposal_heads", part, whole, rules)


def parts_named(session: Session, estate: UUID, text: str, *, now: datetime) -> tuple[UUID, ...]:
    """Return the parts that a list of rooms names; raises `Incomplete` naming what is unknown."""
    rules = rules_for(session, estate, now=now)
    known = {part.label: part.id for part in _voting(session, estate, rules)}
    labels = dict.fromkeys(_labels(text))
    strange = [label for label in labels if label not in known]
    if strange:
        more = f"等 {len(strange)} 处" if len(strange) > SEVERAL else ""
        raise Incomplete(f"名册上没有：{'、'.join(strange[:SEVERAL])}{more}。请按名册的房号填写。")
    return tuple(known[label] for label in labels)


def labels_of(session: Session, estate: UUID, ids: Collection[str]) -> str:
    """Return parts as the lines in which they were written down."""
    wanted = {UUID(one) for one in ids}
    return "\n".join(one.label for one in register(session, estate).parts if one.id in wanted)


def _labels(text: str) -> Iterable[str]:
    for mark in "，、；,;":
        text = text.replace(mark, "\n")
    return (line for line in ("".join(one.split()) for one in text.split("\n")) if line)


def _voting(session: Session, estate: UUID, rules: Rules) -> tuple[PartLine, ...]:
    uses = {str(use) for use in rules.listed("voting_uses")}
    return tuple(
        part
        for part in register(session, estate).parts
        if part.use in uses and (part.owners or part.with_developer)
    )


def _heads(parts: Iterable[PartLine], signed: Collection[UUID] | None = None) -> int:
    """Count heads, or those of them one of whose parts signed; SPC 8, 9."""
    grouped = heads(Holding(one.id, one.owners, one.with_developer) for one in parts)
    return sum(signed is None or any(one in signed for one in held) for held in grouped.values())


def _support(who: str, name: str, part: int, whole: int, rules: Rules) -> Support:
    parameter = rules.parameter(name)
    law = "、".join(citation.short for citation in parameter.law)
    return Support(who, part, whole, rules.threshold(name).least(whole), parameter.said_zh, law)
