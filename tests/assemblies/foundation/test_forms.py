"""Posted forms: what was typed arrives as it was, without signs that cannot be written down."""

from flask import Flask
from wtforms import StringField, TextAreaField

from assemblies.foundation.forms import PostedForm


class NoteForm(PostedForm):
    """A line and a text."""

    title = StringField()
    text = TextAreaField()


def test_signs_that_no_database_or_sheet_takes_are_left_out() -> None:
    sent = {"title": "=会议\x00记录\x1b\x07\uffff", "text": "第一行\r\n\t第二行\x0c"}
    with Flask(__name__).test_request_context("/", method="POST", data=sent):
        form = NoteForm()
    assert (form.title.data, form.text.data) == ("=会议记录", "第一行\r\n\t第二行")
