"""What a project's form offers: the register, the listed dangers, the standing authorities."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.records.authorities import in_force
from assemblies.records.register import Register, register
from assemblies.records.rules import rules_for
from assemblies.repairs.queries.projects import authority_view
from assemblies.repairs.queries.questions import questions
from assemblies.repairs.queries.values import Authority
from voting.law.citations import Citation
from voting.law.rules import Rules


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be picked in a project's form."""

    register: Register
    dangers: tuple[str, ...]
    dangers_zh: str
    authorities: tuple[Authority, ...]


def offer(session: Session, estate: UUID, *, now: datetime) -> Offer:
    """Return what an estate's projects may pick from; raises `NotFound`."""
    rules = rules_for(session, estate, now=now)
    held = in_force(session, estate, in_china(now).date())
    return Offer(
        register=register(session, estate),
        dangers=tuple(str(one) for one in rules.listed("fund_emergency_dangers")),
        dangers_zh=rule_zh(rules, "fund_emergency_dangers"),
        authorities=tuple(authority_view(session, one, now=now) for one in held),
    )


def asked(session: Session, estate: UUID, *, now: datetime) -> tuple[tuple[str, ...], str]:
    """Return the questions that must be answered no, and the provision that asks them."""
    rules = rules_for(session, estate, now=now)
    return questions(rules), rule_zh(rules, "fund_not_chargeable")


def said_rule(session: Session, estate: UUID, name: str, *, now: datetime) -> str:
    """Say a rule of the estate's pack with its provision and standing."""
    return rule_zh(rules_for(session, estate, now=now), name)


def rule_zh(rules: Rules, name: str) -> str:
    """Say a rule with its provision and how firmly it stands."""
    parameter = rules.parameter(name)
    law = Citation.shortly(parameter.law)
    return f"{parameter.said_zh}{parameter.standing_zh}：{law}。"
