"""Posted forms of the estates room, all but the part's own."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from assemblies.estates.packs import USUAL, titles
from assemblies.estates.plans import Question, unanswered
from assemblies.estates.queries.estates import EstateView, Place
from assemblies.estates.register.cells import area
from assemblies.estates.services.estates import Particulars
from assemblies.estates.services.imports import Answer, Upload
from assemblies.estates.surveys import Survey
from assemblies.foundation.fields import NEEDED
from assemblies.foundation.forms import PostedForm, offered
from assemblies.foundation.refusals import Incomplete
from assemblies.foundation.sheets.refusals import UnreadableSheet
from assemblies.foundation.sheets.text import compact

T = TypeVar("T")
_MOST_COUNT = 1_000_000


class NumberField(StringField):
    """A whole number as people type it: 1,204 or １２０４; empty is none."""

    number: int | None = None

    def pre_validate(self, form: Any) -> None:
        """Read the number; raises `ValidationError` for anything else."""
        text = compact(self.data or "").replace(",", "")
        if not text:
            return
        if not (text.isascii() and text.isdecimal()) or int(text[:12]) > _MOST_COUNT:
            raise ValidationError("请填写整数，例如 292。不清楚的可以留空。")
        self.number = int(text)


class AreaField(StringField):
    """An area in ㎡; its `number` is in whole dm²; empty is none."""

    number: int | None = None

    def pre_validate(self, form: Any) -> None:
        """Read the area; raises `ValidationError` for anything else."""
        if not (self.data or "").strip():
            return
        self.number, doubt = area(self.data or "")
        if doubt:
            raise ValidationError(doubt.said_zh)


class ParticularsForm(PostedForm):
    """What is known of an estate as a whole."""

    name = StringField("小区名称", [NEEDED, Length(max=60)])
    address = StringField("地址", [Length(max=120)])
    developer = StringField(
        "建设单位", [Length(max=80)], description="开发商。未售和未交付的房屋由它行使表决权"
    )
    contact = StringField(
        "联系方式", [Length(max=120)], description="业主有疑问时找谁，会印在公告和投票信上"
    )
    pack = SelectField(
        "适用哪里的规则",
        description="决定各项期限、比例和清单，例如公告张贴几天、用印要几名委员签字。"
        "改了以后从下一件事起适用，已经冻结的会议不变",
        default=USUAL,
    )

    def __init__(self) -> None:
        """Offer the packs that the program carries; no other is taken."""
        super().__init__()
        self.pack.choices = offered(titles())

    def particulars(self) -> Particulars:
        """Return what was typed."""
        return Particulars(
            self.name.data or "",
            self.address.data or "",
            self.developer.data or "",
            self.contact.data or "",
            self.pack.data or USUAL,
        )

    def fill(self, view: EstateView) -> None:
        """Show what is on record."""
        self.name.data, self.address.data = view.name, view.address
        self.developer.data, self.contact.data = view.developer, view.contact
        self.pack.data = view.pack

    def carry_out(self, verb: Callable[[], T]) -> T | None:
        """Run a verb; what it refuses stands at the name."""
        try:
            return verb()
        except Incomplete as error:
            self.name.errors = [error.said]
            return None


class EstateForm(ParticularsForm):
    """A new estate and its place in the tree."""

    place = SelectField("所在街道、社区", [NEEDED])

    def offer(self, places: Sequence[Place]) -> None:
        """Offer the places where the caller may found an estate; no other is taken."""
        self.place.choices = offered((str(place.id), place.path) for place in places)


class UploadForm(PostedForm):
    """A file and the survey's figures beside it."""

    file = FileField(
        "名册文件",
        [InputRequired("请选择名册文件。")],
        description="Excel（.xlsx）或 CSV，最大 20 MB。表头写法不限，可以有合并的标题行",
        render_kw={"accept": ".xlsx,.csv"},
    )
    parts = NumberField("专有部分（处）", description="住宅、商铺、车位等合计")
    area = AreaField("专有部分面积", description="平方米，最多两位小数")
    owners = NumberField("产权人（人）")
    heads = NumberField("表决权人（户）")

    def upload(self) -> Upload:
        """Return the file with its figures."""
        file: FileStorage = self.file.data
        survey = Survey(self.parts.number, self.area.number, self.owners.number, self.heads.number)
        return Upload(file.filename or "名册", file.stream.read(), survey)

    def carry_out(self, verb: Callable[[], T]) -> T | None:
        """Run a verb on the file; what makes it unreadable stands at the file."""
        try:
            return verb()
        except UnreadableSheet as error:
            self.file.errors = [error.said]
            return None


class ApplyForm(PostedForm):
    """The clerk's word on what is asked; `version` is that of the preview."""

    version = HiddenField()
    accept = SelectMultipleField("请逐项核对")

    def __init__(self, version: int, questions: Sequence[Question]) -> None:
        """Ask these questions."""
        super().__init__()
        self.questions = questions
        self.shown_version = version
        self.accept.choices = offered((one.id, one.text) for one in questions)

    def validate_accept(self, field: SelectMultipleField) -> None:
        """Refuse while a question waits; raises `ValidationError`."""
        waiting = unanswered(self.questions, frozenset(field.data or ()))
        if waiting:
            raise ValidationError(f"还有 {waiting} 项没有打勾。请核对后逐项打勾，再导入。")

    def answer(self) -> Answer:
        """Return the clerk's word."""
        seen = self.version.data or ""
        return Answer(int(seen) if seen.isdecimal() else -1, frozenset(self.accept.data or ()))
