"""Posted forms of the counts room."""

from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length

from assemblies.foundation.forms import PostedForm


class OpeningForm(PostedForm):
    """The opening key as the keeper's browser unwrapped it."""

    key = HiddenField(validators=[InputRequired("浏览器没有解开钥匙，请重新输入口令。")])


class RulingForm(PostedForm):
    """Which ballot is ruled void, and why."""

    index = IntegerField("日志编号", [InputRequired("请填写票在会议日志里的编号。")])
    reason = TextAreaField("理由和依据", [InputRequired("请写明理由。"), Length(max=500)])
