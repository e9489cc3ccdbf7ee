"""Opening, booking, topping up, publishing and authorising: exact, on a basis, and told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, Stale, WrongStep
from assemblies.foundation.uploads import Upload
from assemblies.funds.queries.bases import bases
from assemblies.funds.queries.openings import has_opened
from assemblies.funds.queries.statements import published, statement
from assemblies.funds.services import authorities, booking, opening, publications, transfers
from assemblies.funds.services.authorities import AuthorityDraft
from assemblies.funds.services.booking import IncomeDraft, Voucher
from assemblies.funds.services.opening import Answer
from assemblies.funds.services.publications import Paper
from assemblies.funds.services.spreading import Spread, Wanted, Way, by_balance, spread
from assemblies.funds.services.transfers import TransferDraft
from assemblies.records.authorities import authority_for, standing_room
from assemblies.records.duties import open_duties
from assemblies.records.ledger import (
    Account,
    FirstPaymentRecord,
    Posting,
    PostingRecord,
    account_of,
    balances_of,
    book,
)
from assemblies.records.ledger_audit import audit
from assemblies.records.logs import LogEntryRecord
from assemblies.records.refills import LINE, watch
from assemblies.records.streams import Stream, entries_of
from tests.assemblies.funds.conftest import open_accounts
from tests.support.committee import resolved
from tests.support.fund_sheets import TIDY, TOTAL, tidy, tidy_rows, workbook
from tests.support.registers import HOMES, Registered
from voting.law.funds import shares

VOUCHER = Voucher("记一笔", "银行回单 001")
# Tables of rules that the kind of database has no say in.
ON_ONE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")
ALL_USES = ("dwelling", "shop", "parking", "storage", "other")


def told(session: Session, estate: Registered) -> list[str]:
    """Return the kinds of what the supervision record heard, in order."""
    entries: Sequence[LogEntryRecord] = entries_of(session, estate.estate, Stream.SUPERVISION)
    return [entry.kind for entry in entries][1:]


def balance(session: Session, estate: Registered, account: Account, now: datetime) -> int:
    return account_of(session, estate.estate, account, now=now).balance_fen


@pytest.fixture
def opened(session: Session, estate: Registered, actor: Actor, now: datetime) -> Registered:
    open_accounts(session, estate, actor, now)
    return estate


# --- opening ------------------------------------------------------------------------------------


def test_a_sheet_opens_every_account_to_the_fen(
    session: Session, opened: Registered, now: datetime
) -> None:
    expected = {opened.parts[home]: held for home, (_, held) in TIDY.items()}
    assert balances_of(session, opened.estate) == expected
    assert balance(session, opened, Account.FUND, now) == TOTAL
    first = session.get_one(FirstPaymentRecord, opened.parts["2号楼1单元101"])
    assert first.amount_fen == TIDY["2号楼1单元101"][0]
    assert told(session, opened) == ["fund.opened"]
    assert [one.name for one in open_duties(session, [opened.estate])] == [
        "fund_publication_months"
    ]
    assert audit(session, opened.estate) == ()


def test_accounts_are_opened_once_and_again_after_a_correction(
    session: Session, opened: Registered, actor: Actor, now: datetime
) -> None:
    with pytest.raises(WrongStep):
        opening.lay(session, opened.estate, Upload("x.xlsx", tidy()))
    first = session.query(PostingRecord).one()
    booking.undo(session, opened.estate, first.id, "导错了年份", actor, now=now)
    assert not has_opened(session, opened.estate)
    assert session.query(FirstPaymentRecord).count() == 0
    open_accounts(session, opened, actor, now)
    assert balance(session, opened, Account.FUND, now) == TOTAL
    assert audit(session, opened.estate) == ()


def test_a_sheet_is_applied_whole_confirmed_and_fresh(
    session: Session, estate: Registered, actor: Actor, now: datetime
) -> None:
    sheet = workbook(tidy_rows()[:-1])
    file = opening.take(session, estate.estate, Upload("少一户.xlsx", sheet), actor.by, now=now)
    laid = opening.lay_kept(session, estate.estate, file)
    yes = frozenset(one.id for one in laid.opening.questions)
    with pytest.raises(Incomplete, match="没有打勾"):
        opening.apply(session, laid, file, Answer(laid.version, frozenset()), actor, now=now)
    with pytest.raises(Stale):
        opening.apply(session, laid, file, Answer(laid.version - 1, yes), actor, now=now)
    opening.apply(session, laid, file, Answer(laid.version, yes, "示例中心"), actor, now=now)
    assert len(balances_of(session, estate.estate)) == len(TIDY) - 1
    with pytest.raises(WrongStep):
        opening.give_up(session, estate.estate, file)


# --- exact division -----------------------------------------------------------------------------


@given(st.integers(1, 10**10), st.lists(st.integers(1, 10**9), min_size=1, max_size=40))
def test_interest_is_divided_by_balance_to_the_fen(total: int, held: list[int]) -> None:
    divided = shares(total, dict(enumerate(held)))
    assert sum(divided.values()) == total
    for part, fen in divided.items():
        assert abs(fen - Fraction(total * held[part], sum(held))) < 1


AWKWARD = (1, 7, 99, 1_00, 123_457, 99_999_99)


@ON_ONE
@pytest.mark.parametrize("total", AWKWARD)
def test_awkward_interest_adds_up(
    session: Session, opened: Registered, actor: Actor, total: int, now: datetime
) -> None:
    divided = by_balance(session, opened.estate, total)
    assert divided.total == total
    booking.book_homes(session, opened.estate, "interest", divided, VOUCHER, actor, now=now)
    assert balance(session, opened, Account.FUND, now) == TOTAL + total
    assert audit(session, opened.estate) == ()


SPREADS: dict[str, tuple[Wanted, int]] = {
    "ten yuan a square metre of building 1": (
        Wanted(Way.SQUARE, 10_00, ("1号楼",), ("dwelling",)), 3_740_20,
    ),
    "the same each": (Wanted(Way.EACH, 33_33, (), ("dwelling", "shop")), 7 * 33_33),
    "a total by area": (Wanted(Way.AREA, 100_01, (), ALL_USES), 100_01),
    "a list": (Wanted(Way.LIST, listed="1号楼1单元101 5\n2-1-201\t1,000.50\n\nA01，3"), 1_008_50),
}  # fmt: skip


@ON_ONE
@pytest.mark.parametrize(("wanted", "total"), SPREADS.values(), ids=SPREADS)
def test_an_amount_is_spread_over_homes(
    session: Session, estate: Registered, wanted: Wanted, total: int
) -> None:
    assert spread(session, estate.estate, wanted).total == total


WRONG_LISTS = {
    "a home of nowhere": ("9-9-999 5", "名册里没有"),
    "a home twice": ("1-1-101 5\n1号楼1单元101 6", "出现了两次"),
    "no amount": ("1-1-101 5\n1-1-102 五块", "第 2 行：金额“五块”不是金额"),
    "nothing": (" \n", "请逐户填写"),
}


@ON_ONE
@pytest.mark.parametrize(("text", "said"), WRONG_LISTS.values(), ids=WRONG_LISTS)
def test_a_list_that_cannot_be_read_says_where(
    session: Session, estate: Registered, text: str, said: str
) -> None:
    with pytest.raises(Incomplete, match=said):
        spread(session, estate.estate, Wanted(Way.LIST, listed=text))


# --- booking ------------------------------------------------------------------------------------


def test_money_given_back_to_owners_leaves_the_fund(
    session: Session, opened: Registered, actor: Actor, now: datetime
) -> None:
    part = opened.parts["2号楼1单元101"]
    amounts = Spread({part: 1_00}, {part: "2号楼1单元101"})
    booking.book_homes(session, opened.estate, "release", amounts, VOUCHER, actor, now=now)
    assert balance(session, opened, Account.FUND, now) == TOTAL - 1_00
    assert told(session, opened)[-1] == "fund.booked"


def test_the_first_deposit_of_a_new_home_is_its_first_payment(
    session: Session, estate: Registered, actor: Actor, now: datetime
) -> None:
    part = estate.parts["1号楼1单元101"]
    for fen in (500_00, 20_00):
        amounts = Spread({part: fen}, {part: "1号楼1单元101"})
        booking.book_homes(session, estate.estate, "deposit", amounts, VOUCHER, actor, now=now)
    assert session.get_one(FirstPaymentRecord, part).amount_fen == 500_00


BASES = {
    "a passed decision of the committee carries": ("passed", "committee", "standing", True),
    "a passed resolution carries": ("passed", "assembly", "standing", True),
    "a failed one does not": ("rejected", "assembly", "standing", False),
    "one without a decision does not": ("no_decision", "assembly", "standing", False),
    "a revoked one does not": ("passed", "assembly", "revoked", False),
    "a superseded one does not": ("passed", "committee", "superseded", False),
}


@ON_ONE
@pytest.mark.parametrize("case", BASES.values(), ids=BASES)
def test_common_income_is_spent_on_a_decision(
    session: Session, estate: Registered, actor: Actor, now: datetime,
    case: tuple[str, str, str, bool],
) -> None:  # fmt: skip
    outcome, body, state, carries = case
    income = IncomeDraft("income", 500_00, VOUCHER)
    booking.book_income(session, estate.estate, income, actor, now=now)
    with pytest.raises(Incomplete, match="决议台账"):
        booking.book_income(
            session, estate.estate, IncomeDraft("expense", 1, VOUCHER), actor, now=now
        )
    basis = resolved(session, estate.estate, now, title="更换门禁", outcome=outcome, body=body)
    basis.state = state
    session.flush()
    draft = IncomeDraft("expense", 100_00, VOUCHER, basis.id)
    if carries:
        made = booking.book_income(session, estate.estate, draft, actor, now=now)
        assert basis.number in made.basis
        assert bases(session, estate.estate)[0].id == basis.id
    else:
        with pytest.raises(Incomplete, match="不能作为依据"):
            booking.book_income(session, estate.estate, draft, actor, now=now)
        assert bases(session, estate.estate) == ()
    left = 400_00 if carries else 500_00
    assert balance(session, estate, Account.INCOME, now) == left


def test_the_common_income_begins_once(
    session: Session, estate: Registered, actor: Actor, now: datetime
) -> None:
    begun = IncomeDraft("opening", 500_00, VOUCHER)
    made = booking.book_income(session, estate.estate, begun, actor, now=now)
    with pytest.raises(Incomplete, match="只记一次"):
        booking.book_income(session, estate.estate, begun, actor, now=now)
    booking.undo(session, estate.estate, made.id, "记错", actor, now=now)
    booking.book_income(session, estate.estate, begun, actor, now=now)
    assert balance(session, estate, Account.INCOME, now) == 500_00


def earned(session: Session, estate: Registered, actor: Actor, now: datetime) -> None:
    income = IncomeDraft("income", 20_000_00, VOUCHER)
    booking.book_income(session, estate.estate, income, actor, now=now)


def whole_estate(session: Session, estate: Registered, fen: int) -> Spread:
    return spread(session, estate.estate, Wanted(Way.AREA, fen, (), ALL_USES))


def test_topping_up_takes_from_one_pot_what_it_gives_to_the_other(
    session: Session, opened: Registered, actor: Actor, now: datetime
) -> None:
    earned(session, opened, actor, now)
    basis = resolved(session, opened.estate, now, title="补充维修资金", matter=9)
    amounts = whole_estate(session, opened, 10_000_01)
    draft = TransferDraft(amounts, basis.id)
    made = transfers.transfer(session, opened.estate, draft, actor, now=now)
    assert balance(session, opened, Account.FUND, now) == TOTAL + 10_000_01
    assert balance(session, opened, Account.INCOME, now) == 20_000_00 - 10_000_01
    assert {line.part_id: line.amount_fen for line in made.lines} == amounts.lines
    assert told(session, opened)[-1] == "fund.transferred"
    booking.undo(session, opened.estate, made.id, "决议撤销", actor, now=now)
    assert balance(session, opened, Account.FUND, now) == TOTAL
    assert balance(session, opened, Account.INCOME, now) == 20_000_00
    assert told(session, opened)[-2:] == ["fund.corrected", "fund.corrected"]


NO_BASIS = {
    "the committee's own": (9, "committee", "passed"),
    "another matter": (5, "assembly", "passed"),
    "a motion that failed": (6, "assembly", "rejected"),
}


@ON_ONE
@pytest.mark.parametrize("case", NO_BASIS.values(), ids=NO_BASIS)
def test_topping_up_needs_the_assembly(
    session: Session, opened: Registered, actor: Actor, now: datetime,
    case: tuple[int, str, str],
) -> None:  # fmt: skip
    matter, body, outcome = case
    earned(session, opened, actor, now)
    basis = resolved(
        session, opened.estate, now, title="补充", matter=matter, body=body, outcome=outcome
    )
    draft = TransferDraft(whole_estate(session, opened, 1_00), basis.id)
    with pytest.raises(Incomplete):
        transfers.transfer(session, opened.estate, draft, actor, now=now)


def test_topping_up_more_than_there_is_is_refused(
    session: Session, opened: Registered, actor: Actor, now: datetime
) -> None:
    earned(session, opened, actor, now)
    basis = resolved(session, opened.estate, now, title="补充维修资金", matter=6)
    draft = TransferDraft(whole_estate(session, opened, 20_000_01), basis.id)
    with pytest.raises(WrongStep, match="公共收益余额不足"), session.begin_nested():
        transfers.transfer(session, opened.estate, draft, actor, now=now)
    assert balance(session, opened, Account.FUND, now) == TOTAL


# --- re-funding ---------------------------------------------------------------------------------

# 8,923.00 yuan was paid at first: 2,676.90 is the line.
CROSSINGS = {"one fen above": (1, 0), "exactly on it": (0, 0), "one fen below": (-1, 1)}


@ON_ONE
@pytest.mark.parametrize(("beside", "duties"), CROSSINGS.values(), ids=CROSSINGS)
def test_a_home_below_the_line_opens_one_duty(
    session: Session, opened: Registered, actor: Actor, now: datetime, beside: int, duties: int
) -> None:
    part = opened.parts["1号楼1单元101"]
    drawn = 2_676_90 + beside - TIDY["1号楼1单元101"][1]
    paid = Posting("payment", "电梯大修", "项目 1", actor.by, lines={part: drawn})
    book(session, opened.estate, Account.FUND, paid, now=now)
    watch(session, opened.estate, actor.keys, by=actor.by, now=now)
    found = [one for one in open_duties(session, [opened.estate]) if one.name == LINE]
    assert len(found) == duties
    assert told(session, opened).count("fund.refill") == duties
    if duties:
        assert "0.01 元" in found[0].about
        assert "1号楼1单元101" in found[0].about


def test_each_crossing_is_told_once_and_ends_when_the_money_is_back(
    session: Session, opened: Registered, actor: Actor, now: datetime
) -> None:
    parts = [opened.parts["1号楼1单元101"], opened.parts["1号楼2单元202"]]
    for at, part in enumerate(parts):
        held = balances_of(session, opened.estate)[part]
        paid = Posting("payment", "电梯大修", "项目 1", actor.by, lines={part: -held})
        book(session, opened.estate, Account.FUND, paid, now=now)
        watch(session, opened.estate, actor.keys, by=actor.by, now=now)
        (duty,) = (one for one in open_duties(session, [opened.estate]) if one.name == LINE)
        assert f"，共 {at + 1} 户，达到续筹线还差" in duty.about
    assert told(session, opened).count("fund.refill") == 1
    amounts = spread(session, opened.estate, Wanted(Way.EACH, 9_000_00, ("1号楼",), ("dwelling",)))
    booking.book_homes(session, opened.estate, "deposit", amounts, VOUCHER, actor, now=now)
    assert [one for one in open_duties(session, [opened.estate]) if one.name == LINE] == []
    gone = Posting("payment", "又一次", "项目 2", actor.by, lines={parts[0]: -9_000_00})
    book(session, opened.estate, Account.FUND, gone, now=now)
    watch(session, opened.estate, actor.keys, by=actor.by, now=now)
    assert told(session, opened).count("fund.refill") == 2


# --- publication --------------------------------------------------------------------------------


def paper(session: Session, estate: Registered, account: Account, now: datetime) -> Paper:
    shown = statement(session, estate.estate, account, now=now)
    return Paper(account, shown.since, shown.until, shown.postings, b"%PDF-1.7 ... %%EOF")


def test_publishing_does_the_duty_and_opens_the_next(
    session: Session, opened: Registered, actor: Actor, now: datetime
) -> None:
    later = now + timedelta(days=100)
    made = paper(session, opened, Account.FUND, later)
    file = publications.publish(session, opened.estate, made, actor, now=later)
    assert file.shown
    (next_one,) = open_duties(session, [opened.estate])
    assert next_one.due_on == in_china(later).date().replace(year=later.year + 1)
    assert told(session, opened)[-1] == "fund.published"
    (seen,) = published(session, opened.estate, Account.FUND)
    assert seen.file.digest == file.sha256
    shown = statement(session, opened.estate, Account.FUND, now=later + timedelta(days=1))
    assert (shown.before, shown.came, shown.went, shown.after) == (TOTAL, 0, 0, TOTAL)


def test_the_common_income_is_published_twice_a_year(
    session: Session, estate: Registered, actor: Actor, now: datetime
) -> None:
    earned(session, estate, actor, now)
    (duty,) = open_duties(session, [estate.estate])
    day = in_china(now).date()
    assert duty.name == "income_publication_months"
    assert duty.due_on == day.replace(month=day.month + 6)


def test_a_statement_that_went_stale_is_not_published(
    session: Session, opened: Registered, actor: Actor, now: datetime
) -> None:
    made = paper(session, opened, Account.FUND, now)
    divided = by_balance(session, opened.estate, 100)
    booking.book_homes(session, opened.estate, "interest", divided, VOUCHER, actor, now=now)
    with pytest.raises(Stale):
        publications.publish(session, opened.estate, made, actor, now=now)


def test_a_statement_adds_up_part_by_part(
    session: Session, opened: Registered, actor: Actor, now: datetime
) -> None:
    divided = by_balance(session, opened.estate, 12_345)
    booking.book_homes(session, opened.estate, "interest", divided, VOUCHER, actor, now=now)
    shown = statement(session, opened.estate, Account.FUND, now=now)
    assert shown.before + shown.came - shown.went == shown.after
    for line in shown.parts:
        assert line.before + line.came - line.went == line.account.balance
    assert sum(line.account.balance for line in shown.parts) == shown.after


# --- standing authorisations --------------------------------------------------------------------


def allowed(resolution: UUID, now: datetime, **changed: object) -> AuthorityDraft:
    day = in_china(now).date()
    fields: dict[str, object] = {
        "resolution": resolution, "each_fen": 5_000_00, "yearly_fen": 30_000_00,
        "covers": "公共照明和门禁的零星维修", "since": day, "until": None, **changed,
    }  # fmt: skip
    return AuthorityDraft(**fields)  # type: ignore[arg-type]


def test_an_authority_covers_up_to_its_limit_from_its_day(
    session: Session, estate: Registered, actor: Actor, now: datetime
) -> None:
    basis = resolved(session, estate.estate, now, title="授权小额维修")
    made = authorities.grant(session, estate.estate, allowed(basis.id, now), actor, now=now)
    day = in_china(now).date()
    assert authority_for(session, estate.estate, 5_000_00, day) == made
    assert authority_for(session, estate.estate, 5_000_01, day) is None
    assert authority_for(session, estate.estate, 1, day - timedelta(days=1)) is None
    assert standing_room(session, made.id, day.year) == 30_000_00
    assert told(session, estate) == ["authority.granted"]
    authorities.end(session, estate.estate, made.id, day, actor, now=now)
    assert authority_for(session, estate.estate, 1, day) == made
    assert authority_for(session, estate.estate, 1, day + timedelta(days=1)) is None


def test_a_revoked_resolution_takes_its_authority_along(
    session: Session, estate: Registered, actor: Actor, now: datetime
) -> None:
    basis = resolved(session, estate.estate, now, title="授权小额维修")
    authorities.grant(session, estate.estate, allowed(basis.id, now), actor, now=now)
    basis.state = "revoked"
    session.flush()
    assert authority_for(session, estate.estate, 1, in_china(now).date()) is None


REFUSED: dict[str, dict[str, object]] = {
    "a motion that failed": {"outcome": "rejected"},
    "one that reached no decision": {"outcome": "no_decision"},
    "the committee's own decision": {"body": "committee"},
    "another matter": {"matter": 9},
}


@ON_ONE
@pytest.mark.parametrize("changed", REFUSED.values(), ids=REFUSED)
def test_only_the_assembly_authorises(
    session: Session, estate: Registered, actor: Actor, now: datetime, changed: dict[str, str]
) -> None:
    basis = resolved(session, estate.estate, now, title="授权小额维修", **changed)  # type: ignore[arg-type]
    with pytest.raises(Incomplete):
        authorities.grant(session, estate.estate, allowed(basis.id, now), actor, now=now)


SENSELESS: dict[str, dict[str, object]] = {
    "nothing each": {"each_fen": 0},
    "less a year than each": {"yearly_fen": 4_999_99},
    "no words": {"covers": " "},
}


@ON_ONE
@pytest.mark.parametrize("changed", SENSELESS.values(), ids=SENSELESS)
def test_limits_that_make_no_sense_are_refused(
    session: Session, estate: Registered, actor: Actor, now: datetime, changed: dict[str, object]
) -> None:
    basis = resolved(session, estate.estate, now, title="授权小额维修")
    draft = allowed(basis.id, now, **changed)
    with pytest.raises(Incomplete):
        authorities.grant(session, estate.estate, draft, actor, now=now)


def test_homes_of_the_fixture_are_those_of_the_sheet() -> None:
    assert [f"{home.building}{home.entrance}{home.room}" for home in HOMES] == list(TIDY)
