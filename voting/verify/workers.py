"""Spreads work that is all arithmetic over the processors, in order and without shared state."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

_Context = TypeVar("_Context")
_Item = TypeVar("_Item")
_Done = TypeVar("_Done")

WORTH_SPREADING = 500  # items; below it, starting a process costs more than it saves
_CHUNKS_EACH = 4

# What a worker process works on; set once when it starts, never in the process that asks.
_held: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


def spread(
    prepare: Callable[[_Context], Callable[[_Item], _Done]],
    context: _Context,
    items: Sequence[_Item],
    workers: int,
) -> list[_Done]:
    """Return what is done with every item, in their order; the first refusal in order is raised.

    Each process calls `prepare` once with the context and gives every item to what it returns.
    """
    if workers <= 1 or len(items) < WORTH_SPREADING:
        return list(map(prepare(context), items))
    size = -(-len(items) // (workers * _CHUNKS_EACH))
    with ProcessPoolExecutor(
        workers, initializer=_hold, initargs=(prepare, context, items)
    ) as pool:
        chunks = pool.map(_work, [(at, at + size) for at in range(0, len(items), size)])
        return [done for chunk in chunks for done in chunk]


def _hold(
    prepare: Callable[[_Context], Callable[[_Item], _Done]],
    context: _Context,
    items: Sequence[_Item],
) -> None:
    _held[:] = [(prepare(context), items)]


def _work(part: tuple[int, int]) -> list[Any]:
    work, items = _held[0]
    return list(map(work, items[slice(*part)]))
