"""Tasks on Ray: how many, and how their ends are understood, with a stand-in that works in this process."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from f2v_core.data.engines.crew import Ended
from f2v_core.data.engines.local_crew import ONE_THREAD
from f2v_core.data.engines.ray_crew import RayCrew
from f2v_core.errors import MediaError, WorkerError
from tests.core.data import engine_tasks

RayError = type("RayError", (Exception,), {})
DEATHS = {
    name: type(name, (RayError,), {})
    for name in ("WorkerCrashedError", "OutOfMemoryError", "NodeDiedError", "ObjectLostError")
}


class FakeRay:
    """Works when it is asked for results.

    Attributes:
        cpus: what the cluster has.
        failure: what befalls every task.
        options, cancelled: what was asked for.
    """

    def __init__(self, cpus: float = 2.0) -> None:
        self.exceptions = SimpleNamespace(RayError=RayError, **DEATHS)
        self.cpus = cpus
        self.failure: Exception | None = None
        self.options: dict = {}
        self.cancelled: list = []

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": self.cpus, "memory": 1e9} if self.cpus else {"memory": 1e9}

    def remote(self, **options: object) -> Callable:
        self.options = options
        return lambda function: SimpleNamespace(remote=lambda *given: (function, given))

    def wait(self, references: list, timeout: float) -> tuple[list, list]:
        assert timeout > 0
        return references[:1], references[1:]

    def get(self, reference: tuple) -> bytes:
        if self.failure:
            raise self.failure
        function, given = reference
        return function(*given)

    def cancel(self, reference: tuple, *, force: bool) -> None:
        assert force
        self.cancelled.append(reference)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ONE_THREAD:
        monkeypatch.setenv(name, "before")


def test_results_come_one_by_one_under_their_numbers():
    ray = FakeRay()
    crew = RayCrew(ray, engine_tasks.double, None)
    crew.start(7, 1)
    crew.start(9, 2)
    assert [crew.wait(0.1), crew.wait(0.1)] == [[Ended(7, 2)], [Ended(9, 4)]]
    assert ray.options == {"num_cpus": 1, "max_retries": 0}


@pytest.mark.parametrize(
    ("cpus", "limit", "size"), [(8.0, None, 8), (8.0, 3, 3), (2.0, 3, 2), (0.0, None, 1)]
)
def test_the_cluster_and_the_user_say_how_many_run_at_once(cpus: float, limit: int | None, size: int):
    assert RayCrew(FakeRay(cpus), engine_tasks.double, limit).size == size


def test_errors_of_the_function_come_out_as_they_were_raised():
    crew = RayCrew(FakeRay(), engine_tasks.fail, None)
    crew.start(0, 5)
    with pytest.raises(MediaError, match="Number 5"):
        crew.wait(0.1)


@pytest.mark.parametrize("death", DEATHS.values(), ids=DEATHS)
def test_all_ways_to_die_are_known(death: type[Exception]):
    ray = FakeRay()
    crew = RayCrew(ray, engine_tasks.double, None)
    crew.start(4, 1)
    ray.failure = death("gone")
    assert crew.wait(0.1) == [Ended(4, died=True)]


def test_other_troubles_of_ray_are_errors_in_words():
    ray = FakeRay()
    crew = RayCrew(ray, engine_tasks.double, None)
    crew.start(4, 1)
    ray.failure = RayError("The node has no f2v.\n  Traceback ...")
    with pytest.raises(WorkerError, match=r"The node has no f2v\. Traceback"):
        crew.wait(0.1)


def test_what_still_runs_is_cancelled():
    ray = FakeRay()
    crew = RayCrew(ray, engine_tasks.double, None)
    crew.start(0, 1)
    crew.start(1, 2)
    crew.wait(0.1)
    crew.cancel()
    assert len(ray.cancelled) == 1
