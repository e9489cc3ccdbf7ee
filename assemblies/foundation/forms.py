"""What every posted form shares: WTForms without magic, bound to this request."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any, cast

from flask import request
from sqlalchemy.orm import Session
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, FieldList, Form, FormField, IntegerField, StringField
from wtforms.fields import choices

from assemblies.foundation.amounts import fen, plain, yuan
from assemblies.foundation.refusals import Incomplete
from assemblies.foundation.uploads import Upload
from assemblies.foundation.web import writing
from voting.errors import CutsUnderTheLaw, Malformed, RuleNotRecorded, UnlawfulDate

CHINESE = ["zh_CN", "zh"]
YEARS, LARGEST = range(1900, 2200), 999_999_999
# What can be mended in the form itself; everything else is a page of its own.
MENDABLE = (Incomplete, CutsUnderTheLaw, RuleNotRecorded, UnlawfulDate, Malformed)


class MoneyField(StringField):
    """An amount typed in 元; its data are whole fen."""

    data: Any

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the amount; an empty field has none."""
        self.data = fen(valuelist[0]) if valuelist and plain(valuelist[0]) else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return yuan(self.data) if isinstance(self.data, int) else ""


class PostedForm(Form):
    """A form filled from the request when posted; CSRF is checked for every POST by the app."""

    class Meta:
        """Say WTForms' own messages in Chinese."""

        locales = CHINESE

    def __init__(self, **kwargs: Any) -> None:
        """Bind to the request's fields and files if this is a POST."""
        posted: CombinedMultiDict[str, Any] | None = None
        if _is_post():
            files = cast(MultiDict[str, Any], request.files)
            posted = CombinedMultiDict([files, _written()])
        super().__init__(posted, **kwargs)

    def sent_and_valid(self) -> bool:
        """Say whether the form was posted and holds good values."""
        return _is_post() and self.validate() and all(_sane(one) for one in leaves(self))


class VerbForm(PostedForm):
    """A form that shows a verb's refusal where it was filled in."""

    refused = ""

    def __init__(self, **kwargs: Any) -> None:
        """Show what is recorded until something is sent; a sent form says all of it itself."""
        recorded = {} if request.method == "POST" else kwargs
        super().__init__(**recorded)

    def carry_out(self, verb: Callable[[Session], object]) -> bool:
        """Run a verb in one transaction; what it refuses stands on top of the form."""
        try:
            with writing() as session:
                verb(session)
        except MENDABLE as error:
            self.refused = error.said
        return not self.refused

    @property
    def status(self) -> int:
        """Return the status of the page that shows this form: refused, or as it was asked for."""
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.summary() else HTTPStatus.OK

    def summary(self) -> list[tuple[str, str]]:
        """Return every refusal as a pair of field and sentence, for the top of the page."""
        found = [("", self.refused)] if self.refused else []
        return [*found, *(one for field in self for one in said_of(field))]


def leaves(form: Form) -> Iterator[Field]:
    """Return the fields of a form that hold a value, also those inside lists and inner forms."""
    waiting = list(form)
    while waiting:
        field = waiting.pop(0)
        if isinstance(field, FieldList):
            waiting = [*field, *waiting]
        elif isinstance(field, FormField):
            waiting = [*field.form, *waiting]
        else:
            yield field


def _sane(field: Field) -> bool:
    """Refuse a date or a number that nobody means, and that no table holds or period counts."""
    said = ""
    if isinstance(field.data, date) and field.data.year not in YEARS:
        said = "请核对年份，例如 2026-03-08。"
    if isinstance(field, IntegerField) and field.data is not None and abs(field.data) > LARGEST:
        said = "这个数太大了，请核对。"
    field.errors = [*field.errors, *([said] if said else [])]
    return not said


def said_of(field: Field) -> Iterator[tuple[str, str]]:
    """Return what is wrong with a field and the fields inside it, each with its label."""
    if isinstance(field, FieldList):
        for entry in field:
            yield from said_of(entry)
    elif isinstance(field, FormField):
        for inner in field.form:
            yield from said_of(inner)
    else:
        for error in field.errors:
            yield field.name, f"{field.label.text}：{error}"


def uploads_of(field: Field) -> tuple[Upload, ...]:
    """Return the files that were sent in a file field, unchecked; an empty choice is none."""
    data = field.data if isinstance(field.data, list) else [field.data]
    sent = [one for one in data if getattr(one, "filename", "")]
    return tuple(_read(one) for one in sent)


def _read(sent: Any) -> Upload:
    """Read a file from its beginning: validation may have read it before."""
    sent.seek(0)
    return Upload(sent.filename or "", sent.read())


# Signs that no key types: databases and spreadsheets refuse them, and nobody can read them.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def _written() -> MultiDict[str, Any]:
    """Return what was sent without signs that cannot be written down."""
    sent = request.form.items(multi=True)
    return MultiDict((name, _UNWRITABLE.sub("", value)) for name, value in sent)


def _is_post() -> bool:
    return request.method == "POST"


def offered(pairs: Iterable[tuple[str, str]]) -> list[Any]:
    """Return (value, label) pairs as the choices of a select field."""
    kind = choices.SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
    return [kind(value, label) for value, label in pairs]
