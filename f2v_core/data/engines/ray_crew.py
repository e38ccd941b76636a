"""Tasks that run on a Ray to which this process is connected."""

import os
import pickle
from collections.abc import Callable
from typing import Any

from typing_extensions import override

from f2v_core.data.engines.answers import answer, read_answer
from f2v_core.data.engines.crew import Crew, Ended, Result, Task
from f2v_core.data.engines.local_crew import ONE_THREAD
from f2v_core.data.engines.ray_session import in_short
from f2v_core.errors import WorkerError


class RayCrew(Crew[Task, Result]):
    """As many tasks as the Ray has CPUs, or `limit`."""

    def __init__(self, ray: Any, function: Callable[[Task], Result], limit: int | None) -> None:  # noqa: ANN401
        """`ray` is the package, connected."""
        self._ray = ray
        self._limit = limit
        self._function = pickle.dumps(function)
        self._remote = ray.remote(num_cpus=1, max_retries=0)(_work)
        self._numbers: dict[Any, int] = {}
        gone = ray.exceptions
        self._deaths = (
            gone.WorkerCrashedError,
            gone.OutOfMemoryError,
            gone.NodeDiedError,
            gone.ObjectLostError,
        )

    @property
    @override
    def size(self) -> int:
        cpus = int(self._ray.cluster_resources().get("CPU", 0))  # machines come and go
        return max(1, min(cpus, self._limit or cpus))

    @override
    def start(self, number: int, task: Task) -> None:
        self._numbers[self._remote.remote(self._function, task)] = number

    @override
    def wait(self, seconds: float) -> list[Ended[Result]]:
        """See `Crew`.

        Raises:
            WorkerError: Ray cannot run the task.
        """
        ready, _ = self._ray.wait(list(self._numbers), timeout=seconds)
        return [self._ended(each) for each in ready]

    def _ended(self, reference: Any) -> Ended[Result]:  # noqa: ANN401 - an ObjectRef
        number = self._numbers.pop(reference)
        try:
            return Ended(number, read_answer(self._ray.get(reference)))
        except self._deaths:
            return Ended(number, died=True)
        except self._ray.exceptions.RayError as error:
            raise WorkerError(f"Ray cannot run a task: {in_short(error)}", "See Ray's log files.") from error

    def cancel(self) -> None:
        """End all that runs at once."""
        for each in self._numbers:
            self._ray.cancel(each, force=True)
        self._numbers.clear()


def _work(function: bytes, task: Any) -> bytes:  # noqa: ANN401 - any task
    """Run one task in a process of Ray, which has lowered its priority already."""
    os.environ.update(ONE_THREAD)  # before the function's module loads OpenCV
    return answer(pickle.loads(function), task)  # noqa: S301 - our own bytes
