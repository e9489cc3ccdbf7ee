"""Posted forms of the agendas room, all but the item's own."""

from collections.abc import Callable
from datetime import date, datetime

from wtforms import (
    BooleanField,
    MultipleFileField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, ValidationError

from assemblies.agendas.services.drafts import (
    Answer,
    AnswerKind,
    AssemblyDraft,
    Convener,
    Dates,
)
from assemblies.foundation.clock import in_china
from assemblies.foundation.fields import NEEDED, WRITTEN, in_shanghai, moment_field
from assemblies.foundation.forms import VerbForm, offered, uploads_of
from assemblies.foundation.uploads import Upload
from voting.law.calendar import Plan, check_dates
from voting.law.rules import Rules


class AssemblyForm(VerbForm):
    """Who convenes an assembly, and where owners turn to."""

    title = StringField(
        "会议名称", [WRITTEN, Length(max=60)], description="例如：2026年第一次业主大会会议"
    )
    convener = RadioField(
        "召集人",
        choices=offered((one.value, one.words) for one in Convener),
        default=Convener.COMMITTEE.value,
        validators=[NEEDED],
    )
    convener_name = StringField(
        "召集人全称",
        [WRITTEN, Length(max=60)],
        description="公告落款用，例如：和平里小区业主委员会",
    )
    contact = StringField(
        "联系方式", [WRITTEN, Length(max=100)], description="印在公告和投票信上，业主有疑问时联系"
    )
    place = StringField(
        "服务点",
        [WRITTEN, Length(max=100)],
        description="领取和交回纸质表决票、当面咨询的地点和时间",
    )

    def draft(self) -> AssemblyDraft:
        """Return what was filled in."""
        return AssemblyDraft(
            title=self.title.data or "",
            convener=Convener(self.convener.data),
            convener_name=self.convener_name.data or "",
            contact=self.contact.data or "",
            place=self.place.data or "",
        )


def on_the_wall(plan: Plan) -> dict[str, datetime]:
    """Return a plan's dates as the form shows them: on a clock in Shanghai."""
    dates = {"post": plan.posted, "opens": plan.opens, "closes": plan.closes}
    return {name: in_china(moment).replace(tzinfo=None) for name, moment in dates.items()}


def start_day(text: str) -> date | None:
    """Read the day from which dates are to be proposed; None for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class CalendarForm(VerbForm):
    """When the notice is posted, and when voting opens and closes."""

    post = moment_field("张贴公告", "名册草案同一天公示")
    opens = moment_field("投票开始")
    closes = moment_field("投票截止")

    def lawful_under(self, rules_at: Callable[[date], Rules]) -> bool:
        """Hold the dates against the law of the posting's day; a break is said at its field."""
        dates = self.dates()
        rules = rules_at(in_china(dates.post).date())
        if dates.closes <= dates.opens:
            self.closes.errors = ("投票截止要在投票开始之后。",)
            return False
        broken = [
            one
            for one in check_dates(Plan(dates.post, dates.post, dates.opens, dates.closes), rules)
            if one.binding and not one.holds
        ]
        for check in broken:
            field = self.closes if check.given == dates.closes else self.opens
            field.errors = (*field.errors, check.said_zh)
        return not broken

    def plan(self) -> Plan | None:
        """Return the dates that were sent, None where they are no plan at all."""
        if not all(field.data for field in self):
            return None
        dates = self.dates()
        if dates.closes <= dates.opens:
            return None
        return Plan(dates.post, dates.post, dates.opens, dates.closes)

    def dates(self) -> Dates:
        """Return the dates that were filled in."""
        return Dates(
            in_shanghai(self.post.data),
            in_shanghai(self.opens.data),
            in_shanghai(self.closes.data),
        )


class PostForm(VerbForm):
    """The convener's word that the notice was read before it is posted."""

    read = BooleanField(
        "我已逐项核对公告全文：事项、金额、范围、日期和规则都没有错",
        [InputRequired("请先核对，再勾选。")],
    )


class ReviewForm(VerbForm):
    """The answer of the street or the community, given by themselves."""

    kind = RadioField(
        "答复",
        choices=offered((one.value, one.words) for one in (AnswerKind.CONSENT, AnswerKind.REMARKS)),
        validators=[NEEDED],
    )
    text = TextAreaField("意见", [Length(max=2000)], description="提出意见的，请写明内容")

    def answer(self, speaker: str, *, now: datetime) -> Answer:
        """Return the answer as the speaker gives it now."""
        return Answer(speaker, AnswerKind(self.kind.data), self.text.data or "", now)


class ToldForm(VerbForm):
    """The convener's record that the residents' committee was told."""

    by = StringField(
        "告知了谁",
        [WRITTEN, Length(max=100)],
        description="例如：和平里社区居民委员会，王主任（电话告知并送达方案）",
    )
    told = moment_field("告知时间")
    kind = RadioField(
        "对方的答复",
        choices=offered((one.value, one.words) for one in AnswerKind),
        default=AnswerKind.TOLD.value,
        validators=[NEEDED],
    )
    text = TextAreaField("说明", [Length(max=2000)], description="提出意见的，请写明内容")

    def answer(self, _speaker: str, *, now: datetime) -> Answer:
        """Return the record; the convener writes down what another said, and when."""
        return Answer(
            self.by.data or "",
            AnswerKind(self.kind.data),
            self.text.data or "",
            in_shanghai(self.told.data),
        )


def heard(now: datetime) -> dict[str, datetime]:
    """Return the present minute as the time at which somebody was told."""
    return {"told": in_china(now).replace(second=0, tzinfo=None)}


class PaperForm(VerbForm):
    """Papers to attach to an item."""

    papers = MultipleFileField(
        "选择文件",
        description="PDF、PNG 或 JPEG，每份不超过 10 MB；业主投票时能看到",
        render_kw={"accept": ".pdf,.png,.jpg,.jpeg"},
    )

    def uploads(self) -> list[Upload]:
        """Return the files that were sent; an empty choice is refused by `validate`."""
        return list(uploads_of(self.papers))

    def validate_papers(self, field: MultipleFileField) -> None:
        """Refuse a form sent without a file."""
        if not uploads_of(field):
            raise ValidationError("请先选择文件。")
