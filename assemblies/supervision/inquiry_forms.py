"""The forms of an inquiry's page: one is sent, the others stand beside it empty."""

from dataclasses import dataclass, field

from assemblies.foundation.refusals import Incomplete
from assemblies.foundation.uploads import Checked
from assemblies.supervision.forms import PaperForm, PetitionForm, StepForm, TextForm, paper_of


class ReplyForm(PaperForm):
    """What the member says; an office that records it shows the paper."""

    def statement(self, *, own: bool) -> Checked | None:
        """Return the paper; raises `Incomplete` where somebody else records it without one."""
        paper = paper_of(self.paper)
        if paper is None and not own:
            raise Incomplete("请上传本人签名的书面陈述。")
        return paper


def _notice() -> TextForm:
    return TextForm("怎样告知本人", "例如：3月5日当面送达调查告知书，本人签收")


def _reply() -> ReplyForm:
    return ReplyForm("陈述意见", "逐条说明，会原样写进提请业主大会表决的事项", "书面陈述")


def _suspend() -> PaperForm:
    return PaperForm("公告张贴在哪里", "例如：各单元门厅公告栏", "张贴照片", needed=True)


def _advice() -> TextForm:
    return TextForm("建议", "例如：三次无故缺席属实，建议委员或者业主提议罢免")


def _unfounded() -> TextForm:
    return TextForm("调查结论", "说明查了什么、为什么不成立")


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms of the page, bound to the request."""

    notice: TextForm = field(default_factory=_notice)
    reply: ReplyForm = field(default_factory=_reply)
    suspend: PaperForm = field(default_factory=_suspend)
    advice: TextForm = field(default_factory=_advice)
    unfounded: TextForm = field(default_factory=_unfounded)
    petition: PetitionForm = field(default_factory=PetitionForm)
    step: StepForm = field(default_factory=StepForm)

    def only(self, sent: object) -> None:
        """Empty the forms that were not sent: all of them read the same request."""
        for form in (self.notice, self.reply, self.suspend, self.advice, self.unfounded):
            if form is not sent:
                form.text.data = ""
