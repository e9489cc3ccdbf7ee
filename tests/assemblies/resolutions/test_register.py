"""The register: what publishing enters, posting, superseding, and the contract of a manager."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.duties import DutyRecord, duty_of
from assemblies.records.files import FileRecord
from assemblies.records.filings import HandoverRecord
from assemblies.records.logs import LogEntryRecord
from assemblies.records.resolutions import ResolutionRecord, change_state
from assemblies.resolutions.following import DISMISSAL, FILING, POSTING, SIGNING
from assemblies.resolutions.queries import register as queries
from assemblies.resolutions.queries import resolution as resolution_queries
from assemblies.resolutions.services import company, register
from assemblies.resolutions.services import results as services
from tests.support.committee import resolved
from tests.support.counted import begun
from tests.support.households import PDF, PNG
from tests.support.registers import Registered, registered
from tests.support.resolutions import opened
from voting.ballot import Choice

A_DAY = timedelta(days=1)
BY = "林海生（业委会主任）"
PHOTO = Upload("公告栏.png", PNG)
CONTRACT = Upload("合同.pdf", PDF)


def published(
    session: Session, keys: Keys, now: datetime, *words: Choice
) -> dict[int, ResolutionRecord]:
    """Vote with these words, publish a week later, and return the register by item number."""
    vote = begun(session, keys, now)
    for letter in vote.frozen.letters:
        vote.cast(letter, *words)
    vote.result()
    assembly = vote.frozen.assembly
    until = session.get_one(AssemblyRecord, assembly).objections_until
    assert until is not None
    services.certify(session, assembly, "示例街道办事处", "", keys, now=until)
    services.publish(session, assembly, keys, now=until)
    held = session.execute(select(ResolutionRecord)).scalars()
    return {int(one.number.rpartition("-")[2]): one for one in held}


def names(session: Session, record: ResolutionRecord) -> set[str]:
    found = select(DutyRecord.name).where(DutyRecord.source_id == record.id)
    return set(session.execute(found).scalars())


def deed(record: ResolutionRecord) -> register.Deed:
    return register.Deed(record.estate_id, record.id, BY)


def told(session: Session, record: ResolutionRecord) -> list[str]:
    found = (
        select(LogEntryRecord.kind)
        .where(LogEntryRecord.subject == record.id)
        .order_by(LogEntryRecord.index)
    )
    return list(session.execute(found).scalars())


def test_publishing_enters_each_item_in_words_and_opens_its_duties(
    session: Session, keys: Keys, now: datetime
) -> None:
    held = published(session, keys, now)
    assert held[2].title == "选聘物业服务企业"
    assert held[2].winner == "甲物业服务有限公司（示例）"
    assert (held[1].matter, held[2].matter, held[3].matter) == (5, 4, 2)
    for one in held.values():
        assert (one.body, one.outcome, one.state) == ("assembly", "passed", "standing")
        assert one.counts.count(" 户、") >= 3
    assert names(session, held[1]) == {POSTING, "fund_station_days"}
    assert names(session, held[2]) == {POSTING, SIGNING, FILING}
    assert names(session, held[3]) == {POSTING, "change_told_days"}
    duty = duty_of(session, held[2].id, SIGNING)
    assert duty is not None
    assert duty.due_on == in_china(held[2].published_at).date() + 30 * A_DAY
    assert held[2].number in duty.about


def test_a_motion_that_failed_is_recorded_as_failed_and_only_posted(
    session: Session, keys: Keys, now: datetime
) -> None:
    held = published(session, keys, now, "against", "none", "against")
    for one in held.values():
        assert (one.outcome, one.winner) == ("rejected", "")
        assert names(session, one) == {POSTING}
    shown = queries.line(session, held[1].id, now=now)
    assert shown is not None
    assert (shown.outcome_zh, shown.state_zh) == ("未通过", "未形成决定")


def test_posting_needs_a_photograph_and_a_day_that_can_be(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    record = resolved(session, estate.estate, now, title="聘用甲公司", matter=4)
    opened(session, record, POSTING, now=now)
    today = in_china(now).date()
    with pytest.raises(Incomplete, match="照片"):
        register.post(session, deed(record), register.Posted("大门", today, None), keys, now=now)
    for day, word in ((today + A_DAY, "晚于今天"), (today - A_DAY, "早于")):
        posted = register.Posted("大门", day, PHOTO)
        with pytest.raises(Incomplete, match=word):
            register.post(session, deed(record), posted, keys, now=now)
    register.post(session, deed(record), register.Posted("大门", today, PHOTO), keys, now=now)
    duty = duty_of(session, record.id, POSTING)
    assert duty is not None
    assert (duty.done_at, duty.done_by, duty.file_id) == (now, BY, record.posted_file_id)
    photo = session.get_one(FileRecord, record.posted_file_id)
    assert photo.shown
    assert told(session, record) == ["resolution.posted"]
    with pytest.raises(WrongStep, match="登记过"):
        register.post(session, deed(record), register.Posted("大门", today, PHOTO), keys, now=now)


def pair(
    session: Session, estate: UUID, now: datetime, **newer: str
) -> tuple[ResolutionRecord, ResolutionRecord]:
    old = resolved(session, estate, now, title="聘用甲公司", matter=4)
    words = {"title": "聘用乙公司", **newer}
    new = resolved(session, estate, now + A_DAY, matter=4, **words)  # type: ignore[arg-type]
    return old, new


def test_a_newer_resolution_replaces_an_older_and_voids_its_duties(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    old, new = pair(session, estate.estate, now)
    opened(session, old, SIGNING, now=now)
    later = now + 2 * A_DAY
    register.supersede(session, deed(old), new.id, keys, now=later)
    assert (old.state, old.state_id, old.state_at) == ("superseded", new.id, later)
    assert old.state_note == f"被{new.number}“聘用乙公司”取代"
    duty = duty_of(session, old.id, SIGNING)
    assert duty is not None
    assert duty.void_at == later
    assert told(session, old) == ["resolution.superseded"]
    page = resolution_queries.page(session, estate.estate, new.id, now=later)
    assert [one.id for one in page.replaces] == [old.id]


def test_superseding_makes_no_loop(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    old, new = pair(session, estate.estate, now)
    register.supersede(session, deed(old), new.id, keys, now=now)
    for one, other in ((new, old), (new, new), (old, new)):
        with pytest.raises(Incomplete):
            register.supersede(session, deed(one), other.id, keys, now=now)
    assert new.state == "standing"


@pytest.mark.parametrize(
    ("newer", "said"),
    [
        ({"outcome": "rejected"}, "没有通过的事项不能取代"),
        ({"outcome": "no-decision"}, "没有通过的事项不能取代"),
        ({"body": "committee"}, "业委会不能用自己的决定取代"),
    ],
    ids=["failed", "no decision", "the committee's against the owners'"],
)
def test_what_cannot_replace_is_refused(
    session: Session,
    keys: Keys,
    estate: Registered,
    now: datetime,
    newer: dict[str, str],
    said: str,
) -> None:
    old, new = pair(session, estate.estate, now, **newer)
    with pytest.raises(Incomplete, match=said):
        register.supersede(session, deed(old), new.id, keys, now=now)
    page = resolution_queries.page(session, estate.estate, old.id, now=now)
    assert page.newer == ()


def test_another_matter_a_revoked_one_and_another_estate_cannot_replace(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    old, new = pair(session, estate.estate, now)
    other = resolved(session, estate.estate, now + A_DAY, title="修改管理规约", matter=2)
    with pytest.raises(Incomplete, match="不是同一类"):
        register.supersede(session, deed(old), other.id, keys, now=now)
    change_state(session, new.id, "revoked", new.id, "违法", now=now)
    with pytest.raises(Incomplete, match="已经不再有效"):
        register.supersede(session, deed(old), new.id, keys, now=now)
    far = resolved(session, registered(session, now).estate, now + A_DAY, title="x", matter=4)
    with pytest.raises(NotFound):
        register.supersede(session, deed(old), far.id, keys, now=now)


def test_the_contract_is_filed_within_ten_days_of_its_signing(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    record = resolved(session, estate.estate, now, title="聘用甲公司", matter=4)
    opened(session, record, SIGNING, now=now)
    signed = in_china(now).date() + 4 * A_DAY
    later = now + 6 * A_DAY
    paper = company.Paper(signed, CONTRACT)
    with pytest.raises(NotFound):
        company.file_contract(session, deed(record), paper, keys, now=later)
    with pytest.raises(Incomplete, match="合同"):
        company.sign_contract(session, deed(record), company.Paper(signed, None), keys, now=later)
    company.sign_contract(session, deed(record), paper, keys, now=later)
    signing, filing = (duty_of(session, record.id, name) for name in (SIGNING, FILING))
    assert signing is not None
    assert signing.done_at is not None
    assert in_china(signing.done_at).date() == signed
    assert filing is not None
    assert (filing.due_on, filing.who) == (signed + 10 * A_DAY, "manager")
    receipt = company.Paper(signed + A_DAY, Upload("回执.pdf", PDF))
    company.file_contract(session, deed(record), receipt, keys, now=later)
    assert filing.done_at is not None
    for verb in (company.sign_contract, company.file_contract):
        with pytest.raises(WrongStep, match="登记过"):
            verb(session, deed(record), receipt, keys, now=later)
    assert told(session, record) == ["duty.done", "duty.done"]


def test_sixty_days_run_from_the_service_and_end_with_the_hand_over(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    record = resolved(session, estate.estate, now, title="解聘现任物业服务企业", matter=4)
    served = in_china(now).date()
    notice = company.Paper(served, Upload("通知.pdf", PDF))
    company.serve_notice(session, deed(record), notice, keys, now=now)
    duty = duty_of(session, record.id, DISMISSAL)
    assert duty is not None
    assert (duty.due_on, duty.done_at) == (served + 60 * A_DAY, None)
    with pytest.raises(WrongStep):
        company.serve_notice(session, deed(record), notice, keys, now=now)
    empty = company.Handing("甲公司", "业委会", ())
    with pytest.raises(Incomplete, match="每行一项"):
        company.begin_handover(session, deed(record), empty, keys, now=now)
    lines = (("竣工图纸", "1套"), ("配电室钥匙", ""))
    handing = company.Handing("甲公司", "业委会", lines)
    company.begin_handover(session, deed(record), handing, keys, now=now)
    handover = session.get_one(HandoverRecord, record.id)
    assert handover.due_on == duty.due_on
    received = company.Received("周明华", served)
    first, second = handover.items
    company.receive(session, deed(record), first.id, received, keys, now=now)
    with pytest.raises(WrongStep):
        company.receive(session, deed(record), first.id, received, keys, now=now)
    assert handover.done_at is None
    assert duty.done_at is None
    company.receive(session, deed(record), second.id, received, keys, now=now)
    assert handover.done_at == now
    assert duty.done_at == now
    assert told(session, record) == [
        "resolution.noticed",
        "handover.begun",
        "handover.item",
        "handover.item",
        "handover.done",
    ]


@pytest.mark.parametrize(
    ("matter", "outcome"), [(5, "passed"), (4, "rejected")], ids=["fund", "failed"]
)
def test_only_a_choice_of_manager_that_passed_leads_to_a_contract(
    session: Session, keys: Keys, estate: Registered, now: datetime, matter: int, outcome: str
) -> None:
    record = resolved(session, estate.estate, now, title="x", matter=matter, outcome=outcome)
    paper = company.Paper(in_china(now).date(), CONTRACT)
    for verb in (company.sign_contract, company.serve_notice):
        with pytest.raises(WrongStep, match="物业服务企业"):
            verb(session, deed(record), paper, keys, now=now)


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (queries.Search(), {"聘用甲公司", "修改规约", "更换门禁", "续筹"}),
        (queries.Search(words="甲公司"), {"聘用甲公司"}),
        (queries.Search(words="%"), set()),
        (queries.Search(body="committee"), {"更换门禁"}),
        (queries.Search(outcome="passed"), {"聘用甲公司", "更换门禁", "续筹"}),
        (queries.Search(outcome="failed"), {"修改规约"}),
        (queries.Search(matter="6"), {"续筹"}),
        (queries.Search(state="revoked"), {"续筹"}),
        (queries.Search(state="standing"), {"聘用甲公司", "更换门禁"}),
        (queries.Search(year="2027"), {"更换门禁"}),
        (queries.Search(year="2026", outcome="passed"), {"聘用甲公司", "续筹"}),
        (queries.Search(year="x", matter="甲"), {"聘用甲公司", "修改规约", "更换门禁", "续筹"}),
    ],
    ids=lambda value: "" if isinstance(value, set) else repr(value),
)
def test_the_register_is_searched_and_filtered(
    session: Session,
    estate: Registered,
    now: datetime,
    search: queries.Search,
    expected: set[str],
) -> None:
    held = estate.estate
    resolved(session, held, now, title="聘用甲公司", matter=4)
    resolved(session, held, now, title="修改规约", matter=2, outcome="rejected")
    resolved(session, held, now + 365 * A_DAY, title="更换门禁", matter=0, body="committee")
    raised = resolved(session, held, now, title="续筹", matter=6)
    change_state(session, raised.id, "revoked", raised.id, "违法", now=now)
    resolved(session, registered(session, now).estate, now, title="别的小区")
    found = queries.lines(session, held, search, now=now)
    assert {one.title for one in found} == expected


@pytest.mark.parametrize(
    ("days", "late", "words"),
    [(2, 0, "还有 1 项待办"), (3, 0, "还有 1 项待办"), (4, 1, "还有 1 项待办，其中 1 项逾期")],
    ids=["the day before", "the last day", "the day after"],
)
def test_a_line_counts_what_is_late(
    session: Session, estate: Registered, now: datetime, days: int, late: int, words: str
) -> None:
    record = resolved(session, estate.estate, now, title="聘用甲公司", matter=4)
    opened(session, record, POSTING, now=now)
    (line,) = queries.lines(session, estate.estate, queries.Search(), now=now + days * A_DAY)
    assert (line.open, line.late, line.duties_zh) == (1, late, words)


@pytest.mark.parametrize(
    ("days", "words"),
    [(364, "还有 1 天"), (365, "今天是最后一天"), (366, "一年期限已过")],
    ids=["the day before", "the last day", "the day after"],
)
def test_the_year_to_sue_is_counted_down_in_words(now: datetime, days: int, words: str) -> None:
    until = now + 365 * A_DAY
    assert resolution_queries.challenge_words(until, now + days * A_DAY) == words
