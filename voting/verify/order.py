"""The order in which things lawfully happen in an assembly's log (SPEC 6.2)."""

from collections.abc import Iterable

from voting.bundle import LOG
from voting.errors import Unproven
from voting.log import kinds

STEPS = (
    kinds.CREATED,
    kinds.REVIEWED,
    kinds.POSTED,
    kinds.FROZEN,
    kinds.CLOSED,
    kinds.OPENED,
    kinds.COUNTED,
    kinds.CERTIFIED,
    kinds.PUBLISHED,
)
AGAIN = frozenset({kinds.REVIEWED, kinds.COUNTED})
_VOTING = frozenset({kinds.FROZEN, kinds.CLOSED})
_ANY = frozenset(STEPS[:-1])
# Between the steps: what may be logged while which step is the last one taken.
WITHIN = {
    kinds.LETTERS: _VOTING,
    kinds.LETTER: _VOTING,
    kinds.CREDENTIAL: _VOTING,
    kinds.BALLOT: _VOTING,
    kinds.OBJECTION: _ANY,
    kinds.ANSWERED: _ANY,
    kinds.RULING: frozenset({kinds.CLOSED, kinds.OPENED, kinds.COUNTED}),
}


def require_order(entries: Iterable[tuple[str, str]]) -> None:
    """Refuse entries, given as place and kind, out of their lawful order; raises `Unproven`."""
    taken, ruled = "", False
    for place, kind in entries:
        if not _may_follow(taken, kind):
            before = f"“{kinds.WORDS[taken]}”之后" if taken else "日志开头"
            raise Unproven(f"{place}：{before}不应出现“{kinds.WORDS[kind]}”（{kind}）。")
        if kind == kinds.CERTIFIED and ruled:
            raise Unproven(f"{place}：认定某票无效以后没有重新计票，就作了核验认定。")
        ruled = kind == kinds.RULING or (ruled and kind != kinds.COUNTED)
        taken = kind if kind in STEPS else taken
    if taken not in {kinds.COUNTED, kinds.CERTIFIED, kinds.PUBLISHED}:
        raise Unproven(f"{LOG} 里还没有“{kinds.WORDS[kinds.COUNTED]}”的记录，没有结果可核对。")


def _may_follow(taken: str, kind: str) -> bool:
    if kind in WITHIN:
        return taken in WITHIN[kind]
    if kind == taken:
        return kind in AGAIN
    return STEPS.index(kind) == (STEPS.index(taken) + 1 if taken else 0)
