"""What is wrong with a cell, and how much that weighs."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a remark weighs, the heaviest first."""

    REFUSED = "refused"
    QUESTION = "question"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word shown on screen."""
        return {"refused": "不能导入", "question": "请确认", "warning": "提醒", "note": "说明"}[
            self
        ]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with one cell's text, before anyone knows which cell."""

    level: Level
    code: str
    said_zh: str
