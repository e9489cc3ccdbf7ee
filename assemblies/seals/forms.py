"""Posted forms of the seals room."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    Field,
    FileField,
    Form,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from assemblies.foundation.clock import CHINA
from assemblies.foundation.fields import MOMENT, NEEDED, WRITTEN, upload_of
from assemblies.foundation.forms import VerbForm, offered, uploads_of
from assemblies.foundation.uploads import Upload
from assemblies.seals.queries.bases import Basis
from assemblies.seals.queries.keepers import Keeper
from assemblies.seals.queries.use_views import KINDS
from assemblies.seals.services.applying import LONGEST, MOST_COPIES, MOST_PAGES, Application
from assemblies.seals.services.keeping import SealDraft
from assemblies.seals.services.stamping import Closing
from voting.log.seals import SealKind

PAPERS = {"accept": ".jpg,.jpeg,.png,.pdf"}
PICTURES = {"accept": ".jpg,.jpeg,.png"}


class Sent:
    """Ask for a file; the browser and the label know it too."""

    field_flags: ClassVar[dict[str, object]] = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse a field without a file; raises `ValidationError`."""
        if not uploads_of(field):
            raise ValidationError("请选择文件。")


class SealForm(VerbForm):
    """A seal as it was carved."""

    kind = RadioField(
        "印章种类",
        choices=offered((kind.value, kind.words) for kind in SealKind),
        default=SealKind.COMMITTEE.value,
        validators=[NEEDED],
    )
    name = StringField(
        "章面文字", [WRITTEN, Length(max=60)], description="照章面抄写，例如：和平里小区业主委员会"
    )
    proof = FileField(
        "刻章证明",
        [Sent()],
        description="公安机关的刻章证明或刻制单位的交付单，PDF 或照片",
        render_kw=PAPERS,
    )

    def draft(self) -> SealDraft:
        """Return what was filled in."""
        kind = SealKind(self.kind.data)
        return SealDraft(kind, self.name.data or "", upload_of(self.proof))


class ReplaceForm(VerbForm):
    """A new seal of the same kind as an old one."""

    name = StringField("新章的章面文字", [WRITTEN, Length(max=60)])
    proof = FileField("新章的刻章证明", [Sent()], description="PDF 或照片", render_kw=PAPERS)

    def draft(self, kind: SealKind) -> SealDraft:
        """Return what was filled in, for a kind of seal."""
        return SealDraft(kind, self.name.data or "", upload_of(self.proof))


class OfferForm(VerbForm):
    """Who is to keep a seal."""

    account = SelectField("交给谁保管", validators=[NEEDED])

    def offer(self, keepers: Iterable[Keeper]) -> "OfferForm":
        """Fill in who may be chosen."""
        self.account.choices = offered((str(one.account), one.said) for one in keepers)
        return self


class LostForm(VerbForm):
    """How a seal came to be missed."""

    note = TextAreaField(
        "怎样发现遗失的", [WRITTEN, Length(max=500)], description="时间、地点、最后一次见到印章的人"
    )


class LossForm(VerbForm):
    """The proof that a loss was reported."""

    proof = FileField("报案回执或作废声明", [Sent()], description="PDF 或照片", render_kw=PAPERS)

    @property
    def paper(self) -> Upload | None:
        """Return the file that was sent."""
        return upload_of(self.proof)


class ApplyForm(VerbForm):
    """An application for the use of a seal."""

    title = StringField("文件名称", [WRITTEN, Length(max=LONGEST)])
    document = FileField(
        "要盖章的文件",
        [Sent()],
        description="定稿的 PDF，或原件的照片。空白纸不能盖章。",
        render_kw=PAPERS,
    )
    looked = BooleanField("传的是照片：我看过原件，写好了内容，不是空白纸")
    document_kind = RadioField(
        "文件种类", choices=offered(KINDS.items()), default="contract", validators=[NEEDED]
    )
    copies = IntegerField("盖几份", [NEEDED, NumberRange(1, MOST_COPIES, "份数至少 1 份。")])
    pages = IntegerField(
        "每份几页",
        [Optional(), NumberRange(1, MOST_PAGES, "至少 1 页。")],
        description="PDF 不用填，照文件自己的页数",
    )
    purpose = StringField("用途", [WRITTEN, Length(max=LONGEST)], description="盖了章做什么用")
    receiver = StringField("交给谁", [WRITTEN, Length(max=LONGEST)], description="收文件的单位或人")
    basis = RadioField("依据哪一项决定", validators=[InputRequired("请选择一项决定作为依据。")])
    covers = TextAreaField(
        "这项决定怎样覆盖这份文件",
        [WRITTEN, Length(max=LONGEST)],
        description="一句话说清楚，例如：决定同意与某公司签约，这就是那份合同",
    )

    def offer(self, bases: Iterable[Basis]) -> "ApplyForm":
        """Fill in the decisions that may carry this use."""
        self.basis.choices = offered(
            (str(one.id), f"{one.kind.words}：{one.said}") for one in bases
        )
        return self

    def asked(self, seal: UUID) -> Application:
        """Return what was filled in, for a seal."""
        return Application(
            seal=seal,
            title=self.title.data or "",
            document=upload_of(self.document),
            document_kind=self.document_kind.data or "",
            copies=self.copies.data or 0,
            purpose=self.purpose.data or "",
            receiver=self.receiver.data or "",
            basis=UUID(self.basis.data),
            covers=self.covers.data or "",
            pages=self.pages.data or 0,
            looked=bool(self.looked.data),
        )


class ButtonForm(VerbForm):
    """A button alone: the sign-in says who, the page says what."""


class DeclineForm(VerbForm):
    """Why a member declines."""

    reason = TextAreaField("不同意的理由", [WRITTEN, Length(max=LONGEST)])


class WithdrawForm(VerbForm):
    """Why an application is withdrawn."""

    why = TextAreaField("撤回的原因", [WRITTEN, Length(max=LONGEST)])


class PhotographsForm(VerbForm):
    """Photographs of stamped pages."""

    photographs = MultipleFileField(
        "盖章页的照片",
        [Sent()],
        description="每一处盖章都拍到，JPG 或 PNG，可以一次选多张",
        render_kw=PICTURES,
    )

    @property
    def pictures(self) -> tuple[Upload, ...]:
        """Return the photographs that were sent."""
        return uploads_of(self.photographs)


class StampForm(VerbForm):
    """What was stamped: how many copies, and their photographs, which may follow."""

    copies = IntegerField("实际盖了几份", [NEEDED])
    photographs = MultipleFileField(
        "盖章页的照片",
        description="每一处盖章都拍到，可以一次选多张；现在不方便拍，可以稍后补存",
        render_kw=PICTURES,
    )

    @property
    def pictures(self) -> tuple[Upload, ...]:
        """Return the photographs that were sent with it."""
        return uploads_of(self.photographs)


class CloseForm(VerbForm):
    """Who stood by, and when the seal was back."""

    witness = StringField(
        "监印人", [WRITTEN, Length(max=60)], description="盖章时在场见证的人，可写多人"
    )
    returned = DateTimeLocalField("印章归还时间", [NEEDED], format=[MOMENT])
    note = StringField("备注", [Length(max=LONGEST)])

    def closing(self, now: datetime) -> Closing:
        """Return what was filled in; this minute is now, whatever the second."""
        wall = self.returned.data
        back = now if wall is None else wall.replace(tzinfo=CHINA)
        return Closing(self.witness.data or "", back, self.note.data or "")


class PublishForm(VerbForm):
    """The word that the list was read before it is published."""

    read = BooleanField(
        "我已核对清单，里面没有不该公开的个人信息", [InputRequired("请先核对，再勾选。")]
    )
