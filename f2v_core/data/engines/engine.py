"""Who does the work of preparing: processes of this machine, or a Ray cluster, behind one small interface."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Literal, Protocol, get_args

from typing_extensions import override

from f2v_core.data.engines.crew import Done, Result, Supervisor, Task
from f2v_core.data.engines.local_crew import LocalCrew
from f2v_core.errors import InputError

__all__ = ["ENGINES", "Done", "Engine", "EngineName", "LocalEngine", "default_workers", "make_engine"]

EngineName = Literal["local", "ray"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)


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


class LocalEngine(Engine):
    """Processes of this machine, each working on one task at a time.

    Attributes:
        workers: how many; 0 works in the calling thread: nothing is pickled, no heartbeat comes during a task, and a
            crash is a crash of the caller.
    """

    def __init__(self, workers: int) -> None:
        """Take `workers` processes.

        Raises:
            InputError: fewer than 0.
        """
        if workers < 0:
            raise InputError(
                f"{workers} workers are not possible.", "Give 1 or more; 0 works in the same process."
            )
        self.workers = workers

    @contextmanager
    @override
    def run(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Iterator[Done[Task, Result] | None]]:
        if self.workers == 0:
            yield (Done(task, function(task)) for task in tasks)
            return
        crew = LocalCrew(function, self.workers)
        try:
            yield Supervisor(crew, tasks).run()
        finally:
            crew.kill()


def default_workers() -> int:
    """The number of cores that this process may use, >= 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def make_engine(name: EngineName, workers: int | None = None, address: str | None = None) -> Engine:
    """The engine of that name.

    Args:
        name: "local": processes of this machine; "ray": a Ray cluster.
        workers: how many tasks at once; None takes all cores. A cluster that is joined decides that itself.
        address: of the Ray cluster; None starts a Ray of its own on this machine.

    Raises:
        InputError: the arguments contradict one another, are out of range, or Ray is not installed.
    """
    if name == "local":
        if address is not None:
            raise InputError(
                f"An address ({address}) is for a cluster only.", "Choose the engine ray with it."
            )
        return LocalEngine(default_workers() if workers is None else workers)
    from f2v_core.data.engines.ray_engine import RayEngine  # noqa: PLC0415 - an optional extra

    return RayEngine(address, workers)
