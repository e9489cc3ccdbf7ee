"""Posted forms of filing and hand-over."""

from wtforms import FileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from assemblies.committees.drafts import HANDOVERS, PAPERS, Certificate, Planned, Received
from assemblies.committees.election_forms import PAPERS as ACCEPTED
from assemblies.committees.queries.filed import HandoverView
from assemblies.foundation.fields import NEEDED, WRITTEN, upload_of
from assemblies.foundation.forms import VerbForm, offered


class PaperForm(VerbForm):
    """A paper for the package."""

    kind = SelectField("材料", choices=offered(PAPERS.items()), validators=[NEEDED])
    paper = FileField("文件", [NEEDED], render_kw=ACCEPTED)


class ReturnForm(VerbForm):
    """What is missing, all of it at once."""

    reasons = TextAreaField(
        "要补正的内容", [WRITTEN, Length(max=500)], description="请一次写清全部要补正的内容"
    )


class CertificateForm(VerbForm):
    """What the authority gives out."""

    number = StringField("备案证明编号", [WRITTEN, Length(max=60)])
    certificate = FileField("备案证明", [NEEDED], render_kw=ACCEPTED)
    carving = FileField("刻章证明", render_kw=ACCEPTED)

    def given(self) -> Certificate:
        """Return what was filled in."""
        return Certificate(
            self.number.data or "", upload_of(self.certificate), upload_of(self.carving)
        )


class ChangeForm(VerbForm):
    """What changed, or why the committee ends."""

    kind = RadioField(
        "办理哪一种",
        choices=offered((("change", "变更备案"), ("end", "注销备案"))),
        validators=[NEEDED],
    )
    what = StringField("变更了什么，或者注销的原因", [WRITTEN, Length(max=200)])


class HandoverForm(VerbForm):
    """A hand-over to be begun, one line of text for each thing."""

    kind = RadioField("哪一种移交", choices=offered(HANDOVERS.items()), validators=[NEEDED])
    from_whom = StringField("由谁移交", [WRITTEN, Length(max=60)])
    to_whom = StringField("移交给谁", [WRITTEN, Length(max=60)])
    lines = TextAreaField(
        "移交清单", [WRITTEN, Length(max=2000)], description="一行写一项，例如：业主大会印章"
    )

    def planned(self) -> Planned:
        """Return what was filled in."""
        return Planned(
            self.kind.data,
            self.from_whom.data or "",
            self.to_whom.data or "",
            tuple((self.lines.data or "").splitlines()),
        )


class ReceiveForm(VerbForm):
    """One line as it was received."""

    line = SelectField("移交了哪一项", validators=[NEEDED])
    quantity = StringField("数量", [WRITTEN, Length(max=40)], description="没有的写“无”")
    by = StringField("接收人", [WRITTEN, Length(max=40)])
    note = StringField("备注", [Length(max=200)])
    proof = FileField("照片或签收单", render_kw=ACCEPTED)

    def offering(self, view: HandoverView) -> "ReceiveForm":
        """Offer the lines that nobody has received yet."""
        waiting = [one for one in view.lines if one.done_at is None]
        self.line.choices = offered((str(one.id), one.what) for one in waiting)
        return self

    def received(self) -> Received:
        """Return what was filled in."""
        return Received(
            self.quantity.data or "",
            self.by.data or "",
            self.note.data or "",
            upload_of(self.proof),
        )


class LineForm(VerbForm):
    """One more thing to hand over."""

    what = StringField("再加一项", [WRITTEN, Length(max=60)])
