"""Staff: accounts, the administrative tree, and who holds which role where."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, delete
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from assemblies.foundation.database import Record, UtcDateTime
from assemblies.foundation.permissions import Role


class NodeRecord(Record):
    """A place in the tree: authority, street, community or estate."""

    __tablename__ = "nodes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("nodes.id"), index=True)


class AccountRecord(Record):
    """A member of staff who signs in with a password (Argon2id)."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    password_hash: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Changes with the password and on sign-out everywhere: older sessions end.
    session_mark: Mapped[str]
    grants: Mapped[list["GrantRecord"]] = relationship(back_populates="account")


class GrantRecord(Record):
    """A role held on a node; it reaches down the tree."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("account_id", "role", "node_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    role: Mapped[str]
    node_id: Mapped[UUID] = mapped_column(ForeignKey("nodes.id"), index=True)
    account: Mapped[AccountRecord] = relationship(back_populates="grants")
    node: Mapped[NodeRecord] = relationship()


OF_OFFICE = (Role.DIRECTOR.name, Role.MEMBER.name, Role.SEAL_KEEPER.name)


def end_office(session: Session, account: UUID, node: UUID) -> None:
    """Take from an account what it could do at an estate as a member of its committee."""
    held = delete(GrantRecord).where(
        GrantRecord.account_id == account,
        GrantRecord.node_id == node,
        GrantRecord.role.in_(OF_OFFICE),
    )
    session.execute(held)


class AttemptRecord(Record):
    """How often one thing was tried within the present window (sign-ins, letters, addresses)."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int]
