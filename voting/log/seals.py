"""The kinds of entry in a committee's seal log (印章使用日志) and their fields (SPEC 11)."""

from collections.abc import Mapping
from enum import StrEnum

from voting.log import shapes
from voting.log.entries import Entry
from voting.log.shapes import Shapes

STREAM, STREAM_ZH = "seals", "印章使用日志"

CREATED = "created"
MADE, KEPT, LOST, REPLACED = "seal-made", "seal-kept", "seal-lost", "seal-replaced"
APPLIED, SIGNED, DECLINED = "use-applied", "use-signed", "use-declined"
STAMPED, PHOTOGRAPHED = "use-stamped", "use-photographed"
CLOSED, WITHDRAWN = "use-closed", "use-withdrawn"
PUBLISHED = "published"


class SealKind(StrEnum):
    """Whose seal it is."""

    ASSEMBLY = "assembly"
    COMMITTEE = "committee"
    FINANCE = "finance"

    @property
    def words(self) -> str:
        """Return the kind as people say it."""
        return {
            SealKind.ASSEMBLY: "业主大会印章",
            SealKind.COMMITTEE: "业主委员会印章",
            SealKind.FINANCE: "财务专用章",
        }[self]


class BasisKind(StrEnum):
    """What a use of a seal rests on: a decision of all owners, or the committee's minute."""

    RESOLUTION = "resolution"
    MINUTE = "minute"

    @property
    def words(self) -> str:
        """Return the kind as people say it."""
        return {BasisKind.RESOLUTION: "业主大会决定", BasisKind.MINUTE: "业主委员会会议纪要"}[self]


SHAPES: Shapes = {
    CREATED: {
        "committee": shapes.uuid,
        "estate": shapes.text,
        "log": shapes.text,
        "origin": shapes.text,
        "stream": shapes.exactly(STREAM),
    },
    MADE: {
        "by": shapes.text,
        "kind": shapes.one_of(SealKind),
        "name": shapes.text,
        "proof": shapes.digest,
        "seal": shapes.uuid,
    },
    KEPT: {
        "by": shapes.text,
        "keeper": shapes.text,
        "reason": shapes.text,
        "seal": shapes.uuid,
    },
    LOST: {"by": shapes.text, "note": shapes.text, "seal": shapes.uuid},
    REPLACED: {"by": shapes.text, "seal": shapes.uuid, "successor": shapes.uuid},
    APPLIED: {
        "applicant": shapes.text,
        "basis": shapes.inner(
            {"id": shapes.uuid, "kind": shapes.one_of(BasisKind), "number": shapes.text}
        ),
        "copies": shapes.count,
        "document": shapes.digest,
        "members": shapes.several(shapes.uuid, at_least=1),
        "number": shapes.text,
        "purpose": shapes.text,
        "receiver": shapes.text,
        "rule": shapes.share,
        "seal": shapes.uuid,
        "title": shapes.text,
        "use": shapes.uuid,
    },
    SIGNED: {"member": shapes.uuid, "name": shapes.text, "use": shapes.uuid},
    DECLINED: {
        "member": shapes.uuid,
        "name": shapes.text,
        "reason": shapes.text,
        "use": shapes.uuid,
    },
    STAMPED: {
        "copies": shapes.count,
        "keeper": shapes.text,
        "photographs": shapes.several(shapes.digest),
        "use": shapes.uuid,
    },
    PHOTOGRAPHED: {
        "by": shapes.text,
        "photographs": shapes.several(shapes.digest, at_least=1),
        "use": shapes.uuid,
    },
    CLOSED: {"by": shapes.text, "note": shapes.text, "use": shapes.uuid},
    WITHDRAWN: {"by": shapes.text, "reason": shapes.text, "use": shapes.uuid},
    PUBLISHED: {
        "list": shapes.digest,
        "since": shapes.day,
        "until": shapes.day,
        "uses": shapes.number,
    },
}
WORDS: Mapping[str, str] = {
    CREATED: "建立日志",
    MADE: "刻制印章",
    KEPT: "交由保管",
    LOST: "印章遗失",
    REPLACED: "更换印章",
    APPLIED: "申请用印",
    SIGNED: "签字同意",
    DECLINED: "签字不同意",
    STAMPED: "盖章",
    PHOTOGRAPHED: "补传照片",
    CLOSED: "用印办结",
    WITHDRAWN: "撤回申请",
    PUBLISHED: "公布用印清单",
}


def require_shape(entry: Entry) -> None:
    """Refuse an entry of an unknown kind, or whose body is not its kind's; raises `Malformed`."""
    shapes.require_shape(entry, SHAPES)
