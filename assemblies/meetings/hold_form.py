"""The form of a meeting that took place: one vote a member present on each point of its agenda."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import request
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from assemblies.foundation.fields import NEEDED, in_shanghai, moment_field, on_the_wall
from assemblies.foundation.forms import VerbForm, offered
from assemblies.foundation.pictures import Option
from assemblies.meetings.drafts import SUSPENDED, VOTES_ZH, Held
from assemblies.meetings.shown import Attendant, MeetingView, PointView

PUT_OFF = "put-off"
CHOICES = tuple(Option(value, word) for value, word in VOTES_ZH.items())


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One member's vote on one point, as the page asks for it."""

    field: str
    name: str
    chosen: str


@dataclass(frozen=True, slots=True)
class PointRows:
    """A point with a row for every member present; `put_off` is the field that skips it."""

    point: PointView
    rows: tuple[VoteRow, ...]
    put_off: str
    skipped: bool


def came(members: Sequence[Attendant]) -> tuple[Attendant, ...]:
    """Return the members whom the address names as present; the suspended never are."""
    named = set(request.args.getlist("present"))
    return tuple(one for one in members if str(one.id) in named and one.state != SUSPENDED)


class HoldForm(VerbForm):
    """What happened besides the votes, and the votes read by their fields' names."""

    at = moment_field("实际开会时间")
    chair = SelectField("主持人", [NEEDED])
    recorder = StringField("记录人", [Length(max=40)])
    guests = StringField(
        "列席人员",
        [Length(max=300)],
        description="候补委员、社区、物业等，不计入到会人数，例如：社区居委会王主任",
    )
    talk = TextAreaField("讨论情况", [Length(max=5000)], description="主要意见，会印在纪要上")

    def __init__(
        self, view: MeetingView, present: tuple[Attendant, ...], now: datetime, **kwargs: Any
    ) -> None:
        """Offer those present as the chair; the planned time stands until another is sent."""
        super().__init__(data={"at": on_the_wall(min(view.planned, now))}, **kwargs)
        self.view, self.present = view, present
        self.chair.choices = offered((one.name, f"{one.name}（{one.post}）") for one in present)
        if not present:
            del self.chair

    def rows(self) -> tuple[PointRows, ...]:
        """Return each point with a row for every member present, filled as it was sent."""
        return tuple(self._rows(point) for point in self.view.points)

    def _rows(self, point: PointView) -> PointRows:
        rows = (
            VoteRow(field, one.name, request.form.get(field, ""))
            for one in self.present
            for field in (_field(point, one),)
        )
        put_off = f"{PUT_OFF}-{point.number}"
        return PointRows(point, tuple(rows), put_off, put_off in request.form)

    def held(self, *, decides: bool) -> Held:
        """Return the meeting as it was filled in; one that cannot decide puts everything off."""
        decided = [one.point for one in self.rows() if decides and not one.skipped]
        return Held(
            at=in_shanghai(self.at.data),
            present=tuple(one.id for one in self.present),
            votes={point.id: self._votes(point) for point in decided},
            put_off=frozenset(one.id for one in self.view.points if one not in decided),
            chaired_by=(self.chair.data or "") if "chair" in self else "",
            recorded_by=self.recorder.data or "",
            guests=self.guests.data or "",
            summary=self.talk.data or "",
        )

    def _votes(self, point: PointView) -> dict[UUID, str]:
        sent = ((one.id, request.form.get(_field(point, one), "")) for one in self.present)
        return {member: vote for member, vote in sent if vote}


def _field(point: PointView, member: Attendant) -> str:
    return f"vote-{point.number}-{member.id}"
