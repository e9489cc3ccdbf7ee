"""The papers of a committee's affairs as its people download them: through the pages themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.cli.demo_staff import Team
from assemblies.records.filings import FilingRecord
from assemblies.records.meetings import MeetingRecord
from assemblies.records.oversight import OrderRecord, ReportRecord
from assemblies.records.people import NodeRecord
from assemblies.records.repairs import InstructionRecord, RepairRecord


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be written: its name, what it is, and the page that hands it out."""

    name: str
    words: str
    path: str


def downloads(session: Session, team: Team, month: str) -> tuple[Download, ...]:
    """Return every paper and export of an estate's affairs, and the street's table of a month."""
    estate = f"/estates/{team.estate}"
    return (
        *_repair(session, estate),
        *_committee(session, estate),
        Download("seal-register.pdf", "印章使用登记表", f"{estate}/seals/register.pdf"),
        Download("seal-register.xlsx", "印章使用登记表", f"{estate}/seals/register.xlsx"),
        Download("seal-log.zip", "印章使用日志，可核验", f"{estate}/seals/log.zip"),
        Download("resolutions.pdf", "决议台账", f"{estate}/resolutions/register.pdf"),
        Download("resolutions.xlsx", "决议台账", f"{estate}/resolutions/register.xlsx"),
        Download("fund-statement.pdf", "维修资金收支公示", f"{estate}/fund/publish/fund/draft.pdf"),
        Download("fund-balances.xlsx", "维修资金分户余额", f"{estate}/fund/export.xlsx"),
        Download("duties.ics", "待办事项日历", f"{estate}/duties/calendar.ics"),
        Download("record.pdf", "监督纪实", f"{estate}/supervision/record.pdf"),
        Download("record.zip", "监督纪实，可核验", f"{estate}/supervision/record.zip"),
        *_oversight(session, estate, month),
    )


def _repair(session: Session, estate: str) -> Iterator[Download]:
    repair = session.execute(select(RepairRecord.id)).scalars().one()
    told = select(InstructionRecord.id).order_by(InstructionRecord.given_at).limit(1)
    base = f"{estate}/repairs/{repair}/papers"
    yield Download("application.pdf", "维修资金申请材料", f"{base}/application.pdf")
    yield Download("repair-plan.pdf", "维修方案公示", f"{base}/plan.pdf")
    yield Download("share-list.pdf", "分摊清册", f"{base}/shares.pdf")
    yield Download("share-list.xlsx", "分摊清册", f"{base}/shares.xlsx")
    yield Download("settlement.pdf", "结算公示", f"{base}/settlement.pdf")
    instruction = session.execute(told).scalar_one()
    yield Download("instruction.pdf", "划款通知", f"{base}/instructions/{instruction}.pdf")


def _committee(session: Session, estate: str) -> Iterator[Download]:
    filing, meeting = _newest(session, FilingRecord.id), _newest(session, MeetingRecord.id)
    committee = f"{estate}/committee"
    yield Download("filing.pdf", "业委会备案材料", f"{committee}/filings/{filing}/package.pdf")
    yield Download("joint-review.pdf", "联审意见表", f"{committee}/filings/{filing}/reviews.pdf")
    minutes = f"{estate}/meetings/{meeting}"
    yield Download("committee-notice.pdf", "业委会会议通知", f"{minutes}/notice.pdf")
    yield Download("minutes.pdf", "业委会会议纪要", f"{minutes}/minutes.pdf")


def _oversight(session: Session, estate: str, month: str) -> Iterator[Download]:
    report, order = _newest(session, ReportRecord.id), _newest(session, OrderRecord.id)
    supervision = f"{estate}/supervision"
    yield Download("report.pdf", "业委会定期报告", f"{supervision}/reports/{report}.pdf")
    yield Download("order.pdf", "责令限期改正通知书", f"{supervision}/orders/{order}.pdf")
    street = session.execute(select(NodeRecord.id).where(NodeRecord.kind == "street")).scalar_one()
    table = f"/console/months/{street}/{month}"
    yield Download("monthly-table.pdf", "月报表", f"{table}/table.pdf")
    yield Download("monthly-table.xlsx", "月报表", f"{table}/table.xlsx")


def _newest(session: Session, column: object) -> UUID:
    found: UUID = session.execute(select(column)).scalars().all()[-1]  # type: ignore[call-overload]
    return found


def fetch(app: Flask, team: Team, wanted: tuple[Download, ...]) -> Iterator[tuple[Download, bytes]]:
    """Download as the street and, where the street has no business, as the committee's chair."""
    for one in wanted:
        username = "director" if "/fund/publish/" in one.path else "street"
        with app.test_client() as client:
            sign_in = next(who for who in team.sign_ins if who.post.username == username)
            form = {"username": username, "password": sign_in.password}
            client.post("/staff/sign-in", data=form)
            answer = client.get(one.path)
            if answer.status_code != 200:  # noqa: PLR2004 -- HTTP's own number
                raise RuntimeError(f"{one.path}: {answer.status}")
            yield one, answer.data
