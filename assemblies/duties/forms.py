"""The posted form of the duties room."""

from wtforms import FileField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from assemblies.duties.services import Finished
from assemblies.foundation.fields import upload_of
from assemblies.foundation.forms import VerbForm


class DoneForm(VerbForm):
    """How a duty was done, and what proves it."""

    said = TextAreaField(
        "怎样办的",
        [DataRequired("请用一句话写明办理情况。"), Length(max=300)],
        description="例如：3月8日把新的议事规则送到街道办事处和区住建局，取得回执",
    )
    proof = FileField(
        "凭证",
        [InputRequired("请附上凭证。")],
        description="回执、照片或者扫描件，PDF、JPEG 或 PNG",
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png"},
    )

    def finished(self) -> Finished:
        """Return what was filled in."""
        return Finished(self.said.data or "", upload_of(self.proof))
