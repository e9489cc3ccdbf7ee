"""Writes that come at the same moment share one transaction: a commit costs more than the work.

A disk commits some hundred times a second however little each commit holds, and ballots under
one log must follow each other. Whoever comes while a commit is under way waits, and the first of
those takes all the others along in the next one.
"""

import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assemblies.foundation.database import Database
from voting.errors import VotingError

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
# Answers all who asked, in order; what is refused is an answer too.
Work = Callable[[Session, Sequence[Asked]], Sequence[Answer | VotingError]]


@dataclass(slots=True)
class _Wish:
    """What one caller asks, under which lock, and what became of it."""

    asked: Any
    among: Hashable
    answer: Any = None
    settled: bool = False


class Together:
    """The writers of one process that may share a transaction."""

    def __init__(self, database: Database) -> None:
        """Share transactions of this database."""
        self._database = database
        self._turn = threading.Lock()
        self._list = threading.Lock()
        self._waiting: list[_Wish] = []

    def write(self, work: Work[Asked, Answer], asked: Asked, *, among: Hashable) -> Answer:
        """Have `work` answer `asked`, perhaps beside others, and return that once committed.

        Raises the answer if it is a refusal. Those who say the same `among` ask the same work
        under the same lock, so any one of them can have it done for all.
        """
        mine = _Wish(asked, among)
        with self._list:
            self._waiting.append(mine)
        with self._turn:
            if not mine.settled:
                self._settle(work, mine)
        if isinstance(mine.answer, VotingError):
            raise mine.answer
        answer: Answer = mine.answer
        return answer

    def _settle(self, work: Work[Any, Any], mine: _Wish) -> None:
        wishes = [mine, *self._taken_along(mine)]
        try:
            self._commit(work, wishes)
        except SQLAlchemyError:
            if len(wishes) == 1:
                raise
            self._commit(work, [mine])  # the others come to their turn and see for themselves

    def _taken_along(self, mine: _Wish) -> list[_Wish]:
        """Take the wish and those that may go with it off the list; return the latter."""
        with self._list:
            others = [one for one in self._waiting if one is not mine]
            self._waiting = [one for one in others if one.among != mine.among]
        return [one for one in others if one.among == mine.among]

    def _commit(self, work: Work[Any, Any], wishes: Sequence[_Wish]) -> None:
        with self._database.writing() as session:
            answers = work(session, [wish.asked for wish in wishes])
        for wish, answer in zip(wishes, answers, strict=True):
            wish.answer, wish.settled = answer, True
