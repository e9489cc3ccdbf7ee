"""Papers of supervision: the record, the regular report, orders, the notice of an inquiry."""

from collections.abc import Sequence
from datetime import date, datetime

from assemblies.foundation.printing import printed
from assemblies.foundation.wording import day_text
from assemblies.supervision.queries.figures import money_lines
from assemblies.supervision.queries.inquiries import Inquiry
from assemblies.supervision.queries.orders import Order
from assemblies.supervision.queries.reports import PARTS, Report
from assemblies.supervision.queries.stream import Head, Line
from voting.law.duties import Duty


def record_pdf(
    place: str, period: tuple[date, date], lines: Sequence[Line], head: Head,
    now: datetime,
) -> bytes:  # fmt: skip
    """Return 监督纪实 of a period as PDF/A; raises `MissingGlyph`."""
    return printed(
        "print/supervision_record.html",
        place=place,
        since=day_text(period[0]),
        until=day_text(period[1]),
        lines=lines,
        origin=head.origin,
        size=head.size,
        now=now,
    )


def report_pdf(report: Report, now: datetime) -> bytes:
    """Return 业委会定期报告 as PDF/A, marked as a draft until it is submitted."""
    return printed(
        "print/supervision_report.html",
        report=report,
        parts=PARTS,
        money_lines=money_lines,
        now=now,
    )


def order_pdf(order: Order) -> bytes:
    """Return 责令限期改正通知书 or 撤销决定书 as PDF/A."""
    return printed("print/supervision_order.html", order=order)


def inquiry_notice_pdf(inquiry: Inquiry, term: Duty, now: datetime) -> bytes:
    """Return 委员履职调查告知书 as PDF/A."""
    ends = inquiry.reply_due_on or term.last
    return printed(
        "print/supervision_inquiry.html", inquiry=inquiry, term=term, ends=day_text(ends), now=now
    )


def suspension_pdf(inquiry: Inquiry, _term: Duty, now: datetime) -> bytes:
    """Return 暂停履职公告 as PDF/A: to be posted, so it says what rests and not what is alleged."""
    return printed("print/supervision_suspension.html", inquiry=inquiry, now=now)
