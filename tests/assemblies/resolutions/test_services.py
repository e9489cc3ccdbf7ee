"""From the preliminary result to the publication: objections, verification, number, bundles."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import AssemblyRecord, DocumentRecord
from assemblies.records.objections import Objection
from assemblies.records.resolutions import ResolutionRecord
from assemblies.resolutions import papers
from assemblies.resolutions.queries import results as queries
from assemblies.resolutions.services import results as services
from tests.support.counted import Vote, begun
from voting.bundle import Edition
from voting.verify.audit import verify

A_SECOND = timedelta(seconds=1)


def counted(session: Session, keys: Keys, now: datetime) -> Vote:
    vote = begun(session, keys, now)
    for letter in vote.frozen.letters:
        vote.cast(letter)
    vote.result()
    return vote


def until(vote: Vote) -> datetime:
    record = vote.session.get_one(AssemblyRecord, vote.frozen.assembly)
    assert record.objections_until is not None
    return record.objections_until


def certified(session: Session, keys: Keys, now: datetime) -> Vote:
    vote = counted(session, keys, now)
    services.certify(session, vote.frozen.assembly, "示例街道办事处", "", keys, now=until(vote))
    return vote


def published(session: Session, keys: Keys, now: datetime) -> Vote:
    vote = certified(session, keys, now)
    services.publish(session, vote.frozen.assembly, keys, now=until(vote) + A_SECOND)
    return vote


def test_certifying_waits_for_the_end_of_the_posting(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = counted(session, keys, now)
    with pytest.raises(WrongStep, match="公示"):
        services.certify(
            session, vote.frozen.assembly, "街道", "", keys, now=until(vote) - A_SECOND
        )


def test_an_objection_in_time_must_be_answered_before_certifying(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = counted(session, keys, now)
    assembly, end = vote.frozen.assembly, until(vote)
    raised = services.object_to_result(
        session, assembly, Objection("有人冒投", ""), keys, now=end - A_SECOND
    )
    with pytest.raises(WrongStep, match="异议"):
        services.certify(session, assembly, "街道", "", keys, now=end)
    services.answer(session, assembly, raised, "经核对签名无误。", keys, now=end)
    services.certify(session, assembly, "街道", "", keys, now=end)
    with pytest.raises(WrongStep):
        services.object_to_result(session, assembly, Objection("再提", ""), keys, now=end)


def test_a_result_that_was_edited_in_the_database_is_not_certified(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = counted(session, keys, now)
    document = session.get_one(DocumentRecord, (vote.frozen.assembly, "result.json"))
    document.content = document.content.replace(b'"outcome":"passed"', b'"outcome":"rejected"')
    session.flush()
    report = services.examine(session, vote.frozen.assembly, keys)
    assert not report.holds
    with pytest.raises(Incomplete, match="核验"):
        services.certify(session, vote.frozen.assembly, "街道", "", keys, now=until(vote))


def test_a_weight_edited_in_the_frozen_roll_shows_as_tampering(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = counted(session, keys, now)
    document = session.get_one(DocumentRecord, (vote.frozen.assembly, "roll.jsonl"))
    area = str(vote.frozen.roll.voters[0].parts[0].area)
    document.content = document.content.replace(area.encode(), b"9" * len(area), 1)
    session.flush()
    assert not services.examine(session, vote.frozen.assembly, keys).holds


def test_publication_gives_each_item_a_number_and_a_year_to_sue(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = published(session, keys, now)
    held = session.execute(select(ResolutionRecord)).scalars().all()
    assert len(held) == len(vote.frozen.agenda.items)
    for one in held:
        assert one.number.startswith("和平里小区（示例）业决〔2026〕1号-")
        assert one.challengeable_until.year == one.published_at.year + 1


def test_publishing_twice_or_before_certifying_is_refused(
    session: Session, keys: Keys, now: datetime
) -> None:
    vote = counted(session, keys, now)
    with pytest.raises(WrongStep):
        services.publish(session, vote.frozen.assembly, keys, now=until(vote))
    services.certify(session, vote.frozen.assembly, "街道", "", keys, now=until(vote))
    services.publish(session, vote.frozen.assembly, keys, now=until(vote))
    with pytest.raises(WrongStep):
        services.publish(session, vote.frozen.assembly, keys, now=until(vote))


@pytest.mark.parametrize("edition", Edition)
def test_both_bundles_verify_and_the_public_one_holds_no_choice(
    session: Session, keys: Keys, now: datetime, edition: Edition
) -> None:
    vote = published(session, keys, now)
    data = queries.bundle_of(session, vote.frozen.assembly, keys, edition)
    report = verify(data)
    assert report.holds, report
    assert (b'"token"' in data) is (edition is Edition.AUDIT)


def test_papers_are_made_from_the_result(session: Session, keys: Keys, now: datetime) -> None:
    vote = published(session, keys, now)
    page = queries.page(session, vote.frozen.assembly)
    notice = papers.result_notice_pdf(page, "http://localhost:8000")
    assert notice.startswith(b"%PDF")
    assert papers.summary_xlsx(page).startswith(b"PK")
