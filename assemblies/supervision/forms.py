"""Posted forms of the supervision room."""

from datetime import date
from uuid import UUID

from wtforms import (
    DateField,
    FileField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from assemblies.foundation.fields import NEEDED, WRITTEN
from assemblies.foundation.forms import VerbForm, offered, uploads_of
from assemblies.foundation.uploads import Checked, checked
from assemblies.supervision.periods import INTERVALS
from assemblies.supervision.queries.inquiries import Seat
from assemblies.supervision.queries.orders import CORRECT, NAMES, Target
from assemblies.supervision.queries.reports import PARTS
from assemblies.supervision.services.inquiries import InquiryDraft
from assemblies.supervision.services.motions import Petition
from assemblies.supervision.services.notes import LONGEST, Written
from assemblies.supervision.services.orders import OrderDraft

SHORT, LONG = Length(max=100), Length(max=LONGEST)
PAPERS = {"accept": ".pdf,.jpg,.jpeg,.png"}


def paper_of(field: FileField) -> Checked | None:
    """Return the checked paper of a field, None where nothing was sent; raises `Incomplete`."""
    sent = uploads_of(field)
    return checked(sent[0]) if sent else None


class TextForm(VerbForm):
    """One text: a note, an answer, an opinion, what was found."""

    text = TextAreaField("内容", [WRITTEN, LONG])

    def __init__(self, label: str = "内容", hint: str = "") -> None:
        """Name the text by what it is here."""
        super().__init__()
        self.text.label.text = label
        self.text.description = hint

    def written(self, by: str) -> Written:
        """Return the text as somebody wrote it."""
        return Written(self.text.data or "", by)


class PaperForm(TextForm):
    """One text with a paper or a photograph beside it."""

    paper = FileField("文件", [Optional()], render_kw=PAPERS)

    def __init__(
        self, label: str, hint: str, paper: str, paper_hint: str = "", *, needed: bool = False
    ) -> None:
        """Name the text and the paper by what they are here; the verb refuses a missing paper."""
        super().__init__(label, hint)
        self.paper.label.text = paper
        self.paper.description = paper_hint
        self.paper.flags.required = needed


class StepForm(VerbForm):
    """A step that asks for nothing but its button."""


class IntervalForm(VerbForm):
    """How often the committee reports."""

    months = SelectField("报告间隔", coerce=int)

    def __init__(self, usual: str, chosen: int) -> None:
        """Offer the pack's interval and the whole parts of a year."""
        super().__init__(data={"months": chosen})
        pairs = [(str(months), words) for months, words in INTERVALS.items()]
        self.months.choices = offered([("0", f"按规定（{usual}）"), *pairs])


class PartsForm(VerbForm):
    """What the committee adds to a report in its own words."""

    decisions = TextAreaField(*PARTS["decisions"][:1], [LONG], description=PARTS["decisions"][1])
    manager = TextAreaField(*PARTS["manager"][:1], [LONG], description=PARTS["manager"][1])
    complaints = TextAreaField(*PARTS["complaints"][:1], [LONG], description=PARTS["complaints"][1])
    party = TextAreaField(*PARTS["party"][:1], [LONG], description=PARTS["party"][1])
    problems = TextAreaField(*PARTS["problems"][:1], [LONG], description=PARTS["problems"][1])
    plan = TextAreaField(*PARTS["plan"][:1], [LONG], description=PARTS["plan"][1])

    def parts(self) -> dict[str, str]:
        """Return the texts by heading."""
        return {name: str(self[name].data or "") for name in PARTS}


class OrderForm(VerbForm):
    """An order to correct, or a revocation."""

    kind = RadioField("种类", choices=offered(NAMES.items()), default=CORRECT, validators=[NEEDED])
    office = StringField("发文机关", [WRITTEN, SHORT], description="例如：示例街道办事处")
    addressee = StringField("送达对象", [WRITTEN, SHORT])
    resolution = SelectField("针对的决定", description="撤销决定必须选择；责令改正可以不选")
    facts = TextAreaField("查明的事实", [WRITTEN, LONG])
    clause = TextAreaField(
        "违反的规定",
        [WRITTEN, LONG],
        description="写明法规名称和条款，例如：《物业管理条例》第十二条",
    )
    demand = TextAreaField("要求", [WRITTEN, LONG], description="改正什么；撤销的，写明撤销的范围")
    due_on = DateField("改正期限", [Optional()], description="撤销决定不用填")

    def __init__(self, targets: tuple[Target, ...], office: str, to: str, usual: date) -> None:
        """Offer the decisions in force, with the usual words filled in."""
        super().__init__(data={"office": office, "addressee": to, "due_on": usual})
        pairs = [(str(one.id), f"{one.body}　{one.words}") for one in targets]
        self.resolution.choices = offered([("", "不针对某一项决定"), *pairs])

    def draft(self) -> OrderDraft:
        """Return what was filled in."""
        chosen = str(self.resolution.data or "")
        return OrderDraft(
            kind=str(self.kind.data),
            office=self.office.data or "",
            addressee=self.addressee.data or "",
            facts=self.facts.data or "",
            clause=self.clause.data or "",
            demand=self.demand.data or "",
            due_on=self.due_on.data if self.kind.data == CORRECT else None,
            resolution=UUID(chosen) if chosen else None,
        )


class InquiryForm(VerbForm):
    """An inquiry about a member."""

    member = SelectField("调查哪位委员", validators=[NEEDED])
    facts = TextAreaField("反映的事实", [WRITTEN, LONG], description="只写有依据的事实，不写评价")
    clause = TextAreaField("涉及的规定", [WRITTEN, LONG], description="写明法规名称和条款")
    papers = MultipleFileField("材料", [Optional()], description="投诉、照片等", render_kw=PAPERS)

    def __init__(self, seats: tuple[Seat, ...]) -> None:
        """Offer the members in office."""
        super().__init__()
        self.member.choices = offered((str(one.id), one.words) for one in seats)

    def draft(self) -> InquiryDraft:
        """Return what was filled in."""
        return InquiryDraft(UUID(self.member.data), self.facts.data or "", self.clause.data or "")

    def files(self) -> list[Checked]:
        """Return the checked papers; raises `Incomplete`."""
        return [checked(one) for one in uploads_of(self.papers)]


class PetitionForm(VerbForm):
    """The owners' signed proposal."""

    rooms = TextAreaField(
        "签名业主的房号", [WRITTEN, Length(max=20_000)],
        description="一行一个，按名册的写法，例如：1号楼1单元101。同一业主有几处房屋的只算一户",
    )  # fmt: skip
    paper = FileField("业主签名的提议书", [Optional()], render_kw=PAPERS)

    def __init__(self) -> None:
        """Show that the paper is asked for; the verb refuses a missing one."""
        super().__init__()
        self.paper.flags.required = True

    def petition(self, by: str) -> Petition:
        """Return what was filled in; raises `Incomplete`."""
        return Petition(self.rooms.data or "", paper_of(self.paper), by)
