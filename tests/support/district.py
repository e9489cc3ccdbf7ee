"""A district for the tests of the console: streets, communities, estates, each with a committee."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.foundation.clock import CHINA
from assemblies.foundation.permissions import Role, Staff
from assemblies.records.assemblies import AssemblyRecord, TurnoutRecord, VoterRecord
from assemblies.records.committees import CommitteeRecord, MemberRecord, TermRecord
from assemblies.records.duties import DutyRecord
from assemblies.records.filings import FilingRecord
from assemblies.records.oversight import InquiryRecord, OrderRecord
from assemblies.records.people import AccountRecord, NodeRecord
from assemblies.records.premises import EstateRecord
from assemblies.staff import services as staff
from assemblies.staff.queries import staff_of


@dataclass(frozen=True, slots=True)
class District:
    """An authority with streets; each street has communities, each community estates.

    `account` is somebody who acts where it does not matter who does.
    """

    authority: UUID
    streets: tuple[UUID, ...]
    communities: tuple[UUID, ...]
    estates: tuple[UUID, ...]
    account: UUID


def district(
    session: Session, now: datetime, *, streets: int = 1, communities: int = 1, estates: int = 1
) -> District:
    """Insert a district with so many streets, communities a street and estates a community."""
    top = _node(session, "authority", "示例区物业主管部门", None)
    held: tuple[list[UUID], list[UUID], list[UUID]] = ([], [], [])
    for one in range(streets):
        street = _node(session, "street", f"示例{one + 1}街道", top)
        held[0].append(street)
        for two in range(communities):
            community = _node(session, "community", f"{one + 1}街{two + 1}社区", street)
            held[1].append(community)
            for three in range(estates):
                name = f"{one + 1}街{two + 1}社区第{three + 1}小区"
                held[2].append(_estate(session, name, community, now))
    account = AccountRecord(
        id=uuid4(),
        username=f"clerk-{uuid4().hex[:8]}",
        display_name="王办事员",
        password_hash="",
        created_at=now,
        session_mark="",
    )
    session.add(account)
    session.flush()
    return District(top, tuple(held[0]), tuple(held[1]), tuple(held[2]), account.id)


def officer(session: Session, role: Role, node: UUID, now: datetime) -> Staff:
    """Return a signed-in member of staff with a role on a node."""
    name = f"{role.name.lower()}-{uuid4().hex[:6]}"
    account = staff.open_account(session, name, f"{role.value}王", "correct-horse-battery", now=now)
    staff.grant(session, account, role, node)
    session.expire_all()
    return staff_of(session, session.get_one(AccountRecord, account))


def committee(
    session: Session,
    estate: UUID,
    began: date,
    *,
    party: int = 3,
    members: int = 5,
    number: int = 1,
    ends: date | None = None,
) -> TermRecord:
    """Seat a committee, so many of whose members belong to the party."""
    held = session.query(CommitteeRecord).filter_by(estate_id=estate).one_or_none()
    if held is None:
        held = CommitteeRecord(
            id=uuid4(), estate_id=estate, name="业主委员会", founded_at=_moment(began)
        )
        session.add(held)
        session.flush()
    term = TermRecord(
        id=uuid4(),
        committee_id=held.id,
        number=number,
        seats=members,
        began_on=began,
        ends_on=ends or began + timedelta(days=1095),
    )
    session.add(term)
    session.flush()
    session.add_all(
        MemberRecord(
            id=uuid4(),
            term_id=term.id,
            position=place,
            name=f"委员{place + 1}",
            seat="member",
            party=place < party,
            joined_on=began,
        )
        for place in range(members)
    )
    session.flush()
    return term


def filed(session: Session, term: TermRecord, at: datetime, state: str = "certified") -> None:
    """File a term with the office."""
    session.add(
        FilingRecord(
            id=uuid4(), term_id=term.id, kind="new", state=state, begun_at=at, decided_at=at
        )
    )
    session.flush()


def duty(session: Session, estate: UUID, due_on: date | None, title: str = "备案") -> DutyRecord:
    """Open a duty with a last day."""
    record = DutyRecord(
        id=uuid4(),
        estate_id=estate,
        source_id=uuid4(),
        name="filing_days",
        title=title,
        about="首届业委会",
        who="committee",
        due_on=due_on,
        opened_at=_moment(due_on or date(2026, 1, 1)) - timedelta(days=30),
        href=f"/estates/{estate}/committee",
    )
    session.add(record)
    session.flush()
    return record


def voting(
    session: Session, estate: UUID, account: UUID, now: datetime, *, voters: int, took_part: int
) -> AssemblyRecord:
    """Open an assembly with so many voters of 100 ㎡ each, of whom some took part."""
    record = AssemblyRecord(
        id=uuid4(),
        estate_id=estate,
        number=1,
        title="2026年第一次业主大会会议",
        convener="committee",
        convener_name="业委会",
        phase="frozen",
        created_at=now,
        created_by=account,
        frozen_at=now - timedelta(days=1),
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=2),
    )
    session.add(record)
    session.flush()
    session.add_all(
        VoterRecord(
            id=uuid4(),
            assembly_id=record.id,
            position=place,
            label=f"1号楼{place + 1}室",
            area_dm2=100_00,
            line=b"x" * 200,
        )
        for place in range(voters)
    )
    session.add(
        TurnoutRecord(
            assembly_id=record.id,
            counted_at=now,
            heads=took_part,
            area_dm2=took_part * 100_00,
            log_size=1,
        )
    )
    session.flush()
    return record


def order(estate: UUID, number: str, *, closed: datetime | None = None) -> OrderRecord:
    """Return an order to correct, issued on 2 March 2026."""
    return OrderRecord(
        id=uuid4(),
        estate_id=estate,
        kind="correct",
        number=number,
        office="示例街道",
        addressee="业委会",
        facts="没有公布",
        clause="条例",
        demand="公布",
        issued_by="王",
        issued_at=datetime(2026, 3, 2, tzinfo=UTC),
        closed_at=closed,
    )


def inquiry(estate: UUID, member: UUID) -> InquiryRecord:
    """Return an inquiry about a member, opened on 3 March 2026."""
    return InquiryRecord(
        id=uuid4(),
        estate_id=estate,
        member_id=member,
        facts="没有到会",
        clause="条例",
        opened_by="王",
        opened_at=datetime(2026, 3, 3, tzinfo=UTC),
    )


def _node(session: Session, kind: str, name: str, parent: UUID | None) -> UUID:
    record = NodeRecord(id=uuid4(), kind=kind, name=name, parent_id=parent)
    session.add(record)
    session.flush()
    return record.id


def _estate(session: Session, name: str, community: UUID, now: datetime) -> UUID:
    node = _node(session, "estate", name, community)
    record = EstateRecord(id=uuid4(), node_id=node, name=name, pack="zaozhuang", created_at=now)
    session.add(record)
    session.flush()
    return record.id


def _moment(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), CHINA)
