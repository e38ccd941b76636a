"""Long work in tests: run to its end."""

from collections.abc import Generator
from typing import TypeVar

E = TypeVar("E")
R = TypeVar("R")


def ended(work: Generator[E, None, R]) -> tuple[list[E], R]:
    """All events of a generator, and what it returned."""
    events = []
    while True:
        try:
            events.append(next(work))
        except StopIteration as end:
            return events, end.value
