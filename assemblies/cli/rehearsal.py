"""A rehearsal: one assembly driven through the verbs of every room, each at its own moment.

`run` goes from the draft to the publication; the steps stand alone for those who stop between.
The caller owns the transaction. Nothing is written here but by the rooms' own services.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.agendas.services.assemblies import create_assembly
from assemblies.agendas.services.attachments import attach
from assemblies.agendas.services.calendar import plan_dates
from assemblies.agendas.services.drafts import Answer, AnswerKind, AssemblyDraft, Dates, ItemDraft
from assemblies.agendas.services.items import add_item
from assemblies.agendas.services.posting import post
from assemblies.agendas.services.review import record_review
from assemblies.agendas.services.rules import record_rules
from assemblies.cli.phones import Phone, let_in
from assemblies.counts import queries as counted
from assemblies.counts import services as counts
from assemblies.counts.queries import Frozen
from assemblies.foundation.clock import CHINA
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload
from assemblies.records.objections import Objection
from assemblies.resolutions.queries import results
from assemblies.resolutions.services import results as resolutions
from assemblies.rolls.services import objections as roll_objections
from assemblies.rolls.services.freezing import OpeningKey
from assemblies.rolls.services.freezing import freeze as freeze_roll
from assemblies.rolls.services.letters import issue_letters
from voting import sealing, signing
from voting.agenda import Item
from voting.ballot import Choice
from voting.law.house import HouseRules
from voting.log.entries import Receipt
from voting.roll import Voter
from voting.signing import PublicKey

POSTING, FREEZING, OPENING, CLOSING = time(9), time(10), time(8), time(20)
# Fifteen days of posting (PMR 14; SD 22), the day itself not counted, and one to spare.
POSTED_DAYS = timedelta(days=15)
A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
FIRST_SERIAL = 1
NOTE = "逐项核验无误。"


@dataclass(frozen=True, slots=True)
class Motion:
    """An item with the papers that voters read."""

    draft: ItemDraft
    papers: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class Complaint:
    """An objection, and how it was answered."""

    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Officials:
    """Who acts: the account that convenes, the names in the log, the keeper's passphrase."""

    convener: UUID
    community: str
    street: str
    keeper: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The moments of an assembly up to its closing."""

    begun: datetime
    posted: datetime
    frozen: datetime
    opens: datetime
    closes: datetime

    @staticmethod
    def of(posted: date, *, days_open: int) -> "Calendar":
        """Plan from the day of the posting, as the calendar of the law proposes."""
        frozen = posted + POSTED_DAYS
        opens = frozen + A_DAY
        return Calendar(
            begun=_at(posted - 3 * A_DAY, POSTING),
            posted=_at(posted, POSTING),
            frozen=_at(frozen, FREEZING),
            opens=_at(opens, OPENING),
            closes=_at(opens + days_open * A_DAY, CLOSING),
        )


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who comes to vote, and what they choose: both by a voter's place on the roll."""

    comes: Callable[[int, Voter], bool]
    chooses: Callable[[int, Item], Choice]
    # How many of them change their mind before the closing, and how many come back after it.
    again: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Script:
    """A whole assembly: what it is about and by which rules, who acts when, who comes to vote."""

    draft: AssemblyDraft
    motions: tuple[Motion, ...]
    house: HouseRules
    officials: Officials
    calendar: Calendar
    crowd: Crowd
    pack: str = "shandong"
    about_roll: Complaint | None = None
    about_result: Complaint | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """A voter's phone, what it chose, and the receipt it got."""

    number: int
    phone: Phone
    receipt: Receipt


def run(session: Session, keys: Keys, estate: UUID, script: Script) -> UUID:
    """Hold a whole assembly, from the draft to the publication, and return its id.

    Raises whatever a room refuses.
    """
    assembly = convene(session, keys, estate, script)
    freeze(session, keys, assembly, script)
    casts = vote(session, keys, assembly, script, until=script.calendar.closes)
    count(session, keys, assembly, script, casts)
    conclude(session, keys, assembly, script)
    return assembly


def convene(session: Session, keys: Keys, estate: UUID, script: Script) -> UUID:
    """Write the draft with all its items, have it reviewed, post it, and return its id."""
    calendar, officials = script.calendar, script.officials
    begun, told = calendar.begun, calendar.posted - A_DAY
    assembly = create_assembly(session, estate, script.draft, by=officials.convener, now=begun)
    for motion in script.motions:
        item = add_item(session, assembly, motion.draft)
        for paper in motion.papers:
            attach(session, assembly, item, paper)
    record_rules(session, assembly, script.pack, script.house, now=begun)
    dates = Dates(calendar.posted, calendar.opens, calendar.closes)
    plan_dates(session, assembly, dates, now=begun)
    answer = Answer(officials.community, AnswerKind.CONSENT, "", told)
    record_review(session, assembly, answer, keys, now=told)
    post(session, assembly, keys, now=calendar.posted)
    return assembly


def freeze(session: Session, keys: Keys, assembly: UUID, script: Script) -> None:
    """Answer what was said against the roll, freeze it with a new opening key, issue letters."""
    if script.about_roll is not None:
        said = Objection(script.about_roll.text, "")
        raised = script.calendar.posted + 4 * A_DAY
        objection = roll_objections.object_to_roll(session, assembly, said, keys, now=raised)
        reply = script.about_roll.answer
        roll_objections.answer(session, assembly, objection, reply, keys, now=raised + A_DAY)
    private = signing.new_key()
    wrapped = sealing.wrap_private(private, script.officials.passphrase)
    opening = OpeningKey(PublicKey.of(private), wrapped, script.officials.keeper)
    frozen = script.calendar.frozen
    freeze_roll(session, assembly, opening, keys, now=frozen)
    issue_letters(session, assembly, keys, now=frozen + AN_HOUR)


def vote(
    session: Session, keys: Keys, assembly: UUID, script: Script, *, until: datetime
) -> list[Cast]:
    """Let the crowd vote one after another from the opening on; some of them twice."""
    frozen, crowd = counted.frozen(session, assembly), script.crowd
    coming = [(n, voter) for n, voter in enumerate(frozen.roll) if crowd.comes(n, voter)]
    moments = _spread(script.calendar.opens, until, len(coming) + crowd.again)
    casts = []
    for (number, voter), now in zip(coming, moments, strict=False):
        code = keys.letter_code(str(voter.id), FIRST_SERIAL)
        phone = let_in(session, frozen, voter, code, keys, now=now)
        chosen = choices(frozen, voter, crowd, number)
        casts.append(Cast(number, phone, phone.cast(session, chosen, keys, now=now)))
    for cast, now in zip(casts[: crowd.again], moments[len(coming) :], strict=True):
        _cast_again(session, keys, cast, crowd, now=now)
    return casts


def choices(frozen: Frozen, voter: Voter, crowd: Crowd, number: int) -> Mapping[UUID, Choice]:
    """Return what a voter chooses on every item that concerns a part of theirs."""
    concerned = [item for item in frozen.agenda.items if voter.area_in(item.scope)]
    return {item.id: crowd.chooses(number, item) for item in concerned}


def count(
    session: Session, keys: Keys, assembly: UUID, script: Script, casts: Sequence[Cast]
) -> None:
    """Close on time, log those who come too late, open with the passphrase, count."""
    closes = script.calendar.closes
    counts.close_due(session, keys, now=closes)
    for cast in casts[: script.crowd.late]:
        _cast_again(session, keys, cast, script.crowd, now=closes + 10 * A_MINUTE)
    opened = closes + 13 * AN_HOUR
    wrapped = counted.meeting(session, assembly).wrapped
    private = sealing.unwrap_private(wrapped, script.officials.passphrase)
    jwk = sealing.private_jwk(private).decode()
    counts.open_ballots(session, assembly, jwk, keys, now=opened)
    counts.count(session, assembly, keys, now=opened + 5 * A_MINUTE)


def conclude(session: Session, keys: Keys, assembly: UUID, script: Script) -> str:
    """Answer what was said against the result, certify and publish it; return its number."""
    meeting = results.meeting(session, assembly)
    if script.about_result is not None:
        said = Objection(script.about_result.text, "")
        raised = meeting.counted_at + 2 * A_DAY
        objection = resolutions.object_to_result(session, assembly, said, keys, now=raised)
        reply = script.about_result.answer
        resolutions.answer(session, assembly, objection, reply, keys, now=raised + A_DAY)
    certified = meeting.objections_until + 9 * AN_HOUR
    by = script.officials.street
    resolutions.certify(session, assembly, by, NOTE, keys, now=certified)
    return resolutions.publish(session, assembly, keys, now=certified + A_DAY)


def _cast_again(session: Session, keys: Keys, cast: Cast, crowd: Crowd, *, now: datetime) -> None:
    """Choose as the next neighbour does, on the same phone."""
    phone = cast.phone
    voter = phone.frozen.roll.voter(phone.voter)
    chosen = choices(phone.frozen, voter, crowd, cast.number + 1)
    phone.cast(session, chosen, keys, now=now)


def _spread(first: datetime, last: datetime, number: int) -> list[datetime]:
    """Return so many moments in whole seconds, evenly between two."""
    step = (last - first) // (number + 1)
    return [(first + step * (n + 1)).replace(microsecond=0) for n in range(number)]


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, CHINA).astimezone(UTC)
