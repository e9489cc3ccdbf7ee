"""Rows 37 and 38: what committees published in time, and whether owners voted by phone."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.console.queries.answers import Computed
from assemblies.console.queries.committee_rows import seated
from assemblies.console.queries.ground import Ground
from assemblies.foundation.clock import in_china
from assemblies.records.assemblies import AssemblyRecord, CredentialRecord
from assemblies.records.committees import CommitteeRecord
from assemblies.records.duties import DutyRecord
from assemblies.records.logs import LogEntryRecord
from assemblies.records.seals import SealListRecord
from voting.ballot import PAPER_ASSURANCE
from voting.law.duties import last_day
from voting.log import kinds

FUND, INCOME, SEALS = (
    "fund_publication_months",
    "income_publication_months",
    "seal_publication_months",
)


def publication_rows(session: Session, ground: Ground) -> dict[int, Computed]:
    """Answer row 37 where a committee is in office, and row 38."""
    found = {38: _electronic(session, ground)}
    held = seated(session, ground)
    if held:
        published = {
            **_by_duty(session, ground),
            **_seal_lists(session, ground),
        }
        open_ = [one.estate for one in held if _all_in_time(ground, one.estate, published)]
        shut = [one.estate for one in held if one.estate not in open_]
        said = (
            f"在任业委会 {len(held)} 个，维修资金收支、公共收益、用印清单"
            "三项都在规定间隔内公布的计入。"
        )
        found[37] = Computed((len(open_),), said, ground.names(open_), ground.names(shut))
    return found


def _all_in_time(
    ground: Ground, estate: UUID, published: Mapping[tuple[UUID, str], datetime]
) -> bool:
    """Say whether each of the three was published so lately that the next is not due yet."""
    return all(
        (estate, name) in published
        and _reaches(ground, estate, name, in_china(published[estate, name]).date())
        for name in (FUND, INCOME, SEALS)
    )


def _reaches(ground: Ground, estate: UUID, name: str, on: date) -> bool:
    rules = ground.rules(estate)
    return last_day(on, rules.number(name), rules.parameter(name).unit) >= ground.today


def _by_duty(session: Session, ground: Ground) -> dict[tuple[UUID, str], datetime]:
    """Return when the fund's and the income's accounts were last published."""
    rows = session.execute(
        select(DutyRecord.estate_id, DutyRecord.name, func.max(DutyRecord.done_at))
        .where(
            DutyRecord.estate_id.in_(ground.ids),
            DutyRecord.name.in_([FUND, INCOME]),
            DutyRecord.done_at <= ground.as_of,
        )
        .group_by(DutyRecord.estate_id, DutyRecord.name)
    )
    return {(estate, name): at for estate, name, at in rows if at is not None}


def _seal_lists(session: Session, ground: Ground) -> dict[tuple[UUID, str], datetime]:
    rows = session.execute(
        select(CommitteeRecord.estate_id, func.max(SealListRecord.published_at))
        .join(CommitteeRecord, SealListRecord.committee_id == CommitteeRecord.id)
        .where(
            CommitteeRecord.estate_id.in_(ground.ids),
            SealListRecord.published_at <= ground.as_of,
        )
        .group_by(CommitteeRecord.estate_id)
    )
    return {(estate, SEALS): at for estate, at in rows}


def _electronic(session: Session, ground: Ground) -> Computed:
    """Say whether owners' ballots by phone led to a published result."""
    by_phone = (
        select(LogEntryRecord.index)
        .join(CredentialRecord, CredentialRecord.voter_id == LogEntryRecord.subject)
        .where(
            LogEntryRecord.log_id == AssemblyRecord.log_id,
            LogEntryRecord.kind == kinds.BALLOT,
            CredentialRecord.assembly_id == AssemblyRecord.id,
            CredentialRecord.assurance.not_like(f"{PAPER_ASSURANCE}%"),
        )
        .exists()
    )
    rows = session.execute(
        select(AssemblyRecord.estate_id).where(
            AssemblyRecord.estate_id.in_(ground.ids),
            AssemblyRecord.published_at <= ground.as_of,
            by_phone,
        )
    )
    held = [row.estate_id for row in rows]
    said = f"已在平台完成电子表决并公布结果的业主大会会议 {len(held)} 次。"
    return Computed((int(bool(held)),), said, ground.names(held))
