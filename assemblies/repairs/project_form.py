"""The forms of a project: what is repaired and who owns it, the questions, and the plan."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import (
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from assemblies.foundation.fields import NEEDED, WRITTEN, upload_of
from assemblies.foundation.forms import MoneyField, VerbForm, offered, uploads_of
from assemblies.foundation.scope_form import ScopeForm, scope_data
from assemblies.foundation.wording import money_text
from assemblies.repairs.forms import PAPERS, SIZES
from assemblies.repairs.queries.projects import Project
from assemblies.repairs.queries.register import USES, Register
from assemblies.repairs.queries.values import Authority
from assemblies.repairs.queries.words import PATHS
from assemblies.repairs.services.drafts import (
    AnswerDraft,
    LineDraft,
    PlanDraft,
    ProjectDraft,
    QuoteDraft,
)

FEWEST_LINES, FEWEST_QUOTES, MOST_ROWS = 3, 2, 40


class ProjectForm(ScopeForm):
    """What is repaired, why, and who owns it in common."""

    title = StringField(
        "项目名称", [WRITTEN, Length(max=60)], description="例如：3号楼电梯曳引机更换"
    )
    path = RadioField(
        "按哪一种程序办", [NEEDED], choices=offered(PATHS.items()), default="ordinary"
    )
    authority = SelectField("凭哪一项小额维修授权", default="")
    danger = SelectField("属于哪一种危险", default="")
    reason = TextAreaField("为什么要修", [WRITTEN, Length(max=2000)])
    works = TextAreaField("怎么修", [WRITTEN, Length(max=4000)])
    common_part = StringField(
        "修的是哪一处共有部分",
        [WRITTEN, Length(max=200)],
        description="例如：3号楼的电梯，本楼业主共有",
    )
    common_evidence = TextAreaField(
        "凭什么说是共有的",
        [WRITTEN, Length(max=2000)],
        description="写明买卖合同、不动产登记、竣工图纸或法律条文",
    )
    evidence = MultipleFileField("共有的证明材料", description=SIZES, render_kw=PAPERS)
    uses = SelectMultipleField(
        "由哪些用途的房屋分摊",
        [NEEDED],
        choices=offered(USES.items()),
        default=["dwelling", "shop"],
        description="在上面的范围里，按这些用途的专有部分面积分摊",
    )

    def __init__(
        self,
        register: Register,
        dangers: Sequence[str],
        authorities: Sequence[Authority],
        **kwargs: Any,
    ) -> None:
        """Offer the register's places, the listed dangers and the standing authorities."""
        super().__init__(**kwargs)
        self.register = register
        self.scope.label.text = "这处共有部分归谁共有"
        self.offer_places()
        nothing = [("", "不是这一种程序，不选")]
        self.danger.choices = offered([*nothing, *((one, one) for one in dangers)])
        said = [
            (str(one.id), f"{one.covers}（每项不超过 {money_text(one.each)}，{one.number}）")
            for one in authorities
        ]
        self.authority.choices = offered([*nothing, *said])

    def draft(self) -> ProjectDraft:
        """Return what was filled in."""
        return ProjectDraft(
            title=self.title.data or "",
            path=self.path.data or "",
            reason=self.reason.data or "",
            works=self.works.data or "",
            common_part=self.common_part.data or "",
            common_evidence=self.common_evidence.data or "",
            scope=self.chosen_scope(),
            uses=tuple(self.uses.data or ()),
            evidence=uploads_of(self.evidence),
            danger=self.danger.data or "",
            authority=UUID(self.authority.data) if self.authority.data else None,
        )


def filled_from(view: Project, register: Register) -> dict[str, Any]:
    """Return a project's own words as the data of its form, to be changed."""
    names = ("title", "path", "danger", "reason", "works", "common_part", "common_evidence")
    return {
        **{name: getattr(view, name) for name in names},
        "authority": str(view.authority.id) if view.authority else "",
        "uses": list(view.uses),
        **scope_data(view.scope, register),
    }


class AnswerRow(Form):
    """One question."""

    applies = RadioField(
        "是不是这种情况", [NEEDED], choices=offered((("no", "不是"), ("yes", "是")))
    )
    evidence = TextAreaField(
        "根据什么", [WRITTEN, Length(max=1000)], description="看了哪份合同、问了谁、查了什么"
    )
    papers = MultipleFileField("材料", description=SIZES, render_kw=PAPERS)


class AnswersForm(VerbForm):
    """Whether anything stands against paying from the fund; a row for each question."""

    answers = FieldList(FormField(AnswerRow))

    def __init__(self, asked: Sequence[str], view: Project) -> None:
        """Ask every question; show what was answered before."""
        known = {one.question: one for one in view.answers}
        rows = [
            {
                "applies": ("yes" if known[one].applies else "no") if one in known else None,
                "evidence": known[one].evidence if one in known else "",
            }
            for one in asked
        ]
        super().__init__(data={"answers": rows})
        self.asked = tuple(asked)

    def drafts(self) -> tuple[AnswerDraft, ...]:
        """Return the answers, question by question."""
        return tuple(
            AnswerDraft(
                question,
                row.form.applies.data == "yes",
                row.form.evidence.data or "",
                uploads_of(row.form.papers),
            )
            for question, row in zip(self.asked, self.answers, strict=False)
        )


class LineRow(Form):
    """One line of the budget; an empty row is none."""

    what = StringField("做什么", [Length(max=100)])
    quantity = StringField("数量", [Length(max=40)])
    fen = MoneyField("金额")


class QuoteRow(Form):
    """One quote; an empty row is none."""

    who = StringField("报价单位", [Length(max=100)])
    fen = MoneyField("报价")
    paper = FileField("报价单", [Optional()], description=SIZES, render_kw=PAPERS)
    kept = HiddenField()


class PlanForm(VerbForm):
    """Budget, quotes, contractor, photographs."""

    lines = FieldList(FormField(LineRow), min_entries=FEWEST_LINES, max_entries=MOST_ROWS)
    quotes = FieldList(FormField(QuoteRow), min_entries=FEWEST_QUOTES, max_entries=MOST_ROWS)
    contractor = StringField(
        "选定的施工单位", [WRITTEN, Length(max=100)], description="和上面报价单位的名称写得一样"
    )
    account = StringField(
        "收款账户",
        [WRITTEN, Length(max=100)],
        description="开户银行和账号；对外公示时只显示最后四位",
    )
    photos = MultipleFileField(
        "现场照片", description=f"{SIZES}；要和方案一起公示", render_kw=PAPERS
    )
    more = StringField(validators=[Optional()])

    def __init__(self, view: Project) -> None:
        """Show the plan as it stands."""
        super().__init__(
            data={
                "lines": [
                    {"what": what, "quantity": quantity, "fen": fen}
                    for what, quantity, fen in view.lines
                ],
                "quotes": [
                    {"who": one.who, "fen": one.fen, "kept": one.file_id} for one in view.quotes
                ],
                "contractor": view.contractor,
                "account": view.account,
            }
        )

    def sent_and_valid(self) -> bool:
        """Say whether the form is whole; pressing `more` only asks for one more row."""
        if self.more.data == "lines":
            self.lines.append_entry()
        elif self.more.data == "quotes":
            self.quotes.append_entry()
        if self.more.data:
            return False
        return super().sent_and_valid()

    def draft(self) -> PlanDraft:
        """Return what was filled in; empty rows are left out."""
        lines = [row.form for row in self.lines]
        quotes = [row.form for row in self.quotes]
        return PlanDraft(
            lines=tuple(
                LineDraft(one.what.data or "", one.quantity.data or "", one.fen.data or 0)
                for one in lines
                if one.what.data or one.fen.data
            ),
            quotes=tuple(
                QuoteDraft(
                    one.who.data or "",
                    one.fen.data or 0,
                    upload_of(one.paper),
                    one.kept.data or "",
                )
                for one in quotes
                if one.who.data or one.fen.data
            ),
            contractor=self.contractor.data or "",
            account=self.account.data or "",
            photos=uploads_of(self.photos),
        )
