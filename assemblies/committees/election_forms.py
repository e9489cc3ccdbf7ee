"""Posted forms before an election: groups, candidates, reviews, the agenda."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from assemblies.committees.drafts import (
    Clause,
    Facts,
    Forming,
    GroupKind,
    Nomination,
    Nominator,
    Opinion,
    Person,
    Sender,
)
from assemblies.committees.queries.standing import Plan
from assemblies.foundation.fields import NEEDED, WRITTEN
from assemblies.foundation.forms import CHINESE, VerbForm, offered, uploads_of
from assemblies.foundation.refusals import Incomplete

PAPERS = {"accept": ".pdf,.jpg,.jpeg,.png"}
PEOPLE = 11
CLEAR, UNCLEAR = "clear", "unclear"


class AskGroupForm(VerbForm):
    """Since when a group is due."""

    kind = RadioField(
        "组建哪一种", choices=offered((one.value, one.words) for one in GroupKind),
        validators=[NEEDED],
    )  # fmt: skip
    asked_on = DateField(
        "具备条件或者提出申请的日期", [NEEDED], description="组建的期限从这一天起算"
    )


class PersonForm(Form):
    """One of a group's people; a row without a name is left out."""

    class Meta:
        """Say WTForms' own messages in Chinese."""

        locales = CHINESE

    name = StringField("姓名", [Optional(), Length(max=30)])
    sender = SelectField("代表", choices=offered((one.value, one.words) for one in Sender))
    owner = BooleanField("是本小区业主")
    head = BooleanField("组长")


class GroupForm(VerbForm):
    """A group as the street forms it."""

    formed_on = DateField("组建日期", [NEEDED])
    people = FieldList(FormField(PersonForm), "成员", min_entries=PEOPLE, max_entries=31)
    note = StringField("备注", [Length(max=200)])

    def forming(self) -> Forming:
        """Return what was filled in; rows without a name are left out."""
        people = []
        for row in (entry.form for entry in self.people):
            name = (row.name.data or "").strip()
            if name:
                sender = Sender(row.sender.data)
                people.append(Person(name, sender, row.owner.data, row.head.data))
        return Forming(day_of(self.formed_on), tuple(people), self.note.data or "")


class AnnounceForm(VerbForm):
    """When and how the names of a group were posted."""

    on = DateField("张贴日期", [NEEDED])
    proof = FileField("张贴的照片", [NEEDED], render_kw=PAPERS)


class EndForm(VerbForm):
    """Why a group's work ends."""

    why = StringField("结束的原因", [WRITTEN, Length(max=100)])


class CandidateForm(VerbForm):
    """A candidate with what was declared; the clauses of the negative list are added to it."""

    name = StringField("姓名", [WRITTEN, Length(max=30)])
    room = StringField("房号", [WRITTEN, Length(max=40)], description="例如：1号楼1单元101")
    sex = RadioField("性别", choices=offered((("男", "男"), ("女", "女"))), validators=[NEEDED])
    born = IntegerField("出生年份", [InputRequired("请写四位数字的年份。")])
    party = RadioField(
        "政治面貌",
        choices=offered((("yes", "中共党员"), ("no", "非中共党员"))),
        validators=[NEEDED],
    )
    phone = TelField(
        "联系电话", [Length(max=20)], description="加密保存，只有业委会和监管人员看得到"
    )
    nominator = RadioField(
        "怎么推荐的", choices=offered((one.value, one.words) for one in Nominator),
        validators=[NEEDED],
    )  # fmt: skip
    statement = TextAreaField(
        "本人说明", [Length(max=500)], description="会印在选票和公告上，给业主看"
    )
    papers = MultipleFileField(
        "附件", description="推荐表、承诺书、产权证明等，PDF 或照片", render_kw=PAPERS
    )

    def clauses(self) -> Iterator[tuple[Field, Field]]:
        """Return the fields of every clause: its answer and its note."""
        for place in range(len([name for name in self._fields if name.startswith("clause_")])):
            yield self._fields[f"clause_{place}"], self._fields[f"note_{place}"]

    def nomination(self) -> Nomination:
        """Return what was filled in."""
        answers = {
            place: Clause(answer.data == CLEAR, note.data or "")
            for place, (answer, note) in enumerate(self.clauses())
        }
        facts = Facts(
            self.name.data or "",
            self.room.data or "",
            self.sex.data or "",
            self.born.data,
            self.party.data == "yes",
            self.phone.data or "",
        )
        return Nomination(
            facts,
            Nominator(self.nominator.data),
            self.statement.data or "",
            answers,
            uploads_of(self.papers),
        )


def candidate_form(clauses: Sequence[str], **kwargs: Any) -> CandidateForm:
    """Return the form of a candidate with a question for every clause of the negative list."""
    fields: dict[str, object] = {}
    choices = ((CLEAR, "没有这种情形"), (UNCLEAR, "有，或者不清楚"))
    for place, clause in enumerate(clauses):
        fields[f"clause_{place}"] = RadioField(
            clause, choices=offered(choices), validators=[InputRequired("请核对这一条。")]
        )
        fields[f"note_{place}"] = StringField("情况说明", [Length(max=200)])
    bound = cast(type[CandidateForm], type("BoundCandidateForm", (CandidateForm,), fields))
    return bound(**kwargs)


class ReviewForm(VerbForm):
    """One department's opinion."""

    department = SelectField("部门", validators=[NEEDED])
    opinion = RadioField(
        "意见",
        choices=offered((("clear", "没有发现不宜任职的情况"), ("doubt", "有疑点"))),
        validators=[NEEDED],
    )
    text = TextAreaField("说明", [Length(max=300)], description="有疑点的，请写明是什么情况")

    def asking(self, departments: Sequence[str]) -> "ReviewForm":
        """Offer the departments of the city."""
        self.department.choices = offered((one, one) for one in departments)
        return self

    def given(self) -> Opinion:
        """Return what was filled in."""
        return Opinion(self.department.data, self.opinion.data == "clear", self.text.data or "")


class AgendaForm(VerbForm):
    """Which candidates stand in which assembly, for how many seats."""

    assembly = SelectField("列入哪一次会议", validators=[NEEDED])
    seats = IntegerField("应选人数", [InputRequired("请填写应选人数。")])
    candidates = SelectMultipleField("候选人", [InputRequired("请至少选一名候选人。")])

    def offering(self, assemblies: Sequence[Plan], candidates: Sequence[Plan]) -> "AgendaForm":
        """Offer the draft assemblies and the candidates who stand."""
        self.assembly.choices = offered((str(one.id), one.words) for one in assemblies)
        self.candidates.choices = offered((str(one.id), one.words) for one in candidates)
        return self

    def chosen(self) -> tuple[UUID, ...]:
        """Return the candidates who were chosen."""
        return tuple(UUID(one) for one in self.candidates.data or ())


class BeginForm(VerbForm):
    """Which published election begins the term."""

    item = SelectField("依据哪一次选举", validators=[NEEDED])
    how = RadioField(
        "登记为",
        choices=offered((("term", "新一届业主委员会"), ("seats", "补选，进入本届空缺的席位"))),
        default="term",
        validate_choice=False,
    )
    months = IntegerField("任期（月）", [Optional()], description="不填按最长任期")
    leave_open = BooleanField("有并列得票时，并列的席位先空着")

    def offering(self, elections: Sequence[Plan]) -> "BeginForm":
        """Offer the published elections."""
        self.item.choices = offered((str(one.id), one.words) for one in elections)
        return self


def day_of(field: DateField) -> date:
    """Return the day of a field; raises `Incomplete` for none."""
    if field.data is None:
        raise Incomplete("请填写日期。")
    return field.data
