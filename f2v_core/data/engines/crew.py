"""Which task runs when: as many as there are hands, and those whose process died once more, alone."""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

HEARTBEAT_S = 0.4
"""How long a wait lasts at most: an engine promises a sign of life twice a second."""


@dataclass(frozen=True)
class Done(Generic[Task, Result]):
    """A task and how it ended.

    Attributes:
        task: as it was given.
        result: what the function returned; None when its process died under it.
    """

    task: Task
    result: Result | None


@dataclass(frozen=True)
class Ended(Generic[Result]):
    """A piece of work that came to its end.

    Attributes:
        number: the one it was started under.
        result: what the function returned.
        died: its process is gone; there is no result.
    """

    number: int
    result: Result | None = None
    died: bool = False


class Crew(ABC, Generic[Task, Result]):
    """Processes that work: the part in which the engines differ."""

    @property
    @abstractmethod
    def size(self) -> int:
        """How many tasks it works on at once, >= 1; may change."""

    @abstractmethod
    def start(self, number: int, task: Task) -> None:
        """Begin a task; never more than `size` at once."""

    @abstractmethod
    def wait(self, seconds: float) -> list[Ended[Result]]:
        """What has ended, after `seconds` at the latest; may be empty.

        Raises:
            Exception: whatever the function raised.
        """


class Supervisor(Generic[Task, Result]):
    """Hands out tasks to a crew and judges how they end.

    A process that dies may have been killed for the memory that its neighbours take, so nothing else runs while its
    task is tried again: if that dies too, the task itself is to blame.
    """

    def __init__(self, crew: Crew[Task, Result], tasks: Iterable[Task]) -> None:
        self._crew = crew
        self._tasks = enumerate(tasks)
        self._running: dict[int, Task] = {}
        self._suspects: deque[tuple[int, Task]] = deque()
        self._alone = False

    def run(self) -> Iterator[Done[Task, Result] | None]:
        """All ended tasks; None whenever a wait brought none."""
        while self._start():
            ended = [self._judge(each) for each in self._crew.wait(HEARTBEAT_S)]
            done = [each for each in ended if each is not None]
            yield from done or (None,)

    def _start(self) -> bool:
        """Keep the crew busy; tells whether anything runs."""
        if self._suspects and not self._running:
            self._alone = True
            self._begin(*self._suspects.popleft())
        elif not self._suspects and not self._alone:
            for number, task in islice(self._tasks, max(0, self._crew.size - len(self._running))):
                self._begin(number, task)
        return bool(self._running)

    def _begin(self, number: int, task: Task) -> None:
        self._running[number] = task
        self._crew.start(number, task)

    def _judge(self, ended: Ended[Result]) -> Done[Task, Result] | None:
        task = self._running.pop(ended.number)
        alone, self._alone = self._alone, False
        if ended.died and not alone:
            self._suspects.append((ended.number, task))
            return None
        return Done(task, ended.result)
