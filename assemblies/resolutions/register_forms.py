"""Posted forms of the register: posting, superseding, contract, notice, hand-over."""

from collections.abc import Sequence
from datetime import date

from wtforms import DateField, FileField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from assemblies.foundation.fields import NEEDED, WRITTEN, upload_of
from assemblies.foundation.forms import VerbForm, offered
from assemblies.foundation.pictures import Option
from assemblies.foundation.refusals import Incomplete
from assemblies.resolutions.services.company import Handing, Paper, Received
from assemblies.resolutions.services.register import Posted

PAPERS = {"accept": ".pdf,.jpg,.jpeg,.png"}
USUAL = (
    "物业服务用房、相关场地和设施\n"
    "小区建设资料、竣工图纸 1套\n"
    "设施设备的技术资料、检修和保养记录\n"
    "业主名册和房屋档案\n"
    "物业费、停车费等预收款和结余\n"
    "公共收益账目和结余\n"
    "电梯、消防、监控等设备的钥匙和密码\n"
    "合同、票据和未了事项清单"
)


def _day(label: str) -> DateField:
    return DateField(label, [InputRequired("请填写日期，例如 2026-03-08。")])


def _chosen(day: date | None) -> date:
    if day is None:
        raise Incomplete("请填写日期。")
    return day


class PostingForm(VerbForm):
    """Where and since when a decision hangs on the door, with the photograph."""

    place = StringField(
        "张贴在哪里", [WRITTEN, Length(max=100)], description="例如：小区大门公告栏、各单元门厅"
    )
    day = _day("张贴日期")
    photo = FileField(
        "张贴处的照片",
        [InputRequired("请附上照片。")],
        description="拍清公告和所在位置。照片会和公告一起公开",
        render_kw=PAPERS,
    )

    def posted(self) -> Posted:
        """Return what was filled in."""
        place = (self.place.data or "").strip()
        return Posted(place, _chosen(self.day.data), upload_of(self.photo))


class SupersedeForm(VerbForm):
    """Which newer resolution replaces this one."""

    newer = SelectField("哪一项决定取代了它", [NEEDED])

    def offer(self, newer: Sequence[Option]) -> None:
        """Offer the resolutions that may replace it; no other is taken."""
        self.newer.choices = offered((one.value, one.label) for one in newer)


class PaperForm(VerbForm):
    """A day and the paper that proves it."""

    day = _day("日期")
    file = FileField("凭证", [InputRequired("请选择文件。")], render_kw=PAPERS)

    def paper(self) -> Paper:
        """Return what was filled in."""
        return Paper(_chosen(self.day.data), upload_of(self.file))


class ContractForm(PaperForm):
    """The signed contract."""

    day = _day("签订日期")
    file = FileField(
        "物业服务合同",
        [InputRequired("请选择文件。")],
        description="PDF，双方盖章签字的全文",
        render_kw=PAPERS,
    )


class FilingForm(PaperForm):
    """The proof that the contract was filed."""

    day = _day("备案日期")
    file = FileField("备案回执或者证明", [InputRequired("请选择文件。")], render_kw=PAPERS)


class NoticeForm(PaperForm):
    """The notice that was served on a dismissed manager."""

    day = _day("送达日期")
    file = FileField(
        "解聘通知和签收凭证",
        [InputRequired("请选择文件。")],
        description="PDF 或者照片",
        render_kw=PAPERS,
    )


class HandoverForm(VerbForm):
    """Who hands over to whom, and what."""

    from_whom = StringField("移交方", [WRITTEN, Length(max=80)], description="原物业服务企业的全称")
    to_whom = StringField(
        "接收方", [WRITTEN, Length(max=80)], description="新的物业服务企业，或者业主委员会"
    )
    lines = TextAreaField(
        "移交清单",
        [WRITTEN, Length(max=6000)],
        description="每行一项；数量写在后面，用空格隔开，例如：竣工图纸 1套",
        default=USUAL,
    )

    def handing(self) -> Handing:
        """Return what was filled in."""
        lines = (self.lines.data or "").splitlines()
        return Handing(
            (self.from_whom.data or "").strip(),
            (self.to_whom.data or "").strip(),
            tuple(_split(one) for one in lines if one.strip()),
        )


class ReceiveForm(VerbForm):
    """That one thing of the list was handed over."""

    received_by = StringField("谁接收的", [WRITTEN, Length(max=60)])
    day = _day("移交日期")
    note = StringField("说明", [Length(max=200)], description="例如：缺 2 号楼竣工图，已另行催要")
    proof = FileField("凭证", description="交接单或者照片", render_kw=PAPERS)

    def received(self) -> Received:
        """Return what was filled in."""
        by, note = (self.received_by.data or "").strip(), (self.note.data or "").strip()
        return Received(by, _chosen(self.day.data), note, upload_of(self.proof))


def _split(line: str) -> tuple[str, str]:
    """Part a line into the thing and its quantity: the last word where it begins with a number."""
    what, _, last = line.strip().rpartition(" ")
    return (what.strip(), last) if what and last[:1].isdigit() else (line.strip(), "")
