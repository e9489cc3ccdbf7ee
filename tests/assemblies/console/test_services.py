"""Keying a month's table with its proof, taking over the last one, and sending it out."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from assemblies.console.months import Month
from assemblies.console.queries.history import due, history, last_tables
from assemblies.console.queries.lines import Table
from assemblies.console.queries.table import month_of, table
from assemblies.console.queries.tree import tree
from assemblies.console.rows import ROWS, SUGGESTED
from assemblies.console.services.months import Entry, Office, carry, clear, key, submit
from assemblies.foundation.permissions import Role
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.uploads import Upload
from tests.support.district import District, committee, district, filed, officer
from tests.support.households import PDF

MARCH, APRIL = Month(2026, 3), Month(2026, 4)
LONG_AGO = datetime(2025, 6, 1, tzinfo=UTC)
# 1 April 2026 in Shanghai begins at 16:00 UTC of the day before.
RUNNING, OVER = datetime(2026, 3, 31, 15, 59, tzinfo=UTC), datetime(2026, 3, 31, 16, tzinfo=UTC)
THIRD, FOURTH = datetime(2026, 4, 3, 15, 59, tzinfo=UTC), datetime(2026, 4, 3, 16, tzinfo=UTC)
BY = "王主任（街道办事处）"
PAPER = Upload("证明.pdf", PDF)


@pytest.fixture
def town(session: Session) -> District:
    made = district(session, LONG_AGO, streets=2, estates=2)
    for estate in made.estates:
        filed(session, committee(session, estate, date(2025, 9, 1)), LONG_AGO)
    return made


@pytest.fixture
def office(town: District) -> Office:
    return Office(town.streets[0], MARCH)


def all_rows(shown: Table) -> tuple[Entry, ...]:
    """Key nought or "not done" for every row that nothing answers, and what the tree offers."""
    return tuple(
        Entry(line.row.number, line.suggestion or (0,) * line.row.figures)
        for line in shown.lines
        if line.value is None
    )


def complete(session: Session, office: Office, now: datetime) -> None:
    key(session, office, all_rows(shown(session, office, now)), BY, now=now)


def shown(session: Session, office: Office, now: datetime) -> Table:
    return table(session, office.node, office.month, now=now)


REFUSED = {
    "a number without a paper": Entry(12, (5,)),
    "done without a paper": Entry(24, (1,)),
    "another number than the records' own": Entry(4, (9,)),
    "another number than the tree's": Entry(2, (7,)),
    "less than nothing": Entry(12, (-1,), paper=PAPER),
    "one figure where two are asked": Entry(34, (1,), paper=PAPER),
    "neither done nor undone": Entry(24, (2,), paper=PAPER),
    "a remark that fills no cell": Entry(12, (0,), "长" * 301),
    "a paper without a number": Entry(12, (), paper=PAPER),
}


@pytest.mark.parametrize("entry", REFUSED.values(), ids=REFUSED)
def test_what_cannot_stand_is_refused(session: Session, office: Office, entry: Entry) -> None:
    with pytest.raises(Incomplete):
        key(session, office, (entry,), BY, now=OVER)


def test_a_paper_proves_and_stays_with_the_row(session: Session, office: Office) -> None:
    key(session, office, (Entry(12, (5,), "含两家分公司", PAPER),), BY, now=OVER)
    key(session, office, (Entry(12, (6,), "含三家分公司"),), BY, now=OVER)
    line = shown(session, office, OVER).lines[11]
    assert line.keyed is not None
    assert line.keyed.file is not None
    assert (line.said, line.proof, line.remark) == ("6 家", "证明.pdf", "含三家分公司")
    assert line.keyed.by == BY


def test_a_keyed_value_in_place_of_a_computed_one_shows_both(
    session: Session, office: Office
) -> None:
    assert shown(session, office, OVER).lines[3].value == (2,)
    key(session, office, (Entry(4, (3,), paper=PAPER),), BY, now=OVER)
    line = shown(session, office, OVER).lines[3]
    assert line.replaced
    assert line.value == (3,)
    assert line.remark == "平台记录为 2 个，按所附材料填报。"
    clear(session, office, 4)
    assert shown(session, office, OVER).lines[3].value == (2,)


def test_the_tree_is_offered_for_the_first_rows(session: Session, office: Office) -> None:
    lines = shown(session, office, OVER).lines
    assert [lines[number - 1].suggestion for number in SUGGESTED] == [(1,), (1,), (2,)]
    assert [lines[number - 1].value for number in SUGGESTED] == [None, None, None]
    key(session, office, (Entry(1, (1,)), Entry(3, (8,), paper=PAPER)), BY, now=OVER)
    lines = shown(session, office, OVER).lines
    assert [lines[number - 1].proof for number in SUGGESTED] == ["平台区划", "", "证明.pdf"]


def test_a_table_goes_out_when_the_month_is_over_and_every_row_has_a_value(
    session: Session, office: Office
) -> None:
    with pytest.raises(WrongStep, match="还没有过完"):
        submit(session, office, BY, now=RUNNING)
    with pytest.raises(Incomplete, match="还有 40 行没有填"):
        submit(session, office, BY, now=OVER)
    complete(session, office, OVER)
    digest = submit(session, office, BY, now=OVER)
    out = shown(session, office, THIRD)
    assert out.digest == digest
    assert (out.submitted_at, out.submitted_by) == (OVER, BY)
    assert out.missing == ()
    assert len(out.lines) == len(ROWS)


def test_what_went_out_stays_as_it_was(session: Session, town: District, office: Office) -> None:
    complete(session, office, OVER)
    submit(session, office, BY, now=OVER)
    before = shown(session, office, OVER)
    late = committee(session, town.estates[0], date(2025, 10, 1), number=2, party=5)
    late.members[0].name = "后来的人"
    session.query(type(late)).filter_by(number=1).update({"ended_on": date(2025, 9, 30)})
    session.flush()
    assert shown(session, office, FOURTH).lines == before.lines
    for attempt in (
        lambda: key(session, office, (Entry(12, (0,)),), BY, now=FOURTH),
        lambda: clear(session, office, 12),
        lambda: submit(session, office, BY, now=FOURTH),
    ):
        with pytest.raises(WrongStep, match="已经提交"):
            attempt()


def test_the_third_is_in_time_and_the_fourth_is_late(session: Session, office: Office) -> None:
    complete(session, office, OVER)
    assert not shown(session, office, THIRD).late(THIRD)
    assert shown(session, office, FOURTH).late(FOURTH)
    submit(session, office, BY, now=FOURTH)
    found = history(session, tree(session), office.node, now=FOURTH)
    assert found[1].state(FOURTH) == ("waiting", "迟交")
    assert found[0].state(FOURTH) == ("note", "本月进行中")
    assert found[2].state(FOURTH) == ("failed", "逾期未交")
    assert found[-1].month == Month.of(LONG_AGO)


def test_last_months_values_stand_beside_and_can_be_taken_over(
    session: Session, office: Office
) -> None:
    key(session, office, (Entry(12, (5,), "含分公司", PAPER),), BY, now=OVER)
    key(session, office, (Entry(4, (3,), paper=PAPER),), BY, now=OVER)
    april = Office(office.node, APRIL)
    key(session, april, (Entry(13, (0,)),), BY, now=FOURTH)
    assert shown(session, april, FOURTH).lines[11].before == (5,)
    assert carry(session, april, BY, now=FOURTH) == 1
    line = shown(session, april, FOURTH).lines[11]
    assert (line.value, line.remark, line.proof) == ((5,), "含分公司", "证明.pdf")
    assert shown(session, april, FOURTH).lines[3].keyed is None
    assert carry(session, april, BY, now=FOURTH) == 0


def test_the_same_rows_give_the_same_digest_and_another_row_another(
    session: Session, town: District
) -> None:
    offices = [Office(node, MARCH) for node in town.streets]
    for one in offices:
        complete(session, one, OVER)
    digests = {submit(session, one, BY, now=OVER) for one in offices}
    assert len(digests) == 2


def test_a_table_changed_behind_its_digest_is_seen(session: Session, office: Office) -> None:
    complete(session, office, OVER)
    submit(session, office, BY, now=OVER)
    assert shown(session, office, FOURTH).intact
    record = month_of(session, office.node, MARCH)
    assert record is not None
    assert record.fixed is not None
    rows = record.fixed["rows"]
    record.fixed = {**record.fixed, "rows": {**rows, "4": {**rows["4"], "value": [9]}}}
    session.flush()
    assert not shown(session, office, FOURTH).intact


def test_a_log_is_not_taken_over_from_last_month(session: Session, office: Office) -> None:
    key(session, office, (Entry(31, (1,), paper=PAPER),), BY, now=OVER)
    assert carry(session, Office(office.node, APRIL), BY, now=FOURTH) == 0


def test_the_console_reminds_an_office_of_its_own_table_only(
    session: Session, town: District, office: Office
) -> None:
    street = officer(session, Role.STREET, town.streets[0], OVER)
    community = officer(session, Role.COMMUNITY, town.communities[0], OVER)
    found = due(session, tree(session), street, now=OVER)
    assert [(one.node, one.month, one.left(OVER)) for one in found] == [(town.streets[0], MARCH, 2)]
    assert due(session, tree(session), community, now=OVER) == ()
    complete(session, office, OVER)
    submit(session, office, BY, now=OVER)
    assert due(session, tree(session), street, now=OVER) == ()


def test_the_authority_sees_which_streets_have_sent_their_table(
    session: Session, town: District, office: Office
) -> None:
    complete(session, office, OVER)
    submit(session, office, BY, now=OVER)
    authority = officer(session, Role.AUTHORITY, town.authority, OVER)
    found = last_tables(session, tree(session), authority, now=FOURTH)
    assert [(one.office, one.state(FOURTH)[1]) for _, one in found] == [
        ("示例区物业主管部门", "逾期未交"),
        ("示例1街道", "按时提交"),
        ("示例2街道", "逾期未交"),
        ("1街1社区", "不单独上报"),
        ("2街1社区", "不单独上报"),
    ]


def test_an_authority_is_offered_the_sums_of_its_streets_once_all_have_sent(
    session: Session, town: District
) -> None:
    above = Office(town.authority, MARCH)
    for number, street in enumerate(town.streets):
        one = Office(street, MARCH)
        assert shown(session, above, OVER).lines[11].suggestion is None
        key(session, one, (Entry(12, (5 + number,), paper=PAPER),), BY, now=OVER)
        complete(session, one, OVER)
        submit(session, one, BY, now=OVER)
    line = shown(session, above, OVER).lines[11]
    assert (line.suggestion, line.offered_by) == ((11,), "街道报表合计")
    assert shown(session, above, OVER).lines[23].suggestion is None
    with pytest.raises(Incomplete):
        key(session, above, (Entry(12, (12,)),), BY, now=OVER)
    key(session, above, (Entry(12, (11,)),), BY, now=OVER)
    assert shown(session, above, OVER).lines[11].proof == "街道报表合计"


def test_a_month_that_has_not_begun_has_no_table(session: Session, town: District) -> None:
    assert table(session, town.streets[0], APRIL, now=OVER).missing
    with pytest.raises(NotFound):
        table(session, town.streets[0], APRIL, now=RUNNING)


def test_an_estate_has_no_table_of_its_own(session: Session, town: District) -> None:
    grown = tree(session)
    estate = next(one.id for one in grown.nodes.values() if one.kind == "estate")
    with pytest.raises(NotFound):
        table(session, estate, MARCH, now=OVER)
    assert month_of(session, town.streets[0], MARCH) is None
