"""Verbs of the staff room: sign in, open and close accounts, grant roles, grow the tree."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.permissions import Role, Staff
from assemblies.foundation.refusals import Incomplete, NotFound
from assemblies.records.attempts import forget, hit
from assemblies.records.people import AccountRecord, GrantRecord, NodeRecord
from assemblies.staff import queries

# OWASP's second setting (19 MiB, two passes): about 30 ms, so that two cores carry a busy morning.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODYS_HASH = HASHER.hash(secrets.token_hex(16))
WINDOW = timedelta(minutes=15)
PER_ACCOUNT, PER_ADDRESS = 8, 40
PASSWORD_LEAST = 10


def sign_in(
    session: Session, username: str, password: str, address: str, *, now: datetime
) -> Staff | str:
    """Return who signed in, or the Chinese sentence that says why not.

    A refusal is an answer and not an exception, so that the attempt it counted is kept.
    """
    within = hit(session, f"staff:{username}", limit=PER_ACCOUNT, window=WINDOW, now=now)
    if not hit(session, f"address:{address}", limit=PER_ADDRESS, window=WINDOW, now=now):
        within = False
    if not within:
        return "尝试次数过多，请十五分钟后再试。"
    account = session.execute(
        select(AccountRecord).where(AccountRecord.username == username)
    ).scalar_one_or_none()
    good = _matches(account.password_hash if account else NOBODYS_HASH, password)
    if account is None or not good or account.disabled_at is not None:
        return "账号或密码不对，请检查后重新输入。"
    forget(session, f"staff:{username}")
    return queries.staff_of(session, account)


def _matches(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def add_node(session: Session, kind: str, name: str, parent: UUID | None) -> UUID:
    """Add a place to the administrative tree and return its id."""
    node = NodeRecord(id=uuid4(), kind=kind, name=name, parent_id=parent)
    session.add(node)
    session.flush()
    return node.id


def open_account(
    session: Session, username: str, display_name: str, password: str, *, now: datetime
) -> UUID:
    """Open an account; raises `Incomplete` for a taken name or a short password."""
    _require_long(password)
    taken = select(AccountRecord.id).where(AccountRecord.username == username)
    if session.execute(taken).first():
        raise Incomplete(f"账号名“{username}”已经有人使用，请换一个。")
    account = AccountRecord(
        id=uuid4(),
        username=username,
        display_name=display_name,
        password_hash=HASHER.hash(password),
        created_at=now,
        session_mark=secrets.token_hex(8),
    )
    session.add(account)
    session.flush()
    return account.id


def grant(session: Session, account: UUID, role: Role, node: UUID) -> None:
    """Give an account a role on a node; giving it twice changes nothing."""
    held = select(GrantRecord).where(
        GrantRecord.account_id == account,
        GrantRecord.role == role.name,
        GrantRecord.node_id == node,
    )
    if session.execute(held).first() is None:
        session.add(GrantRecord(id=uuid4(), account_id=account, role=role.name, node_id=node))
        session.flush()


def set_password(session: Session, account: UUID, password: str) -> None:
    """Set a new password and end every session of the account."""
    _require_long(password)
    record = _account(session, account)
    record.password_hash = HASHER.hash(password)
    record.session_mark = secrets.token_hex(8)


def disable(session: Session, account: UUID, *, now: datetime) -> None:
    """Close an account; its sessions end at once, its past deeds stay."""
    record = _account(session, account)
    record.disabled_at = now
    record.session_mark = secrets.token_hex(8)


def new_password() -> str:
    """Make a password a person can type: four groups of four signs that look unlike each other."""
    signs = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(signs) for _ in range(4)) for _ in range(4))


def _account(session: Session, account: UUID) -> AccountRecord:
    record = session.get(AccountRecord, account)
    if record is None:
        raise NotFound
    return record


def _require_long(password: str) -> None:
    if len(password) < PASSWORD_LEAST:
        raise Incomplete(f"密码至少 {PASSWORD_LEAST} 位。")
