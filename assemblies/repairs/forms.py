"""Posted forms of the repairs room, all but those of the project and its plan."""

from uuid import UUID

from wtforms import (
    DateTimeLocalField,
    FileField,
    Form,
    FormField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length

from assemblies.foundation.fields import MOMENT, NEEDED, WRITTEN, in_shanghai, upload_of
from assemblies.foundation.forms import MoneyField, VerbForm, offered, uploads_of
from assemblies.foundation.uploads import Upload
from assemblies.repairs.services.drafts import (
    AcceptanceDraft,
    ApplicationDraft,
    HeardDraft,
    PartyDraft,
    PostingDraft,
    SettlementDraft,
    SpotDraft,
)

PAPERS = {"accept": ".jpg,.jpeg,.png,.pdf"}
SIZES = "PDF、PNG 或 JPEG，每份不超过 10 MB"


class PostingForm(VerbForm):
    """Where something was posted, and the photograph."""

    place = StringField(
        "张贴地点", [WRITTEN, Length(max=100)], description="例如：1号楼大厅公告栏、小区南门公告栏"
    )
    photo = FileField("张贴的照片", [NEEDED], description=SIZES, render_kw=PAPERS)

    def draft(self) -> PostingDraft:
        """Return what was filled in."""
        return PostingDraft(self.place.data or "", upload_of(self.photo))


class HeardForm(VerbForm):
    """What owners said while the plan hung."""

    said = TextAreaField(
        "公示期间业主的意见",
        [WRITTEN, Length(max=2000)],
        description="收到什么意见、怎么答复的；没有收到的，写“没有收到意见”",
    )
    photo = FileField("公示期满时的照片", [NEEDED], description=SIZES, render_kw=PAPERS)

    def draft(self) -> HeardDraft:
        """Return what was filled in."""
        return HeardDraft(self.said.data or "", upload_of(self.photo))


class ChoiceForm(VerbForm):
    """One of several: an assembly that is still a draft, an item that says the same."""

    chosen = SelectField("选择", [NEEDED])

    def picked(self) -> UUID:
        """Return what was picked."""
        return UUID(self.chosen.data)


class ApplicationForm(VerbForm):
    """What was mended since an application came back, and more papers."""

    note = TextAreaField("这次更正了什么", [Length(max=2000)], description="第一次申请的不用填")
    account = StringField(
        "更正后的收款账户",
        [Length(max=100)],
        description="账户没有错的不用填；预算和分摊不能在这里改",
    )
    papers = MultipleFileField("补充材料", description=SIZES, render_kw=PAPERS)

    def draft(self) -> ApplicationDraft:
        """Return what was filled in."""
        note, account = (self.note.data, self.account.data) if "note" in self else ("", "")
        return ApplicationDraft(note or "", uploads_of(self.papers), account or "")


class StationForm(VerbForm):
    """A station's word on an application."""

    decision = RadioField(
        "审核意见", [NEEDED], choices=offered((("approve", "同意"), ("return", "退回补正")))
    )
    reasons = TextAreaField(
        "理由", [Length(max=2000)], description="退回的必须写明要补正什么；同意的可以不写"
    )


class AdvanceForm(VerbForm):
    """How much is paid ahead."""

    amount = MoneyField("预付金额", [NEEDED])


class AdviceForm(VerbForm):
    """The bank's advice that it paid."""

    advice = FileField("银行回单", [NEEDED], description=SIZES, render_kw=PAPERS)

    def paper(self) -> Upload | None:
        """Return the advice."""
        return upload_of(self.advice)


class AcceptanceForm(VerbForm):
    """Who accepted the works."""

    by = StringField(
        "验收人",
        [WRITTEN, Length(max=100)],
        description="例如：监理张工、业委会周副主任、物业王经理",
    )
    representatives = StringField(
        "参加验收的业主代表",
        [WRITTEN, Length(max=200)],
        description="写明房号，例如：1单元101 王女士",
    )
    at = DateTimeLocalField("验收时间", [NEEDED], format=[MOMENT])
    papers = MultipleFileField("验收单、照片", [NEEDED], description=SIZES, render_kw=PAPERS)

    def draft(self) -> AcceptanceDraft:
        """Return what was filled in."""
        return AcceptanceDraft(
            self.by.data or "",
            self.representatives.data or "",
            in_shanghai(self.at.data),
            uploads_of(self.papers),
        )


class SettlementForm(VerbForm):
    """What the works cost in the end."""

    total = MoneyField("结算总价", [NEEDED], description="按结算书填写，精确到分")
    papers = MultipleFileField("结算书、发票", [NEEDED], description=SIZES, render_kw=PAPERS)
    audit = FileField("审计报告", description=SIZES, render_kw=PAPERS)
    supplement = SelectField(
        "业主同意增加费用的决定", description="结算价超过预算的才要选", default=""
    )

    def draft(self) -> SettlementDraft:
        """Return what was filled in."""
        chosen = self.supplement.data if "supplement" in self else ""
        return SettlementDraft(
            self.total.data or 0,
            uploads_of(self.papers),
            upload_of(self.audit),
            UUID(chosen) if chosen else None,
        )


class DropForm(VerbForm):
    """Why a project is given up."""

    why = TextAreaField("为什么撤回", [WRITTEN, Length(max=1000)])


class PartyForm(Form):
    """One party on the spot."""

    name = StringField("姓名和职务", [WRITTEN, Length(max=60)])
    said = TextAreaField("看到了什么", [WRITTEN, Length(max=1000)])
    at = DateTimeLocalField("查验时间", [NEEDED], format=[MOMENT])


class OfficeForm(PartyForm):
    """The committee, or the residents' committee where there is none."""

    who = RadioField(
        "哪一方",
        [NEEDED],
        choices=offered((("committee", "业主委员会"), ("community", "社区居民委员会"))),
        default="committee",
    )


class SpotForm(VerbForm):
    """What three parties found on the spot."""

    owners = FormField(PartyForm)
    office = FormField(OfficeForm)
    manager = FormField(PartyForm)
    photos = MultipleFileField("现场照片", [NEEDED], description=SIZES, render_kw=PAPERS)

    def draft(self) -> SpotDraft:
        """Return what was filled in."""
        sides = (
            ("owners", self.owners.form),
            (self.office.form.who.data, self.office.form),
            ("manager", self.manager.form),
        )
        parties = tuple(
            PartyDraft(who, form.name.data or "", form.said.data or "", in_shanghai(form.at.data))
            for who, form in sides
        )
        return SpotDraft(parties, uploads_of(self.photos))
