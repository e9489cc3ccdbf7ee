"""The kinds of entry in an assembly's log, and exactly which fields each carries (SPEC 6)."""

from collections.abc import Mapping

from voting.log import shapes
from voting.log.entries import Entry
from voting.log.shapes import Shapes

CREATED, REVIEWED, POSTED, FROZEN = "created", "reviewed", "posted", "frozen"
LETTERS, LETTER, CREDENTIAL, BALLOT = "letters", "letter", "credential", "ballot"
CLOSED, OPENED, COUNTED, RULING = "closed", "opened", "counted", "ruling"
OBJECTION, ANSWERED = "objection", "answered"
CERTIFIED, PUBLISHED = "certified", "published"

SHAPES: Shapes = {
    CREATED: {
        "assembly": shapes.uuid,
        "estate": shapes.text,
        "log": shapes.text,
        "origin": shapes.text,
        "registrar": shapes.key,
    },
    REVIEWED: {"answer": shapes.text, "by": shapes.text},
    POSTED: {"closes": shapes.time, "notice": shapes.digest, "opens": shapes.time},
    FROZEN: {
        "agenda": shapes.digest,
        "keeper": shapes.text,
        "opening": shapes.key,
        "roll": shapes.digest,
        "rules": shapes.digest,
    },
    LETTERS: {"issued": shapes.number},
    LETTER: {"reason": shapes.text, "serial": shapes.number, "voter": shapes.uuid},
    CREDENTIAL: {"token": shapes.text},
    BALLOT: {"token": shapes.text},
    CLOSED: {},
    OPENED: {"key": shapes.text},
    COUNTED: {"result": shapes.digest},
    OBJECTION: {"sha256": shapes.digest, "stage": shapes.text},
    ANSWERED: {"answer": shapes.digest, "objection": shapes.digest},
    RULING: {"by": shapes.text, "index": shapes.number, "reason": shapes.text},
    CERTIFIED: {"by": shapes.text, "note": shapes.text, "result": shapes.digest},
    PUBLISHED: {"number": shapes.text, "result": shapes.digest},
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
    shapes.require_shape(entry, SHAPES)
