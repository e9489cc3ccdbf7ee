"""Posted forms: what was typed arrives without unwritable signs, dates lie in our time."""

import pytest
from flask import Flask
from wtforms import (
    DateField,
    DateTimeLocalField,
    FieldList,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from assemblies.foundation.forms import PostedForm, VerbForm


class NoteForm(PostedForm):
    """A line and a text."""

    title = StringField()
    text = TextAreaField()


def test_signs_that_no_database_or_sheet_takes_are_left_out() -> None:
    sent = {"title": "=会议\x00记录\x1b\x07\uffff", "text": "第一行\r\n\t第二行\x0c"}
    with Flask(__name__).test_request_context("/", method="POST", data=sent):
        form = NoteForm()
    assert (form.title.data, form.text.data) == ("=会议记录", "第一行\r\n\t第二行")


class DayForm(VerbForm):
    """A day, a number, and moments in a list."""

    day = DateField("日期", [Optional()])
    number = IntegerField("份数", [Optional()])
    times = FieldList(DateTimeLocalField("时间"))


DAYS = {
    "0001-01-01": False,
    "1899-12-31": False,
    "1900-01-01": True,
    "2199-12-31": True,
    "9999-12-31": False,
}


@pytest.mark.parametrize(("day", "good"), DAYS.items(), ids=DAYS)
def test_a_day_far_from_our_time_is_refused_at_its_field(day: str, *, good: bool) -> None:
    alone = {"day": day}
    listed = {"day": "2026-03-08", "times-0": f"{day}T09:00"}
    for sent in (alone, listed):
        with Flask(__name__).test_request_context("/", method="POST", data=sent):
            form = DayForm()
            assert form.sent_and_valid() is good
            assert bool(form.summary()) is not good


@pytest.mark.parametrize(("number", "good"), [(999_999_999, True), (10**9, False), (10**40, False)])
def test_a_number_that_no_table_holds_is_refused(number: int, *, good: bool) -> None:
    with Flask(__name__).test_request_context("/", method="POST", data={"number": number}):
        assert DayForm().sent_and_valid() is good
