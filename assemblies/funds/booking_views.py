"""Booking by hand: deposits, refunds, interest, common income, transfers and corrections."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask import url_for as to
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from assemblies.foundation import web
from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.web import needs, reading
from assemblies.funds.access import actor, granted
from assemblies.funds.forms import CorrectForm, IncomeForm, InterestForm, SpreadForm, TransferForm
from assemblies.funds.queries import bases, entries, pots
from assemblies.funds.queries.known import ASSEMBLY, KINDS, PostingRecord, register
from assemblies.funds.services import booking, transfers
from assemblies.funds.services.booking import IncomeDraft
from assemblies.funds.services.spreading import Spread, by_balance, spread
from assemblies.funds.services.transfers import TransferDraft

bp = Blueprint("booking", __name__)
TITLES = {
    "deposit": ("记交存", "业主把钱交到专户以后，在这里按户记账。"),
    "refund": ("记退回转入", "施工单位退回的钱、旧设备的残值等回到专户，按户记回。"),
    "release": ("记退还业主", "房屋灭失、多交等原因从专户退给业主的钱。"),
}


@bp.route("/book/<kind>", methods=["GET", "POST"])
@needs(Need.KEEP_FUND)
def homes(estate: UUID, kind: str) -> ResponseReturnValue:
    """Book an amount over homes: first shown as it would be, then booked as it was shown."""
    place, person = granted(estate, Need.KEEP_FUND)
    if kind not in TITLES:
        raise NotFound
    form, looked = SpreadForm(), list[Spread]()
    with reading() as session:
        form.offer(register(session, estate).buildings)

    def carry(session: Session) -> None:
        found = spread(session, estate, form.wanted())
        looked.append(found)
        if form.seen.data == found.mark:
            voucher = form.voucher(session, estate, actor(person).by, now=web.now())
            booking.book_homes(session, estate, kind, found, voucher, actor(person), now=web.now())

    if form.sent_and_valid() and form.carry_out(carry) and form.seen.data == looked[0].mark:
        flash(f"已入账：{KINDS[kind].words}，{len(looked[0].lines)} 户。", "ok")
        return redirect(to("funds.ledger", estate=estate))
    title, lead = TITLES[kind]
    page = render_template(
        "funds/book_homes.html", place=place, form=form, title=title, lead=lead,
        looked=looked[0] if looked and not form.refused else None,
    )  # fmt: skip
    return page, form.status


@bp.route("/interest", methods=["GET", "POST"])
@needs(Need.KEEP_FUND)
def interest(estate: UUID) -> ResponseReturnValue:
    """Book a year's interest, divided by balance: first shown, then booked as it was shown."""
    place, person = granted(estate, Need.KEEP_FUND)
    form, looked = InterestForm(data={"year": in_china(web.now()).year - 1}), list[Spread]()

    def carry(session: Session) -> None:
        found = by_balance(session, estate, form.amount.data or 0)
        looked.append(found)
        if form.seen.data == found.mark:
            voucher = form.voucher(session, estate, actor(person).by, now=web.now())
            booking.book_homes(
                session, estate, "interest", found, voucher, actor(person), now=web.now()
            )

    if form.sent_and_valid() and form.carry_out(carry) and form.seen.data == looked[0].mark:
        flash(f"{form.words()}，已入账。", "ok")
        return redirect(to("funds.ledger", estate=estate))
    shown = looked[0] if looked and not form.refused else None
    return render_template("funds/interest.html", place=place, form=form, looked=shown), form.status


@bp.route("/income/book", methods=["GET", "POST"])
@needs(Need.KEEP_FUND)
def income(estate: UUID) -> ResponseReturnValue:
    """Book a movement of the common income."""
    place, person = granted(estate, Need.KEEP_FUND)
    form = IncomeForm()
    with reading() as session:
        form.offer(bases.bases(session, estate))

    def carry(session: Session) -> None:
        voucher = form.voucher(session, estate, actor(person).by, now=web.now())
        resolution = UUID(form.resolution.data) if form.resolution.data else None
        draft = IncomeDraft(form.kind.data, form.amount.data or 0, voucher, resolution)
        booking.book_income(session, estate, draft, actor(person), now=web.now())

    if form.sent_and_valid() and form.carry_out(carry):
        flash("已记入公共收益。", "ok")
        return redirect(to("funds.ledger", estate=estate, account="income"))
    return render_template("funds/income.html", place=place, form=form), form.status


@bp.route("/transfer", methods=["GET", "POST"])
@needs(Need.KEEP_FUND)
def transfer(estate: UUID) -> ResponseReturnValue:
    """Move common income into the fund: first shown by home, then booked as it was shown."""
    place, person = granted(estate, Need.KEEP_FUND)
    form, looked = TransferForm(), list[Spread]()
    with reading() as session:
        found = bases.bases(session, estate, matters=transfers.MATTERS, body=ASSEMBLY)
        form.offer(found, register(session, estate).buildings)
        held = pots.pots(session, estate, now=web.now())

    def carry(session: Session) -> None:
        found = spread(session, estate, form.wanted())
        looked.append(found)
        if form.seen.data == found.mark:
            paper = form.paper(session, estate, actor(person).by, now=web.now())
            resolution, note = UUID(form.resolution.data), form.note.data or ""
            draft = TransferDraft(found, resolution, note, paper)
            transfers.transfer(session, estate, draft, actor(person), now=web.now())

    if form.sent_and_valid() and form.carry_out(carry) and form.seen.data == looked[0].mark:
        flash("已划转：公共收益和维修资金各记了一笔。", "ok")
        return redirect(to("funds.ledger", estate=estate))
    shown = looked[0] if looked and not form.refused else None
    page = render_template("funds/transfer.html", place=place, form=form, looked=shown, pots=held)
    return page, form.status


@bp.route("/postings/<uuid:posting>/correct", methods=["GET", "POST"])
@needs(Need.KEEP_FUND)
def correct(estate: UUID, posting: UUID) -> ResponseReturnValue:
    """Undo a posting by its opposite."""
    place, person = granted(estate, Need.KEEP_FUND)
    with reading() as session:
        entry = entries.entry(session, estate, posting)
    form, made = CorrectForm(), list[PostingRecord]()
    if form.sent_and_valid() and form.carry_out(
        lambda session: made.append(
            booking.undo(
                session, estate, posting, form.reason.data or "", actor(person), now=web.now()
            )
        )
    ):
        flash(f"已冲正：记为第 {made[0].number} 号。", "ok")
        return redirect(to("funds.posting", estate=estate, posting=made[0].id))
    return render_template("funds/correct.html", place=place, form=form, entry=entry), form.status
