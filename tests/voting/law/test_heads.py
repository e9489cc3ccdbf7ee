"""Heads: golden cases 2 to 5, the court's rule of who counts as one."""

from hypothesis import given
from hypothesis import strategies as st

from voting.law.heads import Head, Holder, Holding, heads

WANG, LI, FIRM = "王", "李", "公司"


def own(key: str, *owners: str) -> Holding[str]:
    return Holding(key, frozenset(owners), with_developer=False)


def kept(key: str, *owners: str) -> Holding[str]:
    return Holding(key, frozenset(owners), with_developer=True)


def test_golden_2_one_owner_three_flats_is_one_head() -> None:
    assert heads([own("a", WANG), own("b", WANG), own("c", WANG)]) == {
        frozenset({WANG}): ["a", "b", "c"]
    }


def test_golden_3_an_owner_alone_and_with_another_is_two_heads() -> None:
    assert len(heads([own("a", WANG), own("b", WANG, LI)])) == 2


def test_the_same_two_owners_are_one_head_in_any_order() -> None:
    assert heads([own("a", WANG, LI), own("b", LI, WANG)]) == {frozenset({WANG, LI}): ["a", "b"]}


def test_golden_4_fifteen_flats_of_one_company_are_one_head() -> None:
    assert len(heads(own(str(number), FIRM) for number in range(15))) == 1


def test_golden_5_undelivered_flats_are_one_head_with_all_their_parts() -> None:
    buyers = [kept(str(number), f"买受人{number}") for number in range(100)]
    unsold = [kept(str(number)) for number in range(100, 170)]
    grouped = heads([*buyers, *unsold])
    assert list(grouped) == [Holder.DEVELOPER]
    assert len(grouped[Holder.DEVELOPER]) == 170


def test_a_buyer_with_one_flat_delivered_and_one_not_is_beside_the_developer() -> None:
    grouped = heads([own("a", WANG), kept("b", WANG)])
    assert grouped == {frozenset({WANG}): ["a"], Holder.DEVELOPER: ["b"]}


HOLDINGS = st.lists(
    st.builds(
        Holding,
        st.uuids(),
        st.frozensets(st.sampled_from([WANG, LI, FIRM]), min_size=1),
        st.booleans(),
    )
)


@given(HOLDINGS)
def test_every_part_has_exactly_one_head(holdings: list[Holding[object]]) -> None:
    grouped: dict[Head, list[object]] = heads(holdings)
    keys = [key for parts in grouped.values() for key in parts]
    assert sorted(map(str, keys)) == sorted(str(holding.key) for holding in holdings)
    assert len(grouped) <= len(holdings)
