"""What the estate's pack asks of candidates and of a committee, with its clauses."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.committees.queries.found import clauses, departments
from assemblies.records.rules import rules_for
from voting.law.citations import Citation
from voting.law.rules import Rules

SAID = (
    "committee_least",
    "committee_term_months",
    "committee_most_alternates",
    "party_share",
    "joint_review_departments",
    "negative_list",
    "preparatory_group_least",
    "reelection_start_days",
    "removal_proposal_heads",
    "vacancy_new_election",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The negative list, the departments, and the rules of a committee in words."""

    clauses: tuple[str, ...]
    departments: tuple[str, ...]
    rules: dict[str, str]
    most_months: int


def asked_of(session: Session, estate: UUID, *, now: datetime) -> Asked:
    """Return what the pack of an estate asks; raises `NotFound`."""
    rules = rules_for(session, estate, now=now)
    said = {name: _said(rules, name) for name in SAID if rules.has(name)}
    most = rules.number("committee_term_months")
    return Asked(clauses(rules), departments(rules), said, most)


def _said(rules: Rules, name: str) -> str:
    rule = rules.parameter(name)
    return f"{rule.said_zh}（{Citation.shortly(rule.law)}，{rule.standing_zh}）"
