"""The pages of the fund as a committee's director walks through them."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from tests.assemblies.funds.conftest import Office
from tests.support.fund_sheets import TOTAL, tidy, tidy_rows, workbook, yuan


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
    assert yuan(TOTAL) in shown
    assert "没有拿不准的内容" in shown
    assert office.client.post(address, data={"seen": "0"}).status_code == 302
    home = text(office, "")
    assert yuan(TOTAL) in home
    assert "全部相符" in home
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
    assert office.app.test_client().get(f"/files/{file}").data.startswith(b"%PDF")
