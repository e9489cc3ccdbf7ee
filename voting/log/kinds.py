"""The kinds of entry in an assembly's log, and exactly which fields each carries (SPEC 6)."""

from collections.abc import Callable, Mapping

from voting.canonical import Fields
from voting.errors import Malformed
from voting.log.entries import Entry
from voting.signing import PublicKey

CREATED, REVIEWED, POSTED, FROZEN = "created", "reviewed", "posted", "frozen"
LETTERS, LETTER, CREDENTIAL, BALLOT = "letters", "letter", "credential", "ballot"
CLOSED, OPENED, COUNTED, RULING = "closed", "opened", "counted", "ruling"
OBJECTION, ANSWERED = "objection", "answered"
CERTIFIED, PUBLISHED = "certified", "published"


def _text(fields: Fields, name: str) -> object:
    return fields.text(name)


def _id(fields: Fields, name: str) -> object:
    return fields.uuid(name)


def _time(fields: Fields, name: str) -> object:
    return fields.time(name)


def _digest(fields: Fields, name: str) -> object:
    return fields.digest(name)


def _number(fields: Fields, name: str) -> object:
    return fields.integer(name, at_least=0)


def _key(fields: Fields, name: str) -> object:
    return PublicKey.from_jwk(fields.object(name))


_SHAPES: Mapping[str, Mapping[str, Callable[[Fields, str], object]]] = {
    CREATED: {
        "assembly": _id,
        "estate": _text,
        "log": _text,
        "origin": _text,
        "registrar": _key,
    },
    REVIEWED: {"answer": _text, "by": _text},
    POSTED: {"closes": _time, "notice": _digest, "opens": _time},
    FROZEN: {
        "agenda": _digest,
        "keeper": _text,
        "opening": _key,
        "roll": _digest,
        "rules": _digest,
    },
    LETTERS: {"issued": _number},
    LETTER: {"reason": _text, "serial": _number, "voter": _id},
    CREDENTIAL: {"token": _text},
    BALLOT: {"token": _text},
    CLOSED: {},
    OPENED: {"key": _text},
    COUNTED: {"result": _digest},
    OBJECTION: {"sha256": _digest, "stage": _text},
    ANSWERED: {"answer": _digest, "objection": _digest},
    RULING: {"by": _text, "index": _number, "reason": _text},
    CERTIFIED: {"by": _text, "note": _text, "result": _digest},
    PUBLISHED: {"number": _text, "result": _digest},
}
WORDS: Mapping[str, str] = {
    CREATED: "建立日志",
    REVIEWED: "听取街道、社区意见",
    POSTED: "张贴公告",
    FROZEN: "冻结名册、议程和规则",
    LETTERS: "投票信编印",
    LETTER: "印发投票信",
    CREDENTIAL: "投票凭证",
    BALLOT: "选票",
    CLOSED: "投票截止",
    OPENED: "开票",
    COUNTED: "计票",
    OBJECTION: "异议",
    ANSWERED: "异议答复",
    RULING: "认定某票无效",
    CERTIFIED: "核验认定",
    PUBLISHED: "公布",
}


def require_shape(entry: Entry) -> None:
    """Refuse an entry of an unknown kind, or whose body is not its kind's; raises `Malformed`."""
    if entry.kind not in _SHAPES:
        raise Malformed(f"no such kind of entry: {entry.kind}")
    fields = Fields(entry.body, f"entry.{entry.kind}")
    for name, read in _SHAPES[entry.kind].items():
        read(fields, name)
    fields.done()
