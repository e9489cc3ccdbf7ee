"""The share list (分摊清册) of a fund item: divided by area, kept as a paper that voters read."""

import csv
from dataclasses import replace
from io import StringIO
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete
from assemblies.records.assemblies import AttachmentRecord, ItemRecord
from assemblies.records.details import FundPlan, PartShare
from assemblies.records.register import Register
from voting.canonical import sha256_hex
from voting.law.funds import shares
from voting.scope import Scope

NAME, MEDIA_TYPE = "费用分摊清册.csv", "text/csv"
FIRST = 0  # the list stands before the papers that the convener uploads


def divided(plan: FundPlan, scope: Scope, parts: Register) -> FundPlan:
    """Divide a plan's budget among the parts it serves, to the fen; raises `Incomplete`."""
    bearing = parts.within(scope, plan.uses)
    if not bearing:
        raise Incomplete("分摊范围里没有房屋，请检查表决范围和分摊的用途。")
    borne = shares(plan.budget, {part.id: part.area for part in bearing})
    lines = (PartShare(part.id, part.label, part.area, borne[part.id]) for part in bearing)
    return replace(plan, shares=tuple(lines))


def attach_share_list(session: Session, item: ItemRecord, plan: FundPlan) -> None:
    """Keep the share list as the item's first paper, in the place of an older one."""
    older = select(AttachmentRecord).where(
        AttachmentRecord.item_id == item.id, AttachmentRecord.position == FIRST
    )
    for record in session.execute(older).scalars():
        session.delete(record)
    content = share_list(plan)
    session.add(
        AttachmentRecord(
            id=uuid4(),
            item_id=item.id,
            position=FIRST,
            name=NAME,
            media_type=MEDIA_TYPE,
            size=len(content),
            sha256=sha256_hex(content),
            content=content,
        )
    )
    session.flush()
    session.expire(item, ["attachments"])


def share_list(plan: FundPlan) -> bytes:
    """Write the shares as CSV that a spreadsheet opens in Chinese; no names, and a last sum."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(("房屋", "专有部分面积（㎡）", "分摊金额（元）"))
    rows.writerows((_cell(one.label), _plain(one.area), _plain(one.fen)) for one in plan.shares)
    rows.writerow(("合计", _plain(plan.area), _plain(plan.budget)))
    return out.getvalue().encode("utf-8-sig")


def _plain(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _cell(text: str) -> str:
    """Keep a spreadsheet from taking a room's name for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
