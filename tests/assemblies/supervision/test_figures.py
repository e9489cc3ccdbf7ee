"""The figures of a report are those of the records, to the fen and to the day."""

from datetime import date, datetime
from uuid import UUID, uuid4

import pytest

from assemblies.foundation.clock import CHINA
from assemblies.records.committees import CandidateRecord, committee_of, members_in_office
from assemblies.records.duties import Done, Opening, fulfil, open_duty
from assemblies.records.files import keep
from assemblies.records.ledger import Account, Posting, book
from assemblies.records.meetings import DecisionRecord, MeetingRecord
from assemblies.records.rules import rules_for
from assemblies.records.seals import SealRecord, SealUseRecord
from assemblies.supervision.periods import Period
from assemblies.supervision.queries.figures import figures, money_lines
from tests.support.committee import resolved
from tests.support.overseen import PAPER, Seated
from voting.law.duties import due

QUARTER = Period(date(2026, 3, 2), date(2026, 3, 31))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=CHINA)


def test_money_of_the_period_is_the_ledgers(seated: Seated) -> None:
    session, estate = seated.session, seated.estate

    def income(kind: str, fen: int, day: date, corrects: UUID | None = None) -> UUID:
        posting = Posting(kind, "车位收益", "合同", "会计", amount=fen, corrects=corrects)
        return book(session, estate, Account.INCOME, posting, now=noon(day)).id

    income("income", 1_000_00, date(2026, 3, 1))
    income("income", 500_01, date(2026, 3, 2))
    wrong = income("expense", -200_00, date(2026, 3, 15))
    income("correction", 200_00, date(2026, 3, 16), wrong)
    income("expense", -30_02, date(2026, 3, 31))
    income("income", 7_00, date(2026, 4, 1))
    part = seated.registered.parts["1号楼1单元101"]
    book(
        session, estate, Account.FUND, Posting("opening", "期初", "对账单", "会计",
        lines={part: 88_00}), now=noon(date(2026, 3, 3)),
    )  # fmt: skip
    found = figures(session, estate, QUARTER)
    assert found["income"] == {
        "opening": 1_000_00,
        "came": 500_01,
        "went": -230_02,
        "corrected": 200_00,
        "closing": 1_469_99,
    }
    assert found["fund"]["closing"] == found["fund"]["came"] == 88_00
    assert money_lines(found["income"])[3] == ("更正", "200.00 元")
    for money in (found["income"], found["fund"]):
        assert money["closing"] == sum(value for name, value in money.items() if name != "closing")


def test_meetings_and_decisions_of_the_period_are_counted(seated: Seated) -> None:
    session, term = seated.session, seated.members[0].term
    for number, day in enumerate((date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 31)), 1):
        held = MeetingRecord(
            id=uuid4(), term_id=term.id, number=number, title=f"第{number}次会议", place="活动室",
            called_by="主任", called_at=noon(day), planned_for=noon(day), held_at=noon(day),
            members=5, present=["a", "b", "c"],
        )  # fmt: skip
        session.add(held)
        session.flush()
        for point, outcome in enumerate(("passed", "rejected"), 1):
            session.add(
                DecisionRecord(
                    id=uuid4(), meeting_id=held.id, number=point, title="一项", outcome=outcome
                )
            )
    session.flush()
    session.expire_all()
    found = figures(session, seated.estate, QUARTER)["meetings"]
    assert [(one["title"], one["present"], one["members"], one["decided"]) for one in found] == [
        ("第2次会议", 3, 5, 1),
        ("第3次会议", 3, 5, 1),
    ]


def test_resolutions_say_how_much_of_what_follows_is_done(seated: Seated) -> None:
    session, day = seated.session, noon(date(2026, 3, 10))
    record = resolved(session, seated.estate, day, title="续聘物业")
    rules = rules_for(session, seated.estate, now=day)
    for name in ("decision_posted_days", "contract_filing_days"):
        opening = Opening(due(name, day.date(), rules), record.id, name, "续聘物业")
        open_duty(session, seated.estate, opening, now=day)
    fulfil(session, record.id, "decision_posted_days", Done("主任"), now=day)
    found = figures(session, seated.estate, QUARTER)
    assert [(one["title"], one["done"], one["duties"]) for one in found["resolutions"]] == [
        ("续聘物业", 1, 2)
    ]
    assert [one["title"] for one in found["next"]] == ["contract_filing_days"]
    assert found["duties"]["done"] == 1


DONE = {
    "done on its last day is not late": (date(2026, 3, 13), 0),
    "done a day after is late": (date(2026, 3, 14), 1),
    "never done is late": (None, 1),
}


@pytest.mark.parametrize(("done", "late"), DONE.values(), ids=DONE)
def test_duties_that_were_late_in_the_period(seated: Seated, done: date | None, late: int) -> None:
    session, day = seated.session, noon(date(2026, 3, 10))
    source = uuid4()
    rules = rules_for(session, seated.estate, now=day)
    duty = due("decision_posted_days", day.date(), rules)
    opening = Opening(duty, source, "张贴", "决定")
    open_duty(session, seated.estate, opening, now=day)
    if done is not None:
        fulfil(session, source, "decision_posted_days", Done("主任"), now=noon(done))
    assert len(figures(session, seated.estate, QUARTER)["duties"]["late"]) == late


def test_seal_uses_are_counted_by_their_stamping(seated: Seated) -> None:
    session = seated.session
    committee = committee_of(session, seated.estate, now=seated.now)
    seal = SealRecord(
        id=uuid4(), committee_id=committee.id, kind="committee", name="业主委员会章", state="kept",
        made_at=seated.now,
    )  # fmt: skip
    session.add(seal)
    session.flush()
    file = keep(session, seated.estate, PAPER, "主任", now=seated.now)
    basis = resolved(session, seated.estate, noon(date(2025, 3, 1)), title="依据")
    uses: tuple[tuple[date | None, str, list[str]], ...] = (
        (date(2026, 3, 2), "contract", ["x"]),
        (date(2026, 3, 9), "letter", []),
        (None, "", []),
    )
    for number, (day, kind, photographs) in enumerate(uses, 1):
        use = SealUseRecord(
            id=uuid4(), committee_id=committee.id, seal_id=seal.id, number=number, title="文件",
            document_kind=kind, document_id=file.id, copies=3, pages=2, purpose="", receiver="",
            applicant="", applicant_id=seated.members[0].id, applied_at=seated.now,
            basis_kind="resolution", basis_id=basis.id, covers="", state="stamped", needed=3,
            photo_ids=photographs, stamped_at=None if day is None else noon(day),
        )  # fmt: skip
        session.add(use)
    session.flush()
    found = figures(session, seated.estate, QUARTER)["seals"]
    assert found == {"uses": 2, "copies": 6, "contracts": 1, "bare": 1}


@pytest.mark.parametrize(("party", "flagged"), [(2, True), (3, False)])
def test_a_party_share_under_policy_is_a_flag_and_exactly_three_fifths_is_none(
    seated: Seated, party: int, flagged: bool
) -> None:
    for place, member in enumerate(members_in_office(seated.session, seated.estate)):
        member.party = place < party
    seated.session.flush()
    found = figures(seated.session, seated.estate, QUARTER)["committee"]
    assert (found["members"], found["party"]) == (5, party)
    assert any("低于" in flag for flag in found["flags"]) == flagged


def test_a_member_whose_joint_review_lacks_a_word_is_flagged(seated: Seated) -> None:
    session, now = seated.session, noon(date(2026, 3, 3))
    [member, *_] = members_in_office(session, seated.estate)
    candidate = CandidateRecord(
        id=uuid4(),
        committee_id=committee_of(session, seated.estate, now=now).id,
        term_number=1,
        position=1,
        name=member.name,
        room=member.room,
        nominated_by="self",
        nominated_at=now,
    )
    session.add(candidate)
    session.flush()
    member.candidate_id = candidate.id
    session.flush()
    flags = figures(session, seated.estate, QUARTER)["committee"]["flags"]
    assert any(f"{member.name}的联审缺" in flag for flag in flags)
