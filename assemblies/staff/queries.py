"""Reads of the staff room: who is signed in, the tree, the workbench."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assemblies.foundation.permissions import Grant, Need, Role, Staff
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.people import AccountRecord, GrantRecord, NodeRecord
from assemblies.records.premises import EstateRecord

KINDS = {"authority": "主管部门", "street": "街道", "community": "社区", "estate": "小区"}


@dataclass(frozen=True, slots=True)
class AssemblyLine:
    """One assembly on the workbench: how far it is and when the next thing is due."""

    id: UUID
    title: str
    phase: str
    opens_at: datetime | None
    closes_at: datetime | None
    objections_until: datetime | None


@dataclass(frozen=True, slots=True)
class EstateLine:
    """One estate on the workbench with its assemblies, newest first."""

    id: UUID
    node: UUID
    name: str
    assemblies: tuple[AssemblyLine, ...]


@dataclass(frozen=True, slots=True)
class NodeLine:
    """A node of the tree for a select box: its path in words."""

    id: UUID
    kind: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in the list of accounts."""

    id: UUID
    username: str
    display_name: str
    grants: tuple[str, ...]
    disabled: bool


def by_cookie(session: Session, cookie: str) -> Staff | None:
    """Return who a session cookie names, unless disabled or signed out everywhere since."""
    account_id, _, mark = cookie.partition("/")
    try:
        known = UUID(account_id)
    except ValueError:
        return None
    account = session.get(AccountRecord, known, options=[selectinload(AccountRecord.grants)])
    if account is None or account.disabled_at is not None or account.session_mark != mark:
        return None
    return staff_of(session, account)


def staff_of(session: Session, account: AccountRecord) -> Staff:
    """Return an account as the value that the permission table works with."""
    below = children(session)
    grants = tuple(
        Grant(Role[grant.role], grant.node_id, reach(below, grant.node_id))
        for grant in account.grants
    )
    return Staff(account.id, account.username, account.display_name, account.session_mark, grants)


def children(session: Session) -> dict[UUID | None, list[UUID]]:
    """Return the tree: node -> nodes right below it."""
    below: dict[UUID | None, list[UUID]] = {}
    for node, parent in session.execute(select(NodeRecord.id, NodeRecord.parent_id)):
        below.setdefault(parent, []).append(node)
    return below


def reach(below: Mapping[UUID | None, Iterable[UUID]], node: UUID) -> frozenset[UUID]:
    """Return a node and everything below it."""
    found = {node}
    waiting = [node]
    while waiting:
        fresh = [child for child in below.get(waiting.pop(), ()) if child not in found]
        found.update(fresh)
        waiting.extend(fresh)
    return frozenset(found)


def nodes(session: Session, within: frozenset[UUID]) -> tuple[NodeLine, ...]:
    """Return the nodes within reach, each with its path in words, in the tree's order."""
    records = {node.id: node for node in session.execute(select(NodeRecord)).scalars()}

    def path(node: NodeRecord) -> str:
        above = records.get(node.parent_id) if node.parent_id else None
        return f"{path(above)} / {node.name}" if above else node.name

    lines = [
        NodeLine(node.id, KINDS[node.kind], node.name, path(node))
        for node in records.values()
        if node.id in within
    ]
    return tuple(sorted(lines, key=lambda line: line.path))


def accounts(session: Session, within: frozenset[UUID]) -> tuple[AccountLine, ...]:
    """Return the accounts that hold a role within reach, or none at all."""
    found = session.execute(
        select(AccountRecord)
        .options(selectinload(AccountRecord.grants).joinedload(GrantRecord.node))
        .order_by(AccountRecord.username)
    ).scalars()
    return tuple(
        AccountLine(
            account.id,
            account.username,
            account.display_name,
            tuple(f"{Role[grant.role].value}（{grant.node.name}）" for grant in account.grants),
            account.disabled_at is not None,
        )
        for account in found
        if not account.grants or any(grant.node_id in within for grant in account.grants)
    )


def workbench(session: Session, person: Staff) -> tuple[EstateLine, ...]:
    """Return the estates within a person's reach, with the assemblies the person may see."""
    seen, meetings = person.nodes(Need.SEE_ESTATE), person.nodes(Need.SEE_ASSEMBLY)
    estates = session.execute(
        select(EstateRecord).where(EstateRecord.node_id.in_(seen)).order_by(EstateRecord.name)
    ).scalars()
    held: dict[UUID, list[AssemblyLine]] = {}
    newest = select(AssemblyRecord).order_by(AssemblyRecord.number.desc())
    for record in session.execute(newest).scalars():
        held.setdefault(record.estate_id, []).append(
            AssemblyLine(
                record.id,
                record.title,
                record.phase,
                record.opens_at,
                record.closes_at,
                record.objections_until,
            )
        )
    return tuple(
        EstateLine(
            estate.id,
            estate.node_id,
            estate.name,
            tuple(held.get(estate.id, ())) if estate.node_id in meetings else (),
        )
        for estate in estates
    )
