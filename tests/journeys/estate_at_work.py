"""An estate whose committee is in office with its seals and accounts, for journeys that follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from assemblies.agendas.services.calendar import plan_dates
from assemblies.agendas.services.drafts import Answer, AnswerKind, Dates
from assemblies.agendas.services.posting import post
from assemblies.agendas.services.review import record_review
from assemblies.agendas.services.rules import record_rules
from assemblies.cli import demo_agendas, demo_staff, rehearsal
from assemblies.cli.affairs import money, office, stamping
from assemblies.cli.affairs.stage import Stage
from assemblies.cli.rehearsal import A_DAY, AN_HOUR, Calendar, Crowd, Script
from assemblies.committees import drafts
from assemblies.committees.services import entering, members
from assemblies.foundation.acting import Acting
from assemblies.meetings.drafts import Point
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.committees import members_in_office
from assemblies.records.people import AccountRecord
from assemblies.staff import services as staff
from tests.journeys.people import PASSWORD
from tests.support.live import LiveSite
from voting.agenda import Item
from voting.ballot import Choice
from voting.log.seals import SealKind
from voting.roll import Voter
from voting.tally import AGREE

POSTS = (drafts.Post.CHAIR, drafts.Post.VICE)


@dataclass(slots=True)
class Work:
    """The running site with its team."""

    live: LiveSite
    team: demo_staff.Team

    @property
    def estate(self) -> str:
        return f"/estates/{self.team.estate}"

    def name(self, username: str) -> str:
        return next(
            one.post.display_name for one in self.team.sign_ins if one.post.username == username
        )

    def hold(
        self, assembly: UUID, posted: date, chooses: object = None, *, days_open: int = 6
    ) -> datetime:
        """Post, freeze, vote with real keys, count and publish a drafted assembly."""
        site, calendar = self.live.site, Calendar.of(posted, days_open=days_open)
        officials = demo_staff.officials(self.team)
        script = Script(
            draft=demo_agendas.finished(2026, 1, officials, calendar).draft,
            motions=(),
            house=demo_agendas.HOUSE,
            officials=officials,
            calendar=calendar,
            crowd=Crowd(comes=_everybody, chooses=chooses or _agrees),  # type: ignore[arg-type]
        )
        with site.database.writing() as session:
            told = calendar.posted - 2 * AN_HOUR
            record_rules(session, assembly, "shandong", script.house, now=told)
            dates = Dates(calendar.posted, calendar.opens, calendar.closes)
            plan_dates(session, assembly, dates, now=told)
            answer = Answer(officials.community, AnswerKind.CONSENT, "", told)
            record_review(session, assembly, answer, site.keys, now=told)
            post(session, assembly, site.keys, now=calendar.posted)
            rehearsal.freeze(session, site.keys, assembly, script)
            casts = rehearsal.vote(
                session, site.keys, assembly, script, until=calendar.closes - timedelta(hours=1)
            )
            rehearsal.count(session, site.keys, assembly, script, casts)
            rehearsal.conclude(session, site.keys, assembly, script)
            published = session.get_one(AssemblyRecord, assembly).published_at
        assert published is not None
        return published

    def walk_to(self, moment: datetime) -> None:
        """Set the site's clock ahead to a moment."""
        clock = self.live.site.clock
        clock.ahead += moment - clock.now()


def settled(live: LiveSite) -> Work:
    """Found the demonstration's estate, its people all signing in with the journeys' password."""
    site = live.site
    with site.database.writing() as session:
        team = demo_staff.settle(session, site.keys, now=site.clock.now() - 9 * A_DAY)
        for account in session.execute(select(AccountRecord.id)).scalars():
            staff.set_password(session, account, PASSWORD)
    return Work(live, team)


def at_work(live: LiveSite, points: Sequence[Point]) -> Work:
    """Return the estate with a committee in office, a decided meeting, seals and accounts."""
    work, site = settled(live), live.site
    now = site.clock.now()
    with site.database.writing() as session:
        stage = Stage(session, site.keys, work.team)
        _seat(stage, now - 8 * A_DAY)
        money.open_fund(stage, now=now - 8 * A_DAY + AN_HOUR)
        called, planned = now - 7 * A_DAY, now - 3 * A_DAY
        office.meet(stage, "第一次会议", points, called=called, planned=planned)
        seals = stamping.carve(stage, now=now - A_DAY)
    assert set(seals) == set(SealKind)
    return work


def _seat(stage: Stage, now: datetime) -> None:
    acting = Acting(stage.estate, stage.who("director"), stage.keys)
    seats = tuple(
        drafts.Seat(
            drafts.Facts(stage.name(username), f"1号楼1单元{place + 1}01", party=place < 3),
            POSTS[place] if place < len(POSTS) else drafts.Post.MEMBER,
        )
        for place, username in enumerate(office.SEATED)
    )
    began = now.date() - timedelta(days=30)
    entered = drafts.Entered(
        number=1,
        seats=len(seats),
        began_on=began,
        ends_on=began + timedelta(days=3 * 365),
        basis="第一届业主委员会备案证明",
        members=seats,
    )
    entering.enter_term(stage.session, acting, entered, now=now)
    by_name = {stage.name(username): username for username in office.SEATED}
    for member in members_in_office(stage.session, stage.estate):
        account = stage.team.account(by_name[member.name])
        members.connect(stage.session, acting, member.id, account, now=now)


def _everybody(_number: int, _voter: Voter) -> bool:
    return True


def _agrees(_number: int, _item: Item) -> Choice:
    return AGREE
