"""Posted forms of the resolutions room."""

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from assemblies.foundation.fields import NEEDED
from assemblies.foundation.forms import PostedForm


class ObjectionForm(PostedForm):
    """An objection to the preliminary result."""

    text = TextAreaField("您认为哪里不对", [NEEDED, Length(max=2000)])
    contact = StringField(
        "怎样联系您", [Length(max=100)], description="只有会议筹办人能看到，加密保存"
    )


class AnswerForm(PostedForm):
    """The answer to an objection."""

    answer = TextAreaField("答复", [NEEDED, Length(max=2000)])


class CertifyForm(PostedForm):
    """The street's word on the result."""

    seen = BooleanField(
        "我已看过上面每一步核验结果",
        [InputRequired("请先看完每一步，再勾选。")],
    )
    note = TextAreaField(
        "核验意见", [Length(max=500)], description="会写入会议日志，例如：符合程序"
    )
