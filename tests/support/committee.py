"""A committee in office and a resolution in the register, for the tests of many rooms."""

from datetime import datetime, timedelta
from functools import cache
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Role
from assemblies.records.committees import MemberRecord, TermRecord, committee_of
from assemblies.records.people import AccountRecord
from assemblies.records.places import place_of
from assemblies.records.resolutions import ResolutionRecord
from assemblies.staff import services as staff

NAMES = ("林海生", "周明华", "陈素芬", "赵建国", "孙丽", "吴志强", "郑秀兰")
PASSWORD = "correct-horse-battery"
A_YEAR = timedelta(days=365)


def in_office(
    session: Session, estate: UUID, now: datetime, *, members: int = 5, party: int = 3
) -> tuple[MemberRecord, ...]:
    """Seat a committee that began yesterday: chair, vice-chair, members, each with an account."""
    committee = committee_of(session, estate, now=now)
    began = in_china(now).date() - timedelta(days=1)
    term = TermRecord(
        id=uuid4(),
        committee_id=committee.id,
        number=1,
        seats=members,
        began_on=began,
        ends_on=began + 3 * A_YEAR,
        basis="第一届业主委员会备案表",
    )
    session.add(term)
    session.flush()
    node = place_of(session, estate).node
    posts = ("chair", "vice-chair", *("member",) * members)
    seated = []
    for position, name in enumerate(NAMES[:members]):
        role = Role.DIRECTOR if position == 0 else Role.MEMBER
        account = _account(session, f"m{position}-{uuid4().hex[:6]}", name, now)
        staff.grant(session, account, role, node)
        record = MemberRecord(
            id=uuid4(),
            term_id=term.id,
            account_id=account,
            position=position,
            name=name,
            seat="member",
            post=posts[position],
            room=f"1号楼1单元{position + 1}01",
            party=position < party,
            joined_on=began,
        )
        session.add(record)
        seated.append(record)
    session.flush()
    return tuple(seated)


def _account(session: Session, username: str, name: str, now: datetime) -> UUID:
    """Open an account without hashing the same password again: that is slow on purpose."""
    record = AccountRecord(
        id=uuid4(),
        username=username,
        display_name=name,
        password_hash=_hashed(),
        created_at=now,
        session_mark=uuid4().hex,
    )
    session.add(record)
    session.flush()
    return record.id


@cache
def _hashed() -> str:
    return staff.HASHER.hash(PASSWORD)


def resolved(
    session: Session,
    estate: UUID,
    now: datetime,
    *,
    title: str,
    outcome: str = "passed",
    body: str = "assembly",
    matter: int = 5,
    item_id: UUID | None = None,
) -> ResolutionRecord:
    """Enter a resolution in the register as if it had just been published."""
    record = ResolutionRecord(
        id=uuid4(),
        estate_id=estate,
        body=body,
        item_id=item_id,
        number=f"业决〔{in_china(now).year}〕{uuid4().hex[:6]}号",
        title=title,
        matter=matter,
        outcome=outcome,
        published_at=now,
        challengeable_until=now + A_YEAR,
    )
    session.add(record)
    session.flush()
    return record
