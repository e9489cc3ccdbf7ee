"""Whatever is logged: the verification never breaks down, and what it lets pass was lawful."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.simulation import canonical_object, uid
from tests.support.strategies import DIGESTS, IDS, TEXTS
from tests.support.streams import KEEPER, MAIN, MEMBERS, PHOTOGRAPH, SPARE, SealLog
from voting.canonical import Plain
from voting.log import seals, supervision
from voting.verify.streams import verify_file, verify_stream

VALUES: st.SearchStrategy[Plain] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | TEXTS
    | DIGESTS
    | IDS.map(str)
    | st.sampled_from(["entitled", "minute", "2026-01-01", str(MAIN), str(uid("use", "0"))]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
KINDS = st.sampled_from([*seals.WORDS, *list(supervision.WORDS)[:5]])
FIELDS = sorted({field for shape in seals.SHAPES.values() for field in shape})
USE = str(uid("use", "0"))
# A choice of acts, each of them now lawful and now not, after what happened before.
ACTS: st.SearchStrategy[Callable[[SealLog], object]] = st.one_of(
    st.integers(0, 4).map(lambda member: lambda log: log.sign(USE, member)),
    st.integers(3, 4).map(lambda member: lambda log: log.decline(USE, member)),
    st.tuples(st.sampled_from([KEEPER, "乙"]), st.integers(1, 2)).map(
        lambda by: lambda log: log.stamp(USE, PHOTOGRAPH, keeper=by[0], copies=by[1])
    ),
    st.just(lambda log: log.stamp(USE, PHOTOGRAPH)),
    st.sampled_from([KEEPER, "乙"]).map(lambda keeper: lambda log: log.keep(MAIN, keeper)),
    st.sampled_from([SealLog.close, SealLog.withdraw]).map(lambda act: lambda log: act(log, USE)),
    st.sampled_from([MAIN, SPARE]).map(lambda seal: lambda log: log.lose(seal)),
)


@given(KINDS, st.dictionaries(st.sampled_from(FIELDS) | TEXTS, VALUES, max_size=13))
def test_no_body_breaks_the_verification(kind: str, body: dict[str, Plain]) -> None:
    log = SealLog()
    log.append(kind, **body)
    verify_stream(log.data())


@given(st.integers(1, 8), st.sampled_from(FIELDS), VALUES)
def test_no_field_breaks_the_verification(index: int, field: str, value: Plain) -> None:
    log = SealLog()
    log.close(log.stamped("0", PHOTOGRAPH))
    entry = log.entries[index]
    log.entries[index] = type(entry)(
        entry.kind, entry.time, {**entry.body, **canonical_object({field: value})}
    )
    verify_stream(log.data())


@given(st.binary(max_size=300))
def test_no_bytes_break_the_verification(data: bytes) -> None:
    assert not verify_file(data).holds
    assert not verify_stream(data).holds


@settings(max_examples=300)
@given(st.lists(ACTS, min_size=2, max_size=12))
def test_what_passes_was_signed_by_more_than_half_before_the_keeper_stamped(
    acts: list[Callable[[SealLog], object]],
) -> None:
    log = SealLog()
    log.sign(log.apply("0"), 0, 1)
    for act in acts:
        act(log)
        if not verify_stream(log.data()).holds:
            log.entries.pop()
    keeper, lost = KEEPER, False
    for index, entry in enumerate(log.entries[3:], 3):
        keeper = str(entry.body["keeper"]) if entry.kind == seals.KEPT else keeper
        lost = lost or entry.kind == seals.LOST
        if entry.kind == seals.STAMPED:
            signed = {
                str(before.body["member"])
                for before in log.entries[:index]
                if before.kind == seals.SIGNED and before.body["use"] == entry.body["use"]
            }
            assert 2 * len(signed) > len(MEMBERS)
            assert (entry.body["keeper"], entry.body["copies"], lost) == (keeper, 2, False)
