"""Posted forms about members: posts, accounts, what ends or rests a membership, an older term."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from wtforms import (
    DateField,
    FieldList,
    FileField,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from assemblies.committees.drafts import Entered, Facts, PartyBranch, Post, Seat
from assemblies.committees.election_forms import PAPERS, day_of
from assemblies.committees.queries.house import MemberLine
from assemblies.committees.queries.standing import Plan
from assemblies.foundation.fields import NEEDED, WRITTEN, upload_of
from assemblies.foundation.forms import CHINESE, VerbForm, offered

POSTS = tuple((post.value, post.words) for post in Post)
ALTERNATE = "alternate"
ROWS = 13


class PostsForm(VerbForm):
    """Who holds which post, by which decision of the committee; one field for each member."""

    basis = SelectField("依据（业委会会议决议）", validators=[NEEDED])

    def posts(self) -> dict[UUID, Post]:
        """Return what was chosen."""
        return {
            UUID(name.removeprefix("post_")): Post(field.data)
            for name, field in self._fields.items()
            if name.startswith("post_")
        }


def posts_form(members: Sequence[MemberLine], decisions: Sequence[Plan]) -> PostsForm:
    """Return the form of posts with a field for each member."""
    words = {post.words: post.value for post in Post}
    fields = {
        f"post_{one.id}": RadioField(
            one.name, choices=offered(POSTS), default=words.get(one.post, Post.MEMBER.value)
        )
        for one in members
    }
    form = cast(type[PostsForm], type("BoundPostsForm", (PostsForm,), fields))()
    form.basis.choices = offered((str(one.id), one.words) for one in decisions)
    return form


class AccountForm(VerbForm):
    """With which account a member signs."""

    account = SelectField("签字账号")

    def offering(self, accounts: Sequence[Plan]) -> "AccountForm":
        """Offer the accounts that may sign at this estate."""
        pairs = [("", "不关联")] + [(str(one.id), one.words) for one in accounts]
        self.account.choices = offered(pairs)
        return self

    def chosen(self) -> UUID | None:
        """Return the account, None to take it away."""
        return UUID(self.account.data) if self.account.data else None


class ResignForm(VerbForm):
    """A resignation with its letter."""

    on = DateField("辞职日期", [NEEDED])
    letter = FileField("本人签字的辞职书", [NEEDED], render_kw=PAPERS)


class LostForm(VerbForm):
    """Since when a member owns nothing here."""

    since = DateField("不再是业主的日期", [NEEDED])


class SuspendForm(VerbForm):
    """Why a member's duties rest, and the proof that owners were told."""

    why = StringField("原因", [WRITTEN, Length(max=200)])
    posting = FileField("在小区公示的照片", [NEEDED], render_kw=PAPERS)


class RemoveForm(VerbForm):
    """By which resolution of the owners a membership ends."""

    basis = SelectField("业主大会的决议", validators=[NEEDED])

    def offering(self, resolutions: Sequence[Plan]) -> "RemoveForm":
        """Offer the owners' passed resolutions on their committee."""
        self.basis.choices = offered((str(one.id), one.words) for one in resolutions)
        return self


class SubstituteForm(VerbForm):
    """Which alternate steps in, where equals stand first."""

    chosen = SelectField("由谁递补", validators=[Optional()])

    def offering(self, first: Sequence[Plan]) -> "SubstituteForm":
        """Offer who stands first."""
        ask = [("", "请选择")] if len(first) > 1 else []
        self.chosen.choices = offered([*ask, *((str(one.id), one.words) for one in first)])
        return self

    def alternate(self) -> UUID | None:
        """Return the alternate."""
        return UUID(self.chosen.data) if self.chosen.data else None


class PartyForm(VerbForm):
    """The committee's organisation of the party."""

    branch = RadioField(
        "党组织", choices=offered((one.value, one.words) for one in PartyBranch),
        validators=[NEEDED],
    )  # fmt: skip
    name = StringField("党组织名称", [Length(max=60)], description="没有建立的不用填")


class SeatForm(Form):
    """One member of a committee that is entered; a row without a name is left out."""

    class Meta:
        """Say WTForms' own messages in Chinese."""

        locales = CHINESE

    name = StringField("姓名", [Optional(), Length(max=30)])
    room = StringField("房号", [Optional(), Length(max=40)])
    post = SelectField("职务", choices=offered((*POSTS, (ALTERNATE, "候补委员"))), default="member")
    party = SelectField("政治面貌", choices=offered((("no", "非中共党员"), ("yes", "中共党员"))))
    sex = SelectField("性别", choices=offered((("", "不填"), ("男", "男"), ("女", "女"))))
    born = IntegerField("出生年份", [Optional()])


class EnterForm(VerbForm):
    """A committee elected before this platform."""

    number = IntegerField("第几届", [InputRequired("请填写届次。"), NumberRange(1, 99)])
    seats = IntegerField("应选人数", [InputRequired("请填写应选人数。"), NumberRange(1, 99)])
    began_on = DateField("任期开始", [NEEDED])
    ends_on = DateField("任期届满", [NEEDED])
    basis = StringField(
        "依据", [WRITTEN, Length(max=100)], description="例如：备案证明的名称和编号"
    )
    proof = FileField("依据的扫描件", render_kw=PAPERS)
    people = FieldList(FormField(SeatForm), "委员", min_entries=ROWS, max_entries=31)

    def entered(self) -> Entered:
        """Return what was filled in."""
        seats = [_seat(entry.form) for entry in self.people if (entry.form.name.data or "").strip()]
        return Entered(
            number=self.number.data or 0,
            seats=self.seats.data or 0,
            began_on=day_of(self.began_on),
            ends_on=day_of(self.ends_on),
            basis=self.basis.data or "",
            members=tuple(seats),
            proof=upload_of(self.proof),
        )


def _seat(row: Any) -> Seat:
    facts = Facts(
        row.name.data, row.room.data or "", row.sex.data, row.born.data, row.party.data == "yes"
    )
    alternate = row.post.data == ALTERNATE
    return Seat(facts, Post.MEMBER if alternate else Post(row.post.data), alternate)
