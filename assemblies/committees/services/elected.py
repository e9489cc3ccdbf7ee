"""Who was elected: the frozen result of an election, matched with the candidates on record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.wording import area_text, heads_text
from assemblies.records.assemblies import AssemblyRecord, DocumentRecord, ItemRecord
from assemblies.records.committees import CandidateRecord
from assemblies.records.resolutions import ResolutionRecord
from voting import canonical
from voting.agenda import ItemKind
from voting.law.committees import alternates_allowed
from voting.law.elections import rank
from voting.law.majorities import Count
from voting.law.rules import Rules
from voting.result import ItemResult, Line, Result


@dataclass(frozen=True, slots=True)
class Elected:
    """Somebody whom the owners chose, with the votes that did it, in heads and dm²."""

    candidate: CandidateRecord
    agreed: Count


@dataclass(frozen=True, slots=True)
class Election:
    """A published election: its members and alternates in the order of their votes."""

    item: ItemRecord
    assembly: AssemblyRecord
    resolution: ResolutionRecord
    result: ItemResult
    decided_on: date
    members: tuple[Elected, ...]
    alternates: tuple[Elected, ...]


def election_of(session: Session, estate: UUID, committee: UUID, item: UUID) -> Election:
    """Read an election from its frozen result.

    Raises `NotFound` for another estate's item, `WrongStep` before its resolution is published,
    `Incomplete` where a winner is no candidate on record.
    """
    record, assembly, resolution = _published(session, estate, item)
    decided = in_china(assembly.certified_at or resolution.published_at).date()
    result = next(
        one for one in Result.decode(_paper(session, assembly, "result.json")).items
        if one.item == item
    )  # fmt: skip
    text = canonical.decode(_paper(session, assembly, "rules.json"))
    rules = Rules.from_json(text)
    lines = {line.id: line for line in result.lines}
    won = ranked([lines[one] for one in result.winners], rules)
    later = ranked(_passed_without_seat(result), rules)
    later = later[: alternates_allowed(result.seats, rules)]
    known = _candidates(session, committee, record)
    return Election(
        item=record,
        assembly=assembly,
        resolution=resolution,
        result=result,
        decided_on=decided,
        members=tuple(_matched(line, known) for line in won),
        alternates=tuple(_matched(line, known) for line in later),
    )


def require_beginnable(election: Election, *, leave_open: bool) -> None:
    """Let an election begin a term; raises `Incomplete` for none elected, and for a tie.

    Nobody is drawn by lot: the owners choose again among those who tie, or the seat stays open.
    """
    result = election.result
    if result.tied and not (leave_open and result.winners):
        names = "、".join(result.label(one) for one in result.tied)
        line = next(one for one in result.lines if one.id == result.tied[0])
        way = (
            "可以先勾选“并列的席位先空着”成立业主委员会，再"
            if result.winners
            else "请"
        )  # fmt: skip
        raise Incomplete(
            f"{names}得票相同（{heads_text(line.agreed.heads)}，{area_text(line.agreed.area)}），"
            f"争最后的席位，系统不抽签。{way}召开业主大会会议，在他们当中补选。"
        )
    if not result.winners:
        raise Incomplete("这次选举没有候选人同时达到户数和面积的要求，没有选出委员，请重新选举。")


def ranked(lines: list[Line], rules: Rules) -> list[Line]:
    """Return candidates by their votes, the most first; equals keep the order of the ballot."""
    return sorted(lines, key=lambda line: rank(line.agreed, rules), reverse=True)


def _passed_without_seat(result: ItemResult) -> list[Line]:
    seated = {*result.winners, *result.tied}
    return [line for line in result.lines if line.consent.holds and line.id not in seated]


def _published(
    session: Session, estate: UUID, item: UUID
) -> tuple[ItemRecord, AssemblyRecord, ResolutionRecord]:
    found = (
        select(ItemRecord, AssemblyRecord, ResolutionRecord)
        .join(AssemblyRecord, ItemRecord.assembly_id == AssemblyRecord.id)
        .outerjoin(ResolutionRecord, ResolutionRecord.item_id == ItemRecord.id)
        .where(ItemRecord.id == item, AssemblyRecord.estate_id == estate)
    )
    row = session.execute(found).one_or_none()
    if row is None or row[0].kind != ItemKind.ELECTION.value:
        raise NotFound
    record, assembly, resolution = row
    if resolution is None:
        raise WrongStep("选举结果还没有公布。街道核验、召集人公布之后，任期才开始。")
    if resolution.state == "revoked":
        raise WrongStep("这次选举的决定已经撤销，不能据此成立业主委员会。")
    return record, assembly, resolution


def _paper(session: Session, assembly: AssemblyRecord, name: str) -> bytes:
    return session.get_one(DocumentRecord, (assembly.id, name)).content


def _candidates(session: Session, committee: UUID, item: ItemRecord) -> list[CandidateRecord]:
    """Return whom this item could mean: its own candidates, and those on no agenda."""
    found = select(CandidateRecord).where(
        CandidateRecord.committee_id == committee, CandidateRecord.withdrawn_at.is_(None)
    )
    return [
        one for one in session.execute(found).scalars() if one.item_id in (None, item.id)
    ]  # fmt: skip


def _matched(line: Line, known: list[CandidateRecord]) -> Elected:
    """Find a winner by item and option, else by the exact name; raises `Incomplete`."""
    by_option = [one for one in known if one.item_id is not None and one.option == line.id]
    named = [one for one in known if one.name == line.label]
    found = by_option or named
    if len(found) != 1 or found[0].name != line.label:
        raise Incomplete(
            f"当选人“{line.label}”在候选人名单里{'不止一位' if len(found) > 1 else '找不到'}，"
            "请先在“候选人与联审”里补登资料，姓名要和选票上一致。"
        )
    return Elected(found[0], line.agreed)
