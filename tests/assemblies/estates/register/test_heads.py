"""Heads by the court's counting rule."""

import pytest

from assemblies.estates.register.heads import sums
from assemblies.estates.register.values import (
    Basis,
    ExistingPart,
    PartKey,
    RegisterOwner,
    Status,
    Sums,
    Use,
)
from tests.assemblies.estates.register.making import resident

X = RegisterOwner("甲", id_number=resident(1))
Y = RegisterOwner("乙", id_number=resident(2))
NAMELESS = RegisterOwner("甲")
CALLED = RegisterOwner("甲", phones=("13800000001",))


def flats(
    *owners: tuple[RegisterOwner, ...], status: Status = Status.SOLD, use: Use = Use.DWELLING
) -> list[ExistingPart]:
    return [
        ExistingPart(
            PartKey("1", "", f"{status}{use}{n}"), "1号楼", "", "", str(n),
            100, Basis.REGISTER, use, status, owners=them,
        )
        for n, them in enumerate(owners)
    ]  # fmt: skip


CASES = {
    "one owner, three flats: one head": (flats((X,), (X,), (X,)), 1),
    "A of X, B of X and Y: two heads": (flats((X,), (X, Y)), 2),
    "X and Y own two flats together: one head": (flats((X, Y), (Y, X)), 1),
    "undelivered and unsold together: one head": (
        flats((X,), (Y,), status=Status.UNDELIVERED) + flats((), (), status=Status.UNSOLD), 1),
    "170 undelivered flats: one head": (flats(*[(X,)] * 170, status=Status.UNDELIVERED), 1),
    "the developer beside an owner: two heads": (flats((X,)) + flats((), status=Status.UNSOLD), 2),
    "a sealed flat counts with its owner": (flats((X,)) + flats((X,), status=Status.SEALED), 1),
    "same name without an ID: two heads": (flats((NAMELESS,), (NAMELESS,)), 2),
    "same name and phone without an ID: one head": (flats((CALLED,), (CALLED,)), 1),
    "same name with and without an ID: two heads": (flats((X,), (NAMELESS,)), 2),
    "an empty register: no head": ([], 0),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "heads"), CASES.values(), ids=CASES)
def test_heads(parts: list[ExistingPart], heads: int) -> None:
    assert sums(parts).heads == heads


def test_only_the_uses_asked_for_are_summed() -> None:
    parts = flats((X,), (Y,)) + flats((X,), use=Use.PARKING)
    assert sums(parts, {Use.DWELLING}) == Sums(2, 200, 2, 2)
    assert sums(parts, {Use.PARKING}) == Sums(1, 100, 1, 1)
    assert sums(parts) == Sums(3, 300, 2, 2)
