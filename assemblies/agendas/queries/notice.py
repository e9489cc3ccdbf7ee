"""The notice: what is decided, when, by which rules; its canonical form is what the log hashes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.agendas.queries.assemblies import AssemblyView, items_of
from assemblies.agendas.queries.house import RuleLine, house_lines
from assemblies.agendas.queries.needs import Needs, needs_of
from assemblies.agendas.queries.register import register
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.wording import area_text, money_text
from assemblies.records.assemblies import DocumentRecord
from assemblies.records.details import FundPlan, Hiring, details_of, facts
from assemblies.records.people import AccountRecord, GrantRecord
from voting import canonical
from voting.agenda import Item, ItemKind
from voting.canonical import JSON, Fields, Plain, time_text
from voting.law.majorities import Count
from voting.law.rules import Rules

FORMAT, VERSION = "zhongjue-notice", 1
DOCUMENT = "notice.json"


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything the notice says; `needs` and `items` stand in the same order."""

    assembly: UUID
    number: int
    title: str
    estate: str
    address: str
    convener: str
    contact: str
    place: str
    tellers: tuple[str, ...]
    scrutineers: tuple[str, ...]
    posted: datetime
    opens: datetime
    closes: datetime
    items: tuple[Item, ...]
    needs: tuple[Needs, ...]
    lines: tuple[RuleLine, ...]
    rules: Rules

    def encode(self) -> bytes:
        """Return notice.json, canonical."""
        return canonical.encode(
            {
                "address": self.address,
                "assembly": str(self.assembly),
                "closes": time_text(self.closes),
                "contact": self.contact,
                "convener": self.convener,
                "estate": self.estate,
                "format": FORMAT,
                "items": [item.plain() for item in self.items],
                "needs": [_needs_plain(needs) for needs in self.needs],
                "number": self.number,
                "opens": time_text(self.opens),
                "place": self.place,
                "posted": time_text(self.posted),
                "rules": self.rules.to_json(),
                "scrutineers": list(self.scrutineers),
                "tellers": list(self.tellers),
                "title": self.title,
                "v": VERSION,
                "words": [line.plain() for line in self.lines],
            }
        )

    @staticmethod
    def decode(data: bytes) -> "Notice":
        """Read notice.json; raises `NotCanonical` or `Malformed`."""
        fields = Fields(canonical.decode(data), "notice")
        fields.exactly("format", FORMAT)
        fields.exactly("v", VERSION)
        notice = Notice(
            assembly=fields.uuid("assembly"),
            number=fields.integer("number", at_least=1),
            title=fields.text("title"),
            estate=fields.text("estate"),
            address=fields.text("address"),
            convener=fields.text("convener"),
            contact=fields.text("contact"),
            place=fields.text("place"),
            tellers=tuple(str(name) for name in fields.list("tellers")),
            scrutineers=tuple(str(name) for name in fields.list("scrutineers")),
            posted=fields.time("posted"),
            opens=fields.time("opens"),
            closes=fields.time("closes"),
            items=tuple(Item.read(item) for item in fields.list("items")),
            needs=tuple(_needs_read(needs) for needs in fields.list("needs")),
            lines=tuple(RuleLine.read(line) for line in fields.list("words")),
            rules=Rules.from_json(fields.object("rules")),
        )
        fields.done()
        return notice


def notice_of(session: Session, view: AssemblyView, posted: datetime) -> Notice:
    """Write the notice as it would be posted at a moment; raises `RuleNotRecorded`, `NotFound`."""
    if view.opens_at is None or view.closes_at is None:
        raise NotFound("日期还没有安排好，公告还写不出来。")
    rules, parts = view.rules(posted), register(session, view.estate)
    items = items_of(session, view.id)
    return Notice(
        assembly=view.id,
        number=view.number,
        title=view.title,
        estate=view.estate_name,
        address=view.address,
        convener=view.convener_name,
        contact=view.contact,
        place=view.place,
        tellers=_names(session, view.node, "TELLER"),
        scrutineers=_names(session, view.node, "SCRUTINEER"),
        posted=posted,
        opens=view.opens_at,
        closes=view.closes_at,
        items=items,
        needs=tuple(needs_of(item, rules, parts) for item in items),
        lines=house_lines(rules),
        rules=rules,
    )


def posted_notice(session: Session, assembly: UUID) -> Notice:
    """Return the notice as it was posted, word for word; raises `NotFound` before."""
    document = session.get(DocumentRecord, (assembly, DOCUMENT))
    if document is None:
        raise NotFound("公告还没有张贴。")
    return Notice.decode(document.content)


def _names(session: Session, node: UUID, role: str) -> tuple[str, ...]:
    found = (
        select(AccountRecord.display_name)
        .join(GrantRecord, GrantRecord.account_id == AccountRecord.id)
        .where(GrantRecord.node_id == node, GrantRecord.role == role)
        .where(AccountRecord.disabled_at.is_(None))
        .order_by(AccountRecord.display_name)
    )
    return tuple(session.execute(found).scalars())


def _needs_plain(needs: Needs) -> Plain:
    return {
        "agree": needs.agree.to_json(),
        "entitled": needs.entitled.to_json(),
        "quorum": needs.quorum.to_json(),
        "words": needs.words,
    }


def _needs_read(value: JSON) -> Needs:
    fields = Fields(value, "needs")
    needs = Needs(
        words=fields.text("words"),
        entitled=Count.from_json(fields.object("entitled")),
        quorum=Count.from_json(fields.object("quorum")),
        agree=Count.from_json(fields.object("agree")),
    )
    fields.done()
    return needs


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """An item with what it needs and what its matter asks for, as the paper prints it."""

    item: Item
    needs: Needs
    facts: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, ...], ...]
    priced: bool
    shares: tuple[tuple[str, str, str], ...]
    area_zh: str
    budget_zh: str

    @property
    def options_zh(self) -> str:
        """Name the options: what one chooses among."""
        return "候选人" if self.item.kind is ItemKind.ELECTION else "选项"


def notice_items(notice: Notice) -> tuple[NoticeItem, ...]:
    """Return the items of a notice with their details in words."""
    return tuple(
        _notice_item(item, needs) for item, needs in zip(notice.items, notice.needs, strict=True)
    )


def _notice_item(item: Item, needs: Needs) -> NoticeItem:
    details = details_of(item)
    hiring = details if isinstance(details, Hiring) else None
    fund = details if isinstance(details, FundPlan) else None
    return NoticeItem(
        item=item,
        needs=needs,
        facts=facts(item),
        options=tuple(
            (option.label, option.detail, *((hiring.price(option.id),) if hiring else ()))
            for option in item.options
        ),
        priced=hiring is not None,
        shares=tuple(
            (share.label, area_text(share.area), money_text(share.fen))
            for share in (fund.shares if fund else ())
        ),
        area_zh=area_text(fund.area) if fund else "",
        budget_zh=money_text(fund.budget) if fund else "",
    )
