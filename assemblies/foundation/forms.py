"""What every posted form shares: WTForms without magic, bound to this request."""

from collections.abc import Iterable
from typing import Any, cast

from flask import request
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Form
from wtforms.fields import choices

CHINESE = ["zh_CN", "zh"]


class PostedForm(Form):
    """A form filled from the request when posted; CSRF is checked for every POST by the app."""

    class Meta:
        """Say WTForms' own messages in Chinese."""

        locales = CHINESE

    def __init__(self, **kwargs: Any) -> None:
        """Bind to the request's fields and files if this is a POST."""
        posted: CombinedMultiDict[str, Any] | None = None
        if _is_post():
            posted = CombinedMultiDict([cast(MultiDict[str, Any], request.files), request.form])
        super().__init__(posted, **kwargs)

    def sent_and_valid(self) -> bool:
        """Say whether the form was posted and holds good values."""
        return _is_post() and self.validate()


def _is_post() -> bool:
    return request.method == "POST"


def offered(pairs: Iterable[tuple[str, str]]) -> list[Any]:
    """Return (value, label) pairs as the choices of a select field."""
    kind = choices.SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
    return [kind(value, label) for value, label in pairs]
