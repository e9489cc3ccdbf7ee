"""Posted forms of the staff room."""

from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import Length, Regexp

from assemblies.foundation.fields import NEEDED
from assemblies.foundation.forms import PostedForm, offered
from assemblies.foundation.permissions import Role


class SignInForm(PostedForm):
    """Name and password."""

    username = StringField("账号", [NEEDED, Length(max=64)])
    password = PasswordField("密码", [NEEDED, Length(max=200)])


class AccountForm(PostedForm):
    """A new account with its first role."""

    username = StringField(
        "账号名",
        [NEEDED, Regexp(r"^[a-z0-9._-]{2,32}$", message="用 2 到 32 位小写字母或数字。")],
        description="用于登录，小写字母或数字",
    )
    display_name = StringField("姓名或称呼", [NEEDED, Length(max=40)])
    role = SelectField("角色", choices=offered((role.name, role.value) for role in Role))
    node = SelectField("管辖范围", description="角色对所选节点及其下级生效")
