"""The pages of the fund as a committee's director walks through them."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from assemblies.foundation.permissions import Role
from assemblies.records.ledger import Account, Posting, book
from tests.assemblies.funds.conftest import Office
from tests.support.committee import resolved
from tests.support.fund_sheets import TOTAL, tidy, tidy_rows, workbook, yuan
from tests.support.registers import registered


def uploaded(office: Office, sheet: bytes) -> str:
    answer = office.client.post(
        office.fund("/opening"), data={"file": (BytesIO(sheet), "期初余额.xlsx")}
    )
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer.headers["Location"]


def opened(office: Office) -> None:
    address = uploaded(office, tidy())
    answer = office.client.post(address, data={"seen": "0", "bank": "示例维修资金中心"})
    assert answer.status_code == 302, answer.get_data(as_text=True)


def text(office: Office, address: str) -> str:
    answer = office.client.get(office.fund(address))
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_from_a_sheet_to_open_accounts(office: Office) -> None:
    assert "还没有按户建账" in text(office, "")
    address = uploaded(office, tidy())
    shown = office.client.get(address).get_data(as_text=True)
    assert address in text(office, "/opening")
    assert yuan(TOTAL) in shown
    assert "没有拿不准的内容" in shown
    assert office.client.post(address, data={"seen": "0"}).status_code == 302
    assert yuan(TOTAL) in text(office, "")
    assert "全部相符" in text(office, "/ledger")
    assert office.client.post(address, data={"seen": "0"}).status_code == 409
    assert "只导入一次" in text(office, "/opening")


def test_a_messy_sheet_says_which_rows_to_mend(office: Office) -> None:
    rows = tidy_rows()
    rows[2][4] = "-3"
    shown = office.client.get(uploaded(office, workbook(rows))).get_data(as_text=True)
    assert "第 4 行" in shown
    assert "负数" in shown
    assert "按户建账" not in shown


def test_every_page_of_an_open_fund_can_be_read(office: Office) -> None:
    opened(office)
    part = next(iter(office.estate.parts.values()))
    for address in (
        "", "/ledger", "/ledger?account=income", "/ledger?kind=opening&year=2026&page=9",
        "/ledger?year=10000&page=-1",
        "/parts", "/parts?building=2号楼", f"/parts/{part}", "/refill", "/book/deposit",
        "/book/refund", "/book/release", "/interest", "/income/book", "/transfer",
        "/publish/fund", "/authorities",
    ):  # fmt: skip
        assert "<h1>" in text(office, address), address
    assert office.client.get(office.fund("/book/gift")).status_code == 404
    assert office.client.get(office.fund("/publish/income")).status_code == 404


def test_a_deposit_is_looked_at_before_it_is_booked(office: Office) -> None:
    opened(office)
    filled = {
        "way": "square", "amount": "10", "buildings": ["1号楼"], "uses": ["dwelling"],
        "said": "2026 年续筹", "basis": "银行回单 7788",
    }  # fmt: skip
    shown = office.client.post(office.fund("/book/deposit"), data=filled).get_data(as_text=True)
    assert "3,740.20 元" in shown
    assert "第 2 号" not in text(office, "/ledger")
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    answer = office.client.post(office.fund("/book/deposit"), data={**filled, "seen": seen})
    assert answer.status_code == 302
    assert "第 2 号" in text(office, "/ledger")
    changed = {**filled, "amount": "11", "seen": seen}
    assert office.client.post(office.fund("/book/deposit"), data=changed).status_code == 200


def test_the_books_as_a_workbook_add_up(office: Office) -> None:
    opened(office)
    answer = office.client.get(office.fund("/export.xlsx"))
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    assert book.sheet_names == ["分户余额", "专项维修资金明细账", "公共收益明细账"]
    rows = book.get_sheet_by_name("分户余额").to_python()
    assert round(float(str(rows[-1][5])) * 100) == TOTAL


def test_publishing_leaves_a_paper_that_anybody_may_open(office: Office) -> None:
    opened(office)
    assert office.client.get(office.fund("/publish/fund/draft.pdf")).data.startswith(b"%PDF")
    assert office.client.post(office.fund("/publish/fund")).status_code == 302
    shown = text(office, "/publish/fund")
    file = shown.partition('href="/files/')[2].partition('"')[0]
    anybody = office.app.test_client()
    assert anybody.get(f"/files/{file}").data.startswith(b"%PDF")
    board = anybody.get(f"/board/funds/of/{office.estate.estate}").get_data(as_text=True)
    assert file in board
    assert "还没有公布过" in board  # the common income


def test_who_only_looks_finds_no_button_and_may_not_book(office: Office) -> None:
    opened(office)
    for role in (Role.MEMBER, Role.STREET, Role.COMMUNITY):
        client = office.signed_in(role)
        home = client.get(office.fund()).get_data(as_text=True)
        assert yuan(TOTAL) in home
        assert "记交存" not in home
        for address in ("/book/deposit", "/interest", "/income/book", "/transfer", "/opening"):
            assert client.get(office.fund(address)).status_code == 403, (role, address)
        assert client.post(office.fund("/publish/fund")).status_code == 403
        granted = {
            "resolution": "", "each": "1", "yearly": "1", "covers": "x", "since": "2026-01-01",
        }  # fmt: skip
        assert client.post(office.fund("/authorities"), data=granted).status_code in {403, 422}


def test_the_authority_of_another_place_gets_nothing(office: Office) -> None:
    elsewhere = office.signed_in(Role.AUTHORITY)
    with office.site.database.writing() as session:
        other = registered(session, office.site.clock.now())
    assert office.client.get(f"/estates/{other.estate}/fund").status_code == 403
    assert elsewhere.get(f"/estates/{other.estate}/fund").status_code == 403
    assert elsewhere.get(office.fund()).status_code == 200


def test_a_posting_of_another_estate_is_not_found(office: Office) -> None:
    opened(office)
    with office.site.database.writing() as session:
        other = registered(session, office.site.clock.now())
        lines = {next(iter(other.parts.values())): 5}
        posting = Posting("deposit", "交存", "回单", "别处", lines=lines)
        theirs = book(session, other.estate, Account.FUND, posting, now=office.site.clock.now())
        part = next(iter(other.parts.values()))
    assert office.client.get(office.fund(f"/postings/{theirs.id}")).status_code == 404
    assert office.client.get(office.fund(f"/postings/{theirs.id}/correct")).status_code == 404
    assert office.client.get(office.fund(f"/parts/{part}")).status_code == 404
    assert "第 1 号" in text(office, "/ledger")


def test_income_transfer_and_correction_over_http(office: Office) -> None:
    opened(office)
    earned = {
        "kind": "income",
        "amount": "500",
        "said": "广告",
        "basis": "合同 1",
        "resolution": "",
    }
    assert office.client.post(office.fund("/income/book"), data=earned).status_code == 302
    spent = office.client.post(office.fund("/income/book"), data={**earned, "kind": "expense"})
    assert spent.status_code == 422
    assert "决议台账" in spent.get_data(as_text=True)
    with office.site.database.writing() as session:
        basis = resolved(
            session, office.estate.estate, office.site.clock.now(), title="补充", matter=9
        ).id
    filled = {"resolution": str(basis), "amount": "100.01", "uses": ["dwelling"], "note": ""}
    shown = office.client.post(office.fund("/transfer"), data=filled).get_data(as_text=True)
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    answer = office.client.post(office.fund("/transfer"), data={**filled, "seen": seen})
    assert answer.status_code == 302
    income = text(office, "/ledger?account=income")
    assert "399.99 元" in income
    posting = income.partition("/fund/postings/")[2].partition('"')[0]
    undone = office.client.post(
        office.fund(f"/postings/{posting}/correct"), data={"reason": "选错了决定"}
    )
    assert undone.status_code == 302
    assert "500.00 元" in text(office, "/ledger?account=income")
    again = office.client.post(office.fund(f"/postings/{posting}/correct"), data={"reason": "再来"})
    assert again.status_code == 409
