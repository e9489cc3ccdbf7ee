"""Posted forms of the meetings room, all but the one of a meeting that is held."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import request
from wtforms import (
    FieldList,
    FileField,
    Form,
    FormField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length

from assemblies.foundation.fields import NEEDED, WRITTEN, in_shanghai, moment_field, upload_of
from assemblies.foundation.forms import VerbForm, offered
from assemblies.meetings.drafts import SUSPENDED, Call, Point, Posted, Told
from assemblies.meetings.shown import Attendant, PointView

PICTURES = ".jpg,.jpeg,.png,.pdf"
MOST_POINTS = 20


class PointRow(Form):
    """One point of an agenda; an empty row is none."""

    title = StringField("议题", [Length(max=100)])
    text = TextAreaField("要决定的内容", [Length(max=5000)])


class AgendaForm(VerbForm):
    """The points of an agenda; pressing `more` only asks for one more row."""

    points = FieldList(FormField(PointRow), min_entries=1, max_entries=MOST_POINTS)

    def __init__(self, points: Iterable[PointView] = (), **kwargs: Any) -> None:
        """Show what is recorded until something is sent."""
        recorded = [{"title": one.title, "text": one.text} for one in points]
        super().__init__(**({"points": recorded} if recorded else {}), **kwargs)

    def sent_and_valid(self) -> bool:
        """Say whether the form is whole; one more row is no sending."""
        if request.form.get("more"):
            if len(self.points) < MOST_POINTS:
                self.points.append_entry()
            return False
        return super().sent_and_valid()

    def written(self) -> tuple[Point, ...]:
        """Return the points as they were written, the empty rows too."""
        rows = (row.form for row in self.points)
        return tuple(Point(row.title.data or "", row.text.data or "") for row in rows)


class CallForm(AgendaForm):
    """A meeting to be called: what about, where, when, and who asked for it."""

    title = StringField(
        "会议主题", [WRITTEN, Length(max=60)], description="例如：讨论电梯维修和第三季度账目"
    )
    place = StringField("地点", [WRITTEN, Length(max=100)], description="例如：小区党群服务站二楼")
    planned = moment_field("开会时间")
    points = FieldList(FormField(PointRow), min_entries=3, max_entries=MOST_POINTS)
    asked = SelectMultipleField("由委员提议的临时会议，请勾选提议的人")

    def __init__(self, members: tuple[Attendant, ...], **kwargs: Any) -> None:
        """Offer the members who may ask for an extra meeting."""
        super().__init__(**kwargs)
        self.asked.choices = offered(
            (str(one.id), one.name) for one in members if one.state != SUSPENDED
        )

    def call(self) -> Call:
        """Return what was filled in."""
        return Call(
            title=self.title.data or "",
            place=self.place.data or "",
            planned=in_shanghai(self.planned.data),
            points=self.written(),
            asked_by=tuple(UUID(one) for one in self.asked.data or ()),
        )


class MoveForm(VerbForm):
    """A later time, and the place."""

    planned = moment_field("改到什么时间", "只能往后改")
    place = StringField("地点", [WRITTEN, Length(max=100)])

    def moment(self) -> datetime:
        """Return the new time."""
        return in_shanghai(self.planned.data)


class CancelForm(VerbForm):
    """Why a meeting is cancelled."""

    why = TextAreaField("为什么取消", [WRITTEN, Length(max=300)])


class PosterForm(VerbForm):
    """Where a paper hangs, with the photograph of it."""

    where = StringField(
        "张贴在哪里", [WRITTEN, Length(max=100)], description="例如：1号楼至6号楼各单元公告栏"
    )
    photograph = FileField(
        "张贴现场的照片",
        description="JPEG、PNG 或 PDF，不超过 10 MB",
        render_kw={"accept": PICTURES},
    )

    def posted(self) -> Posted:
        """Return the place with the photograph, unchecked, if one was sent."""
        return Posted(self.where.data or "", upload_of(self.photograph))


class MinutesPosterForm(PosterForm):
    """Where the minutes hang; here the photograph is a must."""

    photograph = FileField(
        "张贴现场的照片",
        [NEEDED],
        description="要看得清纪要和张贴的位置。JPEG、PNG 或 PDF，不超过 10 MB",
        render_kw={"accept": PICTURES},
    )


class ToldForm(VerbForm):
    """Whom of the residents' committee one told, and when."""

    whom = StringField(
        "告知了谁",
        [WRITTEN, Length(max=100)],
        description="例如：和平里社区居民委员会王主任（送达会议通知）",
    )
    at = moment_field("告知时间")

    def told(self) -> Told:
        """Return what was filled in."""
        return Told(self.whom.data or "", in_shanghai(self.at.data))


class ConfirmForm(VerbForm):
    """A member's word on the minutes, with a remark if they see something otherwise."""

    note = TextAreaField("补充或保留意见", description="会原样印在纪要上")
