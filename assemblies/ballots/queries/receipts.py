"""A voter's receipts: what a page may show of a logged ballot, never what was chosen."""

from dataclasses import dataclass

from assemblies.ballots.queries.papers import Paper
from assemblies.foundation.pictures import Receipt
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.wording import area_text, moment_text
from assemblies.records.casting.logged import Earlier
from voting.result import Aside

NUMBER_SIGNS = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """A receipt on the page; `aside` says why this ballot does not count, if it does not."""

    index: int
    card: Receipt
    aside: Aside | None
    checkpoint: str


def receipt(paper: Paper, index: int | None, board: str) -> Shown:
    """Return one of a voter's receipts, the newest unless asked; raises `NotFound`."""
    one = logged(paper, index)
    card = Receipt(
        number=number(one),
        assembly=f"{paper.estate} {paper.title}",
        voter=paper.home,
        weight=f"1 户 · {area_text(paper.voter.area)}",
        channel=f"{one.channel.words}表决",
        received=moment_text(one.at),
        log_place=f"第 {one.index + 1} 条",
        digest=one.leaf.hex(),
        check_href=f"{board}/{paper.holder.assembly}",
    )
    return Shown(one.index, card, aside(paper, one), one.receipt.checkpoint)


def logged(paper: Paper, index: int | None) -> Earlier:
    """Return one of a voter's logged ballots, the newest unless asked; raises `NotFound`."""
    for one in reversed(paper.ballots):
        if index is None or one.index == index:
            return one
    raise NotFound


def number(one: Earlier) -> str:
    """Return the receipt's number: the first signs of the entry's fingerprint, to read aloud."""
    signs = one.leaf.hex()[:NUMBER_SIGNS].upper()
    return f"{signs[:4]}-{signs[4:]}"


def aside(paper: Paper, one: Earlier) -> Aside | None:
    """Return why a ballot does not count as things are now."""
    if one.at >= paper.holder.closes:
        return Aside.LATE
    return None if one.index == paper.standing else Aside.SUPERSEDED
