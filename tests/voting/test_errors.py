"""Refusals: one tree, and every sentence that a user may see is Chinese and whole."""

import inspect
import re

import pytest

from voting import errors
from voting.errors import VotingError

REFUSALS = {name: kind for name, kind in vars(errors).items() if inspect.isclass(kind)}
SENTENCE = re.compile(r"[\u4e00-\u9fff].*。")


@pytest.mark.parametrize("kind", REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_stands_in_the_tree_and_says_why_in_chinese(kind: type[VotingError]) -> None:
    assert issubclass(kind, VotingError)
    assert inspect.getdoc(kind)
    assert SENTENCE.fullmatch(kind.said)
