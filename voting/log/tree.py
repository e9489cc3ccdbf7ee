"""The Merkle tree of RFC 6962: hashes, roots, and proofs of inclusion and consistency."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from voting.errors import BadProof, Malformed

HASH = 32
EMPTY = hashlib.sha256().digest()  # the root of a tree without leaves (RFC 6962 2.1)


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf (RFC 6962 2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighbouring nodes (RFC 6962 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree remembered by the roots of its full subtrees, greatest first: enough to grow it."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.peaks) != self.size.bit_count() or any(
            len(peak) != HASH for peak in self.peaks
        ):
            raise Malformed("a frontier has one hash for each full subtree")

    @classmethod
    def of(cls, leaves: Iterable[bytes]) -> Self:
        """Return the frontier of a tree with these leaf hashes."""
        frontier = cls()
        for leaf in leaves:
            frontier = frontier.append(leaf)
        return frontier

    @classmethod
    def parse(cls, size: int, data: bytes) -> Self:
        """Read a frontier kept as its size and `data`; raises `Malformed`."""
        return cls(size, tuple(data[at : at + HASH] for at in range(0, len(data), HASH)))

    def data(self) -> bytes:
        """Return the peaks one after the other, for keeping beside the size."""
        return b"".join(self.peaks)

    def append(self, leaf: bytes) -> Self:
        """Return the frontier with one more leaf hash."""
        peaks, size = list(self.peaks), self.size
        while size & 1:
            leaf, size = node_hash(peaks.pop(), leaf), size >> 1
        return type(self)(self.size + 1, (*peaks, leaf))

    def root(self) -> bytes:
        """Return the root of the tree."""
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def proof_of_next(self) -> tuple[bytes, ...]:
        """Return the inclusion proof of the leaf that is appended next, in the tree it completes.

        On its way to the root the last leaf meets every full subtree before it, nearest first.
        """
        return self.peaks[::-1]


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes (RFC 6962 2.1)."""
    return _levels(leaves)[-1][0] if leaves else EMPTY


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return the audit path of a leaf (RFC 6962 2.1.1); raises `BadProof` if there is none."""
    if not 0 <= index < len(leaves):
        raise BadProof(f"no leaf {index} in a tree of {len(leaves)}")
    path = []
    for level in _levels(leaves)[:-1]:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        index >>= 1
    return tuple(path)


def verify_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that a leaf hash stands at an index of a tree; raises `BadProof` (RFC 9162 2.1.3.2)."""
    _require_hashes([leaf, *proof])
    if not 0 <= index < size:
        raise BadProof(f"no leaf {index} in a tree of {size}")
    at, last, reached, steps = index, size - 1, leaf, iter(proof)
    for step in steps:
        if last == 0:
            raise BadProof("the proof is too long")
        if at & 1 or at == last:
            reached = node_hash(step, reached)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            reached = node_hash(reached, step)
        at, last = at >> 1, last >> 1
    if last != 0 or reached != root:
        raise BadProof("the proof does not lead from the leaf to the root")


def consistency_proof(old_size: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return the proof that a tree begins with an older one (RFC 6962 2.1.2).

    Raises `BadProof` if the older tree is empty or longer than the newer.
    """
    if not 0 < old_size <= len(leaves):
        raise BadProof(f"no tree of {old_size} to prove within one of {len(leaves)}")
    return tuple(_subproof(old_size, leaves, whole=True))


def verify_consistency(
    *, old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that a tree begins with an older one; raises `BadProof` (RFC 9162 2.1.4.2).

    An older tree of size 0 is refused: every tree begins with the empty one, so it proves nothing.
    """
    _require_hashes(proof)
    if not 0 < old_size <= new_size:
        raise BadProof(f"a tree of {new_size} cannot be tested against one of {old_size}")
    if old_size == new_size:
        if proof or old_root != new_root:
            raise BadProof("trees of one size have one root and need no proof")
        return
    if _consistent_roots(old_size, old_root, new_size, proof) != (old_root, new_root):
        raise BadProof("the proof does not lead to both roots")


def _consistent_roots(
    old_size: int, old_root: bytes, new_size: int, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """Return the two roots that a consistency proof leads to."""
    at, last, steps = old_size - 1, new_size - 1, list(proof)
    while at & 1:
        at, last = at >> 1, last >> 1
    if at == 0:  # the older tree is one full subtree: its root starts the way
        steps.insert(0, old_root)
    if not steps:
        raise BadProof("the proof is empty")
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise BadProof("the proof is too long")
        if at & 1 or at == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, step)
        at, last = at >> 1, last >> 1
    if last != 0:
        raise BadProof("the proof is too short")
    return old, new


def _subproof(size: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962 2.1.2; `whole`: the older tree's own root is known to the reader."""
    if size == len(leaves):
        return [] if whole else [root(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if size <= split:
        return [*_subproof(size, leaves[:split], whole=whole), root(leaves[split:])]
    return [*_subproof(size - split, leaves[split:], whole=False), root(leaves[:split])]


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return every level from the leaves to the root; a node without a neighbour moves up alone."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
        levels.append([*above, below[-1]] if len(below) & 1 else above)
    return levels


def _require_hashes(hashes: Iterable[bytes]) -> None:
    if any(len(item) != HASH for item in hashes):
        raise BadProof("a hash has 32 bytes")
