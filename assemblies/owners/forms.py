"""What an owner types at the door: a code, then one fact."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from assemblies.foundation.forms import PostedForm

LONGEST = 60


class CodeForm(PostedForm):
    """The code of a letter, as printed or as it comes."""

    code = StringField(
        validators=[
            InputRequired("请输入信上的投票码。"),
            Length(max=LONGEST, message="投票码是 12 位。"),
        ]
    )


class FactForm(PostedForm):
    """One fact of the register."""

    fact = StringField(
        validators=[InputRequired("请填写后再继续。"), Length(max=LONGEST, message="填得太长了。")]
    )
