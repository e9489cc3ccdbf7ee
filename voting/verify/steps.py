"""Takes the steps of a verification one by one: bad data never raises, it makes a step fail."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from voting.errors import NotReached, Unproven, VotingError
from voting.verify.report import Step

_Found = TypeVar("_Found")


class Steps:
    """Takes numbered steps and keeps what was said of each."""

    __slots__ = ("_taken", "_titles")

    def __init__(self, titles: Mapping[int, str]) -> None:
        self._titles = titles
        self._taken: list[Step] = []

    @property
    def all(self) -> tuple[Step, ...]:
        """Return the steps that were taken so far."""
        return tuple(self._taken)

    def take(self, number: int, work: Callable[[list[str]], _Found]) -> _Found | None:
        """Return what a step found, or None when it does not hold."""
        said: list[str] = []
        try:
            found = work(said)
        except NotReached as error:
            self._keep(number, [error.said], holds=None)
        except Unproven as error:
            self._keep(number, [*said, error.said], holds=False)
        except VotingError as error:
            self._keep(number, [*said, f"{error.said}（{error}）"], holds=False)
        else:
            self._keep(number, said, holds=True)
            return found
        return None

    def _keep(self, number: int, said: list[str], *, holds: bool | None) -> None:
        self._taken.append(Step(number, self._titles[number], holds, tuple(said)))


def known(found: _Found | None) -> _Found:
    """Return what an earlier step found; raises `NotReached` where it did not hold."""
    if found is None:
        raise NotReached
    return found
