"""ID numbers and phones are nowhere to be read: not in a column, not in the file on the disk."""

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from assemblies.estates.queries.register import stored
from assemblies.estates.services.imports import Upload, keep, lay
from assemblies.foundation.database import Database, Record
from assemblies.foundation.secrets import Keys, load_keys
from tests.assemblies.estates.clerks import Clerk, as_csv, clerk_of, flat, owner
from tests.assemblies.estates.register.making import resident

NUMBERS = (resident(1), resident(2), "13812345678", "13987654321")
PARTS = (
    flat("101", owner("王一", 1, "13812345678")),
    flat("102", owner("李二", 2), owner("赵三", None, "13987654321")),
)


def everything(clerk: Clerk) -> str:
    """Return all that the database holds, every column of every table, as one text."""
    rows: list[Any] = []
    for table in Record.metadata.sorted_tables:
        rows += clerk.session.execute(select(table)).all()
    return repr(rows)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("step", ["uploaded", "applied", "changed"])
def test_no_column_holds_a_number_in_plain(clerk: Clerk, number: str, step: str) -> None:
    if step == "uploaded":
        upload = Upload("名册.csv", as_csv(*PARTS))
        laid = lay(clerk.session, clerk.estate, upload, clerk.keys)
        keep(clerk.session, laid, clerk.keys, by=clerk.account, now=clerk.now)
    else:
        clerk.take_in(*PARTS)
    if step == "changed":
        clerk.take_in(flat("101", owner("孙七", 7)), flat("102", owner("周八", 8)))
    assert number not in everything(clerk)


def test_the_file_on_the_disk_does_not_hold_them_either(
    sqlite_url: str, keys: Keys, now: datetime
) -> None:
    database = Database(sqlite_url)
    with database.writing() as session:
        clerk = clerk_of(session, keys, now)
        clerk.take_in(*PARTS)
        clerk.take_in(flat("101", owner("孙七", 7)))
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    written = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    assert "王一".encode() in written or "孙七".encode() in written
    for number in NUMBERS:
        assert number.encode() not in written
    database.close()


def test_the_same_number_is_found_again_and_sealed_differently_each_time(clerk: Clerk) -> None:
    clerk.take_in(*PARTS)
    other = clerk_of(clerk.session, clerk.keys, clerk.now)
    other.take_in(*PARTS)
    here, there = ({row["name"]: row for row in one.rows()["persons"]} for one in (clerk, other))
    assert here["王一"]["id_index"] == there["王一"]["id_index"]
    assert here["王一"]["id_sealed"] != there["王一"]["id_sealed"]
    assert here["王一"]["contact_index"] is None
    assert here["赵三"]["contact_index"]
    assert here["赵三"]["contact_index"] == there["赵三"]["contact_index"]
    assert here["赵三"]["id_index"] is None


def test_another_installations_keys_open_nothing(clerk: Clerk, tmp_path: Path) -> None:
    clerk.take_in(*PARTS)
    with pytest.raises(InvalidTag):
        stored(clerk.session, clerk.estate, load_keys(tmp_path / "keys"))


def test_a_csv_of_the_test_holds_the_numbers_so_that_this_file_tests_something() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(*PARTS).decode())))
    assert all(any(number in cell for row in rows for cell in row) for number in NUMBERS)
