"""What the fields of every room's forms share: what is asked for, one file, a wall clock's time."""

from datetime import datetime

from wtforms import DateTimeLocalField, Field
from wtforms.validators import DataRequired, InputRequired

from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.forms import uploads_of
from assemblies.foundation.refusals import Incomplete
from assemblies.foundation.uploads import Upload

NEEDED = InputRequired("请填写这一项。")
# Of a text, spaces alone are nothing.
WRITTEN = DataRequired("请填写这一项。")
MOMENT = "%Y-%m-%dT%H:%M"


def upload_of(field: Field) -> Upload | None:
    """Return the one file that was sent in a field, none for an empty choice."""
    return next(iter(uploads_of(field)), None)


def moment_field(label: str, description: str = "") -> DateTimeLocalField:
    """Return a field for a moment on a wall clock in Shanghai."""
    return DateTimeLocalField(label, [NEEDED], format=[MOMENT], description=description)


def in_shanghai(wall: datetime | None) -> datetime:
    """Return the moment at which a clock in Shanghai shows this; raises `Incomplete`."""
    if wall is None:
        raise Incomplete("请填写时间。")
    return wall.replace(tzinfo=CHINA)


def on_the_wall(moment: datetime) -> datetime:
    """Return what a clock in Shanghai shows at a moment, to the minute, as a field takes it."""
    return in_china(moment).replace(second=0, tzinfo=None)
