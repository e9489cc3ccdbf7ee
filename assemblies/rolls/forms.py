"""Posted forms of the rolls room."""

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from assemblies.foundation.fields import NEEDED
from assemblies.foundation.forms import PostedForm


class ObjectionForm(PostedForm):
    """An objection to the posted roll."""

    text = TextAreaField(
        "您认为哪里不对",
        [NEEDED, Length(max=2000)],
        description="例如：我家面积登记为 98.62 ㎡，产权证上是 98.26 ㎡。",
    )
    contact = StringField(
        "怎样联系您",
        [Length(max=100)],
        description="只有会议筹办人能看到，加密保存",
    )


class AnswerForm(PostedForm):
    """The answer to an objection."""

    answer = TextAreaField("复核结果", [NEEDED, Length(max=2000)])


class FreezeForm(PostedForm):
    """The keeper's name and what the keeper's browser made."""

    keeper = StringField(
        "开票钥匙保管人",
        [NEEDED, Length(max=40)],
        description="建议由监票人担任，不由筹办人自己担任",
    )
    public = HiddenField(validators=[InputRequired("浏览器没有生成钥匙，请刷新页面重试。")])
    wrapped = HiddenField(validators=[InputRequired("浏览器没有生成钥匙，请刷新页面重试。")])


class ReprintForm(PostedForm):
    """Why a letter is printed again."""

    reason = StringField("补发原因", [NEEDED, Length(max=200)], description="例如：信件遗失")
