"""The committee takes office: term, accounts, first meeting, posts, filing and certificate."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from assemblies.cli.affairs.pictures import on_the_door
from assemblies.cli.affairs.stage import Stage, paper
from assemblies.cli.rehearsal import A_DAY, AN_HOUR
from assemblies.committees import drafts
from assemblies.committees.services import filing, members, terms
from assemblies.foundation.acting import Acting
from assemblies.foundation.acting import Acting as Convening
from assemblies.foundation.clock import in_china
from assemblies.foundation.wording import day_text
from assemblies.meetings.drafts import AGREE, Call, Held, Point, Posted, Told
from assemblies.meetings.services import announcing, calling, holding, minutes
from assemblies.records.assemblies import ItemRecord
from assemblies.records.committees import MemberRecord, members_in_office
from assemblies.records.filings import FilingRecord
from assemblies.records.meetings import DecisionRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.resolutions.services import register
from assemblies.resolutions.services.register import Deed
from assemblies.resolutions.services.register import Posted as PostedDecision

HALL = "社区服务中心二楼会议室"
NOTICE_BOARDS = "小区南门公告栏和各单元门口"
SEATED = ("director", "vice", "keeper", "fourth", "fifth")
PRESENT = SEATED[:4]


def post_decisions(stage: Stage, assembly: UUID, *, now: datetime) -> None:
    """Hang every decision of an assembly on the door on the day it is published."""
    found = (
        select(ResolutionRecord.id)
        .join(ItemRecord, ResolutionRecord.item_id == ItemRecord.id)
        .where(ItemRecord.assembly_id == assembly)
        .order_by(ItemRecord.number)
    )
    for resolution in stage.session.execute(found).scalars().all():
        deed = Deed(stage.estate, resolution, stage.who("director"))
        posted = PostedDecision(NOTICE_BOARDS, in_china(now).date(), on_the_door())
        register.post(stage.session, deed, posted, stage.keys, now=now)


def take_office(stage: Stage, election: UUID, *, now: datetime) -> None:
    """Begin the term that an election made and connect every member's account."""
    acting = Acting(stage.estate, stage.who("director"), stage.keys)
    terms.begin_term(stage.session, acting, drafts.Beginning(election, months=36), now=now)
    by_name = {stage.name(username): username for username in SEATED}
    for member in members_in_office(stage.session, stage.estate):
        account = stage.team.account(by_name[member.name])
        members.connect(stage.session, acting, member.id, account, now=now)
    members.set_party(
        stage.session, acting, drafts.PartyBranch.JOINT, "和平里小区联合党支部", now=now
    )


def meet(
    stage: Stage, title: str, points: Sequence[Point], *, called: datetime, planned: datetime
) -> tuple[UUID, tuple[UUID, ...]]:
    """Call, announce, hold and post a meeting in which everybody agrees.

    Return the meeting and the register's entries of its decisions, in the order of the agenda.
    """
    session, acting = stage.session, Convening(stage.estate, stage.who("director"), stage.keys)
    meeting = calling.call(session, acting, Call(title, HALL, planned, tuple(points)), now=called)
    posted = Posted(NOTICE_BOARDS, on_the_door("议程张贴.png"))
    announcing.post_agenda(session, acting, meeting, posted, now=called + AN_HOUR)
    told = Told(f"{stage.name('community')}陈主任", called + AN_HOUR)
    announcing.tell_community(session, acting, meeting, told, now=called + AN_HOUR)
    _hold(stage, acting, meeting, planned)
    for step, username in enumerate(PRESENT):
        at = planned + (2 + step) * AN_HOUR
        account = stage.team.account(username)
        minutes.confirm(session, acting, meeting, account, "", now=at)
    posted = Posted(NOTICE_BOARDS, on_the_door("纪要张贴.png"))
    minutes.post(session, acting, meeting, posted, now=planned + A_DAY)
    return meeting, _decided(stage, meeting)


def _hold(stage: Stage, acting: Convening, meeting: UUID, planned: datetime) -> None:
    present = [_member(stage, username) for username in PRESENT]
    found = select(DecisionRecord.id).where(DecisionRecord.meeting_id == meeting)
    votes = {
        point: {member.id: AGREE for member in present}
        for point in stage.session.execute(found).scalars()
    }
    held = Held(
        at=planned,
        present=tuple(member.id for member in present),
        votes=votes,
        chaired_by=stage.name("director"),
        recorded_by=stage.name("vice"),
        guests=f"{stage.name('community')}陈主任列席",
        summary="委员逐项讨论后表决。",
    )
    holding.hold(stage.session, acting, meeting, held, now=planned + AN_HOUR)


def _decided(stage: Stage, meeting: UUID) -> tuple[UUID, ...]:
    found = (
        select(ResolutionRecord.id)
        .join(DecisionRecord, ResolutionRecord.decision_id == DecisionRecord.id)
        .where(DecisionRecord.meeting_id == meeting)
        .order_by(DecisionRecord.number)
    )
    return tuple(stage.session.execute(found).scalars())


def give_posts(stage: Stage, basis: UUID, *, now: datetime) -> None:
    """Give the posts that the first meeting chose."""
    acting = Acting(stage.estate, stage.who("director"), stage.keys)
    posts = {_member(stage, "director").id: drafts.Post.CHAIR}
    posts[_member(stage, "vice").id] = drafts.Post.VICE
    members.appoint(stage.session, acting, posts, basis, now=now)


def file(stage: Stage, *, now: datetime, certified: datetime) -> None:
    """Hand the filing in; the street takes it in and the authority certifies it."""
    session, acting = stage.session, Acting(stage.estate, stage.who("director"), stage.keys)
    found = select(FilingRecord.id).where(FilingRecord.kind == "new")
    record = session.execute(found).scalar_one()
    texts = (("rules", "业主大会议事规则"), ("covenant", "管理规约"))
    for kind, title in texts:
        upload = paper(
            f"{title}.pdf", title, "和平里小区业主大会", (f"{title}全文（演示）。",), now
        )
        filing.attach(session, acting, record, (kind, upload), now=now)
    filing.submit(session, acting, record, now=now)
    street = Acting(stage.estate, stage.who("street"), stage.keys)
    filing.accept(session, street, record, now=now + timedelta(days=2))
    office = Acting(stage.estate, stage.who("authority"), stage.keys)
    lines = (f"和平里小区业主委员会已于{day_text(certified)}备案（演示）。",)
    certificate = drafts.Certificate(
        number=f"示例业备〔{certified.year}〕18号",
        certificate=paper("备案证明.pdf", "备案证明", stage.name("authority"), lines, certified),
        carving=paper("刻章证明.pdf", "刻章证明", stage.name("authority"), lines, certified),
    )
    filing.certify(session, office, record, certificate, now=certified)


def _member(stage: Stage, username: str) -> MemberRecord:
    name = stage.name(username)
    seated = members_in_office(stage.session, stage.estate)
    return next(member for member in seated if member.name == name)
