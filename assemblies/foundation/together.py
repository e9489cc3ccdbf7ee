"""Writes that come at the same moment share one transaction: a commit costs more than the work.

A disk commits some hundred times a second however little each commit holds, and ballots under
one log must follow each other. Whoever comes while a commit is under way waits, and the first of
those takes all the others along in the next one.
"""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assemblies.foundation.database import Database
from voting.errors import VotingError

Answer = TypeVar("Answer")


@dataclass(slots=True)
class _Wish:
    """What one caller wants written, and what became of it."""

    work: Callable[[Session], Any]
    among: Hashable
    answer: Any = None
    refusal: VotingError | None = None
    settled: bool = False

    def fulfil(self, session: Session) -> None:
        try:
            self.answer = self.work(session)
        except VotingError as refusal:
            self.refusal = refusal


class Together:
    """The writers of one process that may share a transaction."""

    def __init__(self, database: Database) -> None:
        """Share transactions of this database."""
        self._database = database
        self._turn = threading.Lock()
        self._list = threading.Lock()
        self._waiting: list[_Wish] = []

    def write(self, work: Callable[[Session], Answer], *, among: Hashable) -> Answer:
        """Run `work` in a transaction, perhaps beside others, and return its answer once committed.

        Raises what `work` refuses; the others are not touched by that, so `work` must refuse
        before it writes. Only works `among` the same share a transaction: under one lock.
        """
        mine = _Wish(work, among)
        with self._list:
            self._waiting.append(mine)
        with self._turn:
            if not mine.settled:
                self._settle(mine)
        if mine.refusal is not None:
            raise mine.refusal
        answer: Answer = mine.answer
        return answer

    def _settle(self, mine: _Wish) -> None:
        wishes = [mine, *self._taken_along(mine)]
        try:
            self._commit(wishes)
        except SQLAlchemyError:
            if len(wishes) == 1:
                raise
            self._commit([mine])  # the others come to their turn and see for themselves

    def _taken_along(self, mine: _Wish) -> list[_Wish]:
        """Take the wish and those that may go with it off the list; return the latter."""
        with self._list:
            others = [one for one in self._waiting if one is not mine]
            self._waiting = [one for one in others if one.among != mine.among]
        return [one for one in others if one.among == mine.among]

    def _commit(self, wishes: list[_Wish]) -> None:
        with self._database.writing() as session:
            for wish in wishes:
                wish.fulfil(session)
        for wish in wishes:
            wish.settled = True
