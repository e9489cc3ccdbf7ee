"""The rules of this room as a page says them: how many must sign, and by which provision."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.records.committees import members_in_office
from assemblies.records.rules import rules_for
from voting.law.citations import Citation
from voting.law.parameters import Parameter
from voting.law.seals import signatures_needed


@dataclass(frozen=True, slots=True)
class Rule:
    """How many of how many must sign, and the sentences behind it."""

    members: int
    needed: int
    signatures: str
    stamping: str


def rule_of(session: Session, estate: UUID, *, now: datetime) -> Rule:
    """Return the rules of a use as they are in force for an estate; raises `NotFound`."""
    rules = rules_for(session, estate, now=now)
    members = len(members_in_office(session, estate))
    return Rule(
        members=members,
        needed=signatures_needed(members, rules),
        signatures=_said(rules.parameter("seal_signatures")),
        stamping=_said(rules.parameter("seal_stamp_days")),
    )


def _said(parameter: Parameter) -> str:
    return f"{parameter.said_zh}（{Citation.shortly(parameter.law)}）"
