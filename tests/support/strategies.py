"""Hypothesis strategies for the values of the core."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import strategies as st

from tests.support.simulation import p256, uid
from voting.agenda import Agenda, Attachment, Item, ItemKind, Option
from voting.ballot import Bound
from voting.law.matters import Matter
from voting.roll import Roll, RollPart, Voter
from voting.scope import Scope, ScopeKind
from voting.signing import PublicKey

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
IDS = st.integers(0, 10**6).map(lambda number: uid("any", number))
DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
SECONDS = st.integers(0, 2**31).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
AREAS = st.integers(1, 10**6)
BOUNDS = st.builds(Bound, assembly=IDS, agenda=DIGESTS, roll=DIGESTS, rules=DIGESTS)


def distinct_ids(at_least: int, at_most: int) -> st.SearchStrategy[list[UUID]]:
    """Draw ids, none of them twice."""
    return st.lists(IDS, min_size=at_least, max_size=at_most, unique=True)


SCOPES = st.one_of(
    st.just(Scope()),
    st.lists(WORDS, min_size=1, max_size=3, unique=True).map(
        lambda names: Scope(ScopeKind.BUILDINGS, buildings=tuple(sorted(names)))
    ),
    st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3, unique=True).map(
        lambda pairs: Scope(ScopeKind.ENTRANCES, entrances=tuple(sorted(pairs)))
    ),
    distinct_ids(1, 3).map(lambda ids: Scope(ScopeKind.PARTS, parts=frozenset(ids))),
)
ATTACHMENTS = st.builds(
    Attachment,
    id=IDS,
    name=TEXTS,
    media_type=TEXTS,
    size=st.integers(0, 10**9),
    sha256=DIGESTS,
)


@st.composite
def items(draw: st.DrawFn, number: int = 1) -> Item:
    """Draw an item of any kind."""
    kind = draw(st.sampled_from(ItemKind))
    names = draw(st.lists(WORDS, min_size=1, max_size=4, unique=True))
    options = tuple(
        Option(name, draw(TEXTS), draw(TEXTS)) for name in names if name not in {"none", "abstain"}
    )
    decided = kind is ItemKind.DECISION or not options
    return Item(
        id=uid("any item", number),
        number=number,
        matter=draw(st.sampled_from(Matter)),
        kind=ItemKind.DECISION if decided else kind,
        title=draw(TEXTS),
        text=draw(TEXTS),
        scope=draw(SCOPES),
        options=() if decided else options,
        seats=draw(st.integers(1, 9)) if not decided and kind is ItemKind.ELECTION else 0,
        attachments=tuple(draw(st.lists(ATTACHMENTS, max_size=2))),
        details=draw(st.dictionaries(TEXTS, st.integers(0, 9) | TEXTS, max_size=2)),
    )


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    """Draw an agenda of one to three items."""
    opens, closes = sorted(draw(st.lists(SECONDS, min_size=2, max_size=2, unique=True)))
    return Agenda(
        assembly=draw(IDS),
        estate=draw(TEXTS),
        title=draw(TEXTS),
        convener=draw(TEXTS),
        opens=opens,
        closes=closes,
        opening=PublicKey.of(p256("any opening")),
        registrar=PublicKey.of(p256("any registrar")),
        items=tuple(draw(items(number)) for number in range(1, draw(st.integers(1, 3)) + 1)),
    )


@st.composite
def rolls(draw: st.DrawFn, at_least: int = 0) -> Roll:
    """Draw a roll of a few voters in three buildings."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=at_least, max_size=6))
    return Roll(
        tuple(
            Voter(
                uid("any voter", number),
                tuple(
                    RollPart(
                        uid("any part", number, at),
                        draw(st.sampled_from(["1号楼", "2号楼", "3号楼"])),
                        draw(st.sampled_from(["1单元", "2单元"])),
                        draw(TEXTS),
                        "dwelling",
                        draw(AREAS),
                        draw(TEXTS),
                    )
                    for at in range(size)
                ),
                developer=number == 0 and draw(st.booleans()),
            )
            for number, size in enumerate(sizes)
        )
    )
