"""The administrative tree and the estates that stand in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotFound
from assemblies.records.people import NodeRecord
from assemblies.records.premises import EstateRecord

AUTHORITY, STREET, COMMUNITY, ESTATE = "authority", "street", "community", "estate"
OFFICES = (AUTHORITY, STREET, COMMUNITY)


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree."""

    id: UUID
    kind: str
    name: str
    parent: UUID | None


@dataclass(frozen=True, slots=True)
class Estate:
    """An estate, the community and the street it belongs to ("" and None where there is none)."""

    id: UUID
    node: UUID
    name: str
    pack: str
    created_at: datetime
    community: str
    street: UUID | None


@dataclass(frozen=True, slots=True)
class Tree:
    """All nodes by their id."""

    nodes: Mapping[UUID, Node]

    def office(self, node: UUID) -> Node:
        """Return an office (authority, street or community); raises `NotFound`."""
        found = self.nodes.get(node)
        if found is None or found.kind not in OFFICES:
            raise NotFound
        return found

    def upwards(self, node: UUID) -> Iterator[Node]:
        """Yield a node and every node above it."""
        here = self.nodes.get(node)
        while here is not None:
            yield here
            here = self.nodes.get(here.parent) if here.parent else None

    def above(self, node: UUID, kind: str) -> Node | None:
        """Return the node itself or the nearest above it of a kind."""
        return next((one for one in self.upwards(node) if one.kind == kind), None)

    def below(self, node: UUID) -> frozenset[UUID]:
        """Return a node and everything below it."""
        return frozenset(
            one for one in self.nodes if any(upper.id == node for upper in self.upwards(one))
        )

    def path(self, node: UUID) -> str:
        """Return a node's place in words, from the top."""
        return " / ".join(reversed([one.name for one in self.upwards(node)]))

    def of_kind(self, kind: str, within: frozenset[UUID]) -> tuple[Node, ...]:
        """Return the nodes of a kind within a reach, by name."""
        found = [one for one in self.nodes.values() if one.kind == kind and one.id in within]
        return tuple(sorted(found, key=lambda one: one.name))


def tree(session: Session) -> Tree:
    """Return the whole tree in one statement."""
    rows = session.execute(
        select(NodeRecord.id, NodeRecord.kind, NodeRecord.name, NodeRecord.parent_id)
    )
    return Tree({row.id: Node(row.id, row.kind, row.name, row.parent_id) for row in rows})


def estates(session: Session, grown: Tree, within: frozenset[UUID]) -> tuple[Estate, ...]:
    """Return the estates whose nodes lie within a reach, by name."""
    rows = session.execute(
        select(
            EstateRecord.id,
            EstateRecord.node_id,
            EstateRecord.name,
            EstateRecord.pack,
            EstateRecord.created_at,
        )
        .where(EstateRecord.node_id.in_(_standing(grown, within)))
        .order_by(EstateRecord.name)
    )
    return tuple(_estate(grown, row) for row in rows)


def _standing(grown: Tree, within: frozenset[UUID]) -> list[UUID]:
    return [one for one in within if one in grown.nodes and grown.nodes[one].kind == ESTATE]


def _estate(grown: Tree, row: Any) -> Estate:
    community, street = grown.above(row.node_id, COMMUNITY), grown.above(row.node_id, STREET)
    return Estate(
        row.id,
        row.node_id,
        row.name,
        row.pack,
        row.created_at,
        "" if community is None else community.name,
        None if street is None else street.id,
    )
