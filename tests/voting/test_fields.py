"""The reader of fields: what it reads, and how it names what it refuses."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from uuid import UUID

import pytest

from voting.canonical import JSON, Fields
from voting.errors import Malformed


class Channel(Enum):
    """Where a ballot came from."""

    PHONE = "phone"
    PAPER = "paper"


class Level(Enum):
    """An enumeration of numbers, one of which equals True."""

    ONE = 1


ID = "6f9619ff-8b86-4011-b42d-00c04fc964ff"
EXAMPLE: JSON = {
    "id": ID,
    "name": "众决",
    "count": 3,
    "open": False,
    "none": None,
    "at": "2026-01-01T00:00:00Z",
    "hash": "0" * 64,
    "data": "YQ",
    "channel": "phone",
    "list": [1],
    "object": {"v": 1},
}

READ: dict[str, tuple[Callable[[Fields], object], object]] = {
    "text": (lambda f: f.text("name"), "众决"),
    "text at its limit": (lambda f: f.text("name", at_most=2), "众决"),
    "integer": (lambda f: f.integer("count"), 3),
    "integer at both bounds": (lambda f: f.integer("count", at_least=3, at_most=3), 3),
    "boolean": (lambda f: f.boolean("open"), False),
    "null": (lambda f: f.is_null("none"), True),
    "not null": (lambda f: f.is_null("count"), False),
    "uuid": (lambda f: f.uuid("id"), UUID(ID)),
    "time": (lambda f: f.time("at"), datetime(2026, 1, 1, tzinfo=UTC)),
    "digest": (lambda f: f.digest("hash"), "0" * 64),
    "data": (lambda f: f.data("data"), b"a"),
    "member": (lambda f: f.member("channel", Channel), Channel.PHONE),
    "list": (lambda f: f.list("list"), [1]),
    "object": (lambda f: f.object("object"), {"v": 1}),
    "inner fields": (lambda f: f.fields("object").integer("v"), 1),
    "there": (lambda f: f.has("name"), True),
    "not there": (lambda f: f.has("other"), False),
    "exactly a text": (lambda f: f.exactly("channel", "phone"), None),
    "exactly a number": (lambda f: f.exactly("count", 3), None),
}

REFUSED: dict[str, tuple[Callable[[Fields], object], str]] = {
    "missing": (lambda f: f.text("other"), "example lacks other"),
    "missing null": (lambda f: f.is_null("other"), "example lacks other"),
    "text that is a number": (lambda f: f.text("count"), "example.count must be text"),
    "text too long": (lambda f: f.text("name", at_most=1), "example.name must be text up to 1"),
    "integer that is text": (lambda f: f.integer("name"), "example.name must be an integer"),
    "integer that is false": (lambda f: f.integer("open"), "example.open must be an integer"),
    "integer too small": (lambda f: f.integer("count", at_least=4), "between 4 and"),
    "integer too great": (
        lambda f: f.integer("count", at_most=2),
        "between -9007199254740991 and 2",
    ),
    "boolean that is null": (lambda f: f.boolean("none"), "example.none must be true or false"),
    "uuid that is none": (lambda f: f.uuid("name"), "example.name must be a UUID"),
    "time that is none": (lambda f: f.time("name"), "example.name must be a time"),
    "digest that is none": (lambda f: f.digest("name"), "example.name must be a SHA-256"),
    "data that is none": (lambda f: f.data("name"), "example.name must be unpadded base64url"),
    "no member": (lambda f: f.member("name", Channel), "must be one of phone, paper"),
    "list that is an object": (lambda f: f.list("object"), "example.object must be a list"),
    "object that is a list": (lambda f: f.object("list"), "example.list must be an object"),
    "inner fields name their way": (
        lambda f: f.fields("object").text("v"),
        "example.object.v must be text",
    ),
    "another text": (lambda f: f.exactly("channel", "paper"), "example.channel must be 'paper'"),
}


@pytest.mark.parametrize(("read", "value"), READ.values(), ids=READ)
def test_a_field_is_read(read: Callable[[Fields], object], value: object) -> None:
    assert read(Fields(EXAMPLE, "example")) == value


@pytest.mark.parametrize(("read", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_names_object_and_field(read: Callable[[Fields], object], reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        read(Fields(EXAMPLE, "example"))


def test_true_is_not_the_number_one() -> None:
    with pytest.raises(Malformed):
        Fields({"v": True}, "example").exactly("v", 1)
    with pytest.raises(Malformed):
        Fields({"v": True}, "example").member("v", Level)
    assert Fields({"v": 1}, "example").member("v", Level) is Level.ONE


@pytest.mark.parametrize(
    "text",
    [ID.upper(), ID.replace("-", ""), f"{{{ID}}}", f"urn:uuid:{ID}"],
    ids=["upper case", "no hyphens", "braces", "urn"],
)
def test_an_id_has_one_spelling(text: str) -> None:
    with pytest.raises(Malformed, match="lower case with hyphens"):
        Fields({"id": text}, "example").uuid("id")


def test_a_digest_ends_where_it_ends() -> None:
    with pytest.raises(Malformed):
        Fields({"hash": "0" * 64 + "\n"}, "example").digest("hash")


def test_fields_nobody_read_are_refused() -> None:
    fields = Fields({"a": 1, "c": 2, "b": 3}, "example")
    fields.integer("a")
    with pytest.raises(Malformed, match="example has unknown fields: b, c"):
        fields.done()
    fields.integer("b")
    fields.integer("c")
    fields.done()


@pytest.mark.parametrize("value", [None, 1, "a", [], True], ids=str)
def test_only_an_object_has_fields(value: JSON) -> None:
    with pytest.raises(Malformed, match="example is not an object"):
        Fields(value, "example")
