"""Who may keep a seal: a member who is neither chair nor vice-chair, a keeper, or an office."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.permissions import GRANTED, Need, Role
from assemblies.records.committees import MemberRecord, members_in_office
from assemblies.records.people import AccountRecord, GrantRecord, NodeRecord
from assemblies.records.places import place_of
from assemblies.records.rules import rules_for
from voting.law.citations import Citation

RULE = "seal_keeper_not_chair"
LEADS = {"chair": "主任", "vice-chair": "副主任"}
OFFICES = tuple(role for role in Role if Need.KEEP_SEAL in GRANTED[role])


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody who may keep a seal: the account that signs in, and name with role."""

    account: UUID
    said: str


@dataclass(frozen=True, slots=True)
class Excluded:
    """Somebody who may not keep a seal, with the reason and its source."""

    account: UUID
    said: str


def keepers(session: Session, estate: UUID, *, now: datetime) -> tuple[Keeper, ...]:
    """Return who may keep a seal of an estate, members first; raises `NotFound`."""
    barred = {one.account for one in excluded(session, estate, now=now)}
    members = [
        Keeper(member.account_id, f"{member.name}（业委会委员）")
        for member in members_in_office(session, estate)
        if member.account_id is not None and member.suspended_on is None
    ]
    named = {one.account for one in members}
    others = [one for one in _officers(session, estate) if one.account not in named]
    return tuple(one for one in (*members, *others) if one.account not in barred)


def excluded(session: Session, estate: UUID, *, now: datetime) -> tuple[Excluded, ...]:
    """Return the chair and the vice-chairs where the rules bar them; raises `NotFound`.

    Law: taizhou art. 24 -- the keeper is neither chair nor vice-chair.
    """
    rules = rules_for(session, estate, now=now)
    if not (rules.has(RULE) and rules.flag(RULE)):
        return ()
    law = Citation.shortly(rules.citations(RULE))
    return tuple(
        Excluded(member.account_id, _barred(member, law))
        for member in members_in_office(session, estate)
        if member.account_id is not None and member.post in LEADS
    )


def everybody(session: Session, estate: UUID, *, now: datetime) -> tuple[Keeper, ...]:
    """Return who may keep a seal and who is barred: a barred one's choice is answered in words."""
    barred = [Keeper(one.account, one.said) for one in excluded(session, estate, now=now)]
    return (*keepers(session, estate, now=now), *barred)


def _barred(member: MemberRecord, law: str) -> str:
    post = LEADS[member.post]
    return f"{member.name}是{post}，不能保管印章：印章由主任、副主任以外的人保管（{law}）。"


def _officers(session: Session, estate: UUID) -> list[Keeper]:
    found = (
        select(AccountRecord, GrantRecord)
        .join(GrantRecord, GrantRecord.account_id == AccountRecord.id)
        .where(
            GrantRecord.node_id.in_(_upward(session, place_of(session, estate).node)),
            GrantRecord.role.in_([role.name for role in OFFICES]),
            AccountRecord.disabled_at.is_(None),
        )
        .order_by(AccountRecord.display_name)
    )
    named: dict[UUID, Keeper] = {}
    for account, grant in session.execute(found):
        said = f"{account.display_name}（{Role[grant.role].value}）"
        named.setdefault(account.id, Keeper(account.id, said))
    return list(named.values())


def _upward(session: Session, node: UUID) -> list[UUID]:
    """Return a node and all above it: a role reaches down from each of them."""
    found: list[UUID] = []
    above: UUID | None = node
    while above is not None and above not in found:
        found.append(above)
        record = session.get(NodeRecord, above)
        above = record.parent_id if record else None
    return found
