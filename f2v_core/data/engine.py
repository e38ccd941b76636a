"""Who does the work of preparing: processes of this machine, or a Ray cluster, behind one small interface."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Done(Generic[Task, Result]):
    """A task and how it ended.

    Attributes:
        task: as it was given.
        result: what the function returned; None when its process died under it.
    """

    task: Task
    result: Result | None


class Engine(Protocol):
    """Runs one function on many tasks at once. Function, tasks and results are pickled."""

    def run(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> AbstractContextManager[Iterator[Done[Task, Result] | None]]:
        """Yield an iterator of ended tasks, in any order; leaving the context ends all workers at once.

        The iterator gives None at least twice a second while nothing ends, so that its reader can look around and
        leave. `tasks` is read no further than there are workers for. A task whose process dies (a crash, out of
        memory) is tried once more alone, and given with the result None when that dies too.

        Raises:
            Exception: whatever the function raised, as it was.
        """
        ...
