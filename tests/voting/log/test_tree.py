"""The Merkle tree: known answers, every small tree, and proofs that a flipped bit undoes."""

from base64 import b64decode
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.known_answers import all_known_answers
from voting.errors import BadProof, Malformed
from voting.log.tree import (
    EMPTY,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

LEAVES = tuple(leaf_hash(number.to_bytes(2)) for number in range(300))
ROOTS = {size: root(LEAVES[:size]) for size in range(301)}
SMALL = range(1, 34)

SIZES = st.integers(1, 300)


@st.composite
def places(draw: st.DrawFn) -> tuple[int, int]:
    """Draw a leaf's index and a tree that contains it."""
    size = draw(SIZES)
    return draw(st.integers(0, size - 1)), size


@st.composite
def growths(draw: st.DrawFn) -> tuple[int, int]:
    """Draw an older and a newer size."""
    size = draw(SIZES)
    return draw(st.integers(1, size)), size


def flipped(data: bytes, bit: int) -> bytes:
    """Turn one bit over."""
    bit %= 8 * len(data)
    return bytes(byte ^ (1 << bit % 8 if at == bit // 8 else 0) for at, byte in enumerate(data))


def flipped_one(hashes: Sequence[bytes], bit: int) -> list[bytes]:
    """Turn one bit over in one of several hashes."""
    at = bit // 256 % len(hashes)
    return [flipped(item, bit) if number == at else item for number, item in enumerate(hashes)]


def included(at: int, size: int, **changes: Any) -> bool:
    """Say whether a true proof, or one with something changed, is accepted."""
    claim: dict[str, Any] = {
        "leaf": LEAVES[at],
        "index": at,
        "size": size,
        "proof": inclusion_proof(at, LEAVES[:size]),
        "root": ROOTS[size],
    } | changes
    try:
        verify_inclusion(**claim)
    except BadProof:
        return False
    return True


def consistent(old: int, new: int, **changes: Any) -> bool:
    """Say whether a true proof, or one with something changed, is accepted."""
    claim: dict[str, Any] = {
        "old_size": old,
        "old_root": ROOTS[old],
        "new_size": new,
        "new_root": ROOTS[new],
        "proof": consistency_proof(old, LEAVES[:new]),
    } | changes
    try:
        verify_consistency(**claim)
    except BadProof:
        return False
    return True


# --- roots -----------------------------------------------------------------------------------


def test_the_root_is_the_recursion_of_rfc_6962() -> None:
    def recursive(leaves: Sequence[bytes]) -> bytes:
        if len(leaves) == 1:
            return leaves[0]
        split = max(1 << bit for bit in range(20) if 1 << bit < len(leaves))
        return node_hash(recursive(leaves[:split]), recursive(leaves[split:]))

    assert root([]) == EMPTY == sha256(b"").digest()
    assert [ROOTS[size] for size in SMALL] == [recursive(LEAVES[:size]) for size in SMALL]


def test_leaves_and_nodes_cannot_be_taken_for_each_other() -> None:
    assert leaf_hash(b"ab") == sha256(b"\x00ab").digest()
    assert node_hash(b"a", b"b") == sha256(b"\x01ab").digest()


# --- the frontier ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, *SMALL, 255, 256, 257, 300])
def test_the_frontier_knows_the_root(size: int) -> None:
    frontier = Frontier.of(LEAVES[:size])
    assert (frontier.size, frontier.root()) == (size, ROOTS[size])
    assert Frontier.parse(size, frontier.data()) == frontier


def test_the_frontier_alone_proves_the_leaf_that_comes_next() -> None:
    frontier = Frontier()
    for index, leaf in enumerate(LEAVES):
        proof = frontier.proof_of_next()
        frontier = frontier.append(leaf)
        assert proof == inclusion_proof(index, LEAVES[: index + 1])
        verify_inclusion(leaf, index=index, size=index + 1, proof=proof, root=frontier.root())


@pytest.mark.parametrize(
    ("size", "data"),
    [(0, bytes(32)), (1, b""), (1, bytes(31)), (3, bytes(32)), (4, bytes(64)), (3, bytes(65))],
    ids=["of nothing", "lost", "cut", "too few", "too many", "a byte too long"],
)
def test_a_frontier_that_does_not_fit_its_size_is_refused(size: int, data: bytes) -> None:
    with pytest.raises(Malformed):
        Frontier.parse(size, data)


# --- proofs ----------------------------------------------------------------------------------


def test_every_leaf_of_every_small_tree_is_proven() -> None:
    assert all(included(index, size) for size in SMALL for index in range(size))


def test_every_growth_of_every_small_tree_is_proven() -> None:
    assert all(consistent(old, new) for new in SMALL for old in range(1, new + 1))


def test_no_leaf_is_proven_at_another_place_of_a_small_tree() -> None:
    sizes = range(1, 18)
    assert not any(
        included(index, size, index=other)
        for size in sizes
        for index in range(size)
        for other in range(-1, size + 2)
        if other != index
    )


@given(places(), st.integers(0, 10_000))
def test_a_flipped_bit_undoes_an_inclusion(place: tuple[int, int], bit: int) -> None:
    index, size = place
    proof = inclusion_proof(index, LEAVES[:size])
    assert included(index, size)
    assert not included(index, size, leaf=flipped(LEAVES[index], bit))
    assert not included(index, size, root=flipped(ROOTS[size], bit))
    assert not proof or not included(index, size, proof=flipped_one(proof, bit))


@given(places(), st.integers(0, 300))
def test_a_step_more_or_less_undoes_an_inclusion(place: tuple[int, int], at: int) -> None:
    index, size = place
    proof = list(inclusion_proof(index, LEAVES[:size]))
    at %= len(proof) + 1
    assert not included(index, size, proof=[*proof[:at], LEAVES[at], *proof[at:]])
    assert at == len(proof) or not included(index, size, proof=proof[:at] + proof[at + 1 :])


@given(growths(), st.integers(0, 10_000))
def test_a_flipped_bit_undoes_a_consistency(growth: tuple[int, int], bit: int) -> None:
    old, new = growth
    proof = consistency_proof(old, LEAVES[:new])
    assert consistent(old, new)
    assert not consistent(old, new, old_root=flipped(ROOTS[old], bit))
    assert not consistent(old, new, new_root=flipped(ROOTS[new], bit))
    assert not proof or not consistent(old, new, proof=flipped_one(proof, bit))


@given(growths(), st.integers(0, 300))
def test_a_step_more_or_less_undoes_a_consistency(growth: tuple[int, int], at: int) -> None:
    old, new = growth
    proof = list(consistency_proof(old, LEAVES[:new]))
    at %= len(proof) + 1
    assert not consistent(old, new, proof=[*proof[:at], LEAVES[at], *proof[at:]])
    assert at == len(proof) or not consistent(old, new, proof=proof[:at] + proof[at + 1 :])


@given(growths(), st.integers(0, 299))
def test_a_rewritten_past_is_found(growth: tuple[int, int], at: int) -> None:
    old, new = growth
    rewritten = list(LEAVES[:new])
    rewritten[at % old] = leaf_hash(b"rewritten")
    claim = {"new_root": root(rewritten), "proof": consistency_proof(old, rewritten)}
    assert not consistent(old, new, **claim)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(BadProof):
        inclusion_proof(index, LEAVES[:size])


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3), (0, 0)])
def test_there_is_no_proof_of_a_growth_that_was_not(old: int, new: int) -> None:
    with pytest.raises(BadProof):
        consistency_proof(old, LEAVES[:new])


def test_a_step_of_another_length_is_refused() -> None:
    left, right = LEAVES[:2]
    assert included(0, 2, leaf=left, proof=[right])
    assert not included(0, 2, leaf=left + right[:1], proof=[right[1:]])
    assert not included(0, 1, leaf=b"", root=b"")
    assert not consistent(1, 2, proof=[right + b"a"])


# --- answers of transparency-dev/merkle ------------------------------------------------------


def test_known_inclusion_proofs() -> None:
    cases = [*all_known_answers("rfc6962/inclusion")]
    assert [name for name, case in cases if known_inclusion(case) == case["wantErr"]] == []
    assert {case["wantErr"] for _, case in cases} == {True, False}


def test_known_consistency_proofs() -> None:
    cases = [*all_known_answers("rfc6962/consistency")]
    assert [name for name, case in cases if known_consistency(case) == case["wantErr"]] == []
    assert {case["wantErr"] for _, case in cases} == {True, False}


def known_inclusion(case: dict[str, Any]) -> bool:
    try:
        verify_inclusion(
            b64decode(case["leafHash"] or ""),
            index=case["leafIdx"],
            size=case["treeSize"],
            proof=steps(case),
            root=b64decode(case["root"] or ""),
        )
    except BadProof:
        return False
    return True


def known_consistency(case: dict[str, Any]) -> bool:
    try:
        verify_consistency(
            old_size=case["size1"],
            old_root=b64decode(case["root1"] or ""),
            new_size=case["size2"],
            new_root=b64decode(case["root2"] or ""),
            proof=steps(case),
        )
    except BadProof:
        return False
    return True


def steps(case: dict[str, Any]) -> list[bytes]:
    return [b64decode(step or "") for step in case["proof"] or []]
