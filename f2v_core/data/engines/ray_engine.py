"""A Ray cluster, or a Ray of our own on this machine, as the engine of preparing."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from typing_extensions import override

from f2v_core.data.engines.crew import Done, Result, Supervisor, Task
from f2v_core.data.engines.engine import Engine, default_workers
from f2v_core.data.engines.ray_crew import RayCrew
from f2v_core.data.engines.ray_session import join_cluster, load_ray, own_ray
from f2v_core.errors import InputError


class RayEngine(Engine):
    """Workers of a Ray cluster, each task on one CPU.

    All machines of a cluster need f2v with the same versions of Python and Ray, and must see the videos and the
    dataset's folder under the same paths, on storage that they share.

    Attributes:
        address: HOST:PORT of a cluster of which this machine is a part, "auto" for the one that runs here; None starts
            a Ray on this machine for each `run` and ends it thereafter.
        workers: how many tasks at once, at most; None takes all CPUs.
    """

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        """Check the arguments; nothing is started yet.

        Raises:
            InputError: a value out of range, or Ray is not installed.
        """
        if workers is not None and workers < 1:
            raise InputError(f"{workers} workers are not possible with Ray.", "Give 1 or more.")
        if address is not None and not re.fullmatch(r"auto|[^/]+:\d+", address):
            raise InputError(f"{address} is no address of a Ray cluster.", "Give HOST:PORT or auto.")
        load_ray()
        self.address = address
        self.workers = workers

    @contextmanager
    @override
    def run(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Iterator[Done[Task, Result] | None]]:
        """See `Engine`.

        Raises:
            WorkerError: Ray does not start, or no cluster answers at the address.
        """
        with (
            own_ray(self.workers or default_workers()) if self.address is None else join_cluster(self.address)
        ):
            crew = RayCrew(load_ray(), function, self.workers)
            try:
                yield Supervisor(crew, tasks).run()
            finally:
                crew.cancel()
