"""The real Ray, in processes of its own: with two workers on this machine, and joined as a cluster."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from f2v_core.data.engines import ray_engine
from f2v_core.data.engines.crew import Done
from f2v_core.data.engines.engine import default_workers, make_engine
from f2v_core.data.engines.local_crew import ONE_THREAD
from f2v_core.data.engines.ray_engine import RayEngine
from f2v_core.errors import InputError
from tests.core.data import engine_tasks
from tests.core.data.engines.test_ray_crew import FakeRay

pytest.importorskip("ray")
PATIENCE_S = 60
OWN = """
import json, signal, sys, time
from pathlib import Path
from f2v_core.data.engines.engine import make_engine
from tests.core.data import engine_tasks

folder = Path(sys.argv[1])
handler = signal.getsignal(signal.SIGTERM)
read = 0


def tasks():
    global read
    for task in ["double", "die", "die once", "whoami", *["hold"] * 50]:
        read += 1
        yield task, folder


results, read_too_far, silent_s = {}, False, 0.0
with make_engine("ray", 2).run(engine_tasks.by_name, tasks()) as endings:
    last = time.monotonic()
    for each in endings:
        silent_s = max(silent_s, time.monotonic() - last)
        if each is not None:
            results[each.task[0]] = each.result
        read_too_far |= read > len(results) + 2
        if len(list(folder.glob("[0-9]*"))) == 2:
            break
        last = time.monotonic()
    begun = time.monotonic()
left_s = time.monotonic() - begun
still = [each.name for each in folder.glob("[0-9]*") if Path("/proc", each.name).exists()]
restored = signal.getsignal(signal.SIGTERM) == handler
print(json.dumps([results, read_too_far, silent_s, left_s, still, restored]))
"""
CLUSTER = """
import sys
import ray
from f2v_core.data.engines.ray_session import own_ray

with own_ray(2):
    print(ray.get_runtime_context().gcs_address, flush=True)
    sys.stdin.read()
"""
JOINED = """
import json, sys
from f2v_core.data.engines.engine import make_engine
from f2v_core.errors import MediaError
from tests.core.data import engine_tasks


def main():
    engine = make_engine("ray", None, sys.argv[1])
    with engine.run(engine_tasks.double, range(20)) as endings:
        results = sorted(each.result for each in endings if each is not None)
    try:
        with engine.run(engine_tasks.fail, range(20)) as endings:
            list(endings)
    except MediaError as error:
        print(json.dumps([results, error.message, error.remedy, error.__notes__]))


if __name__ == "__main__":
    main()
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home where Ray may leave its token."""
    return {**os.environ, "HOME": str(tmp_path_factory.mktemp("home")), "RAY_AUTH_MODE": "token"}


@pytest.fixture(scope="module")
def cluster(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A Ray with two CPUs that another program holds; it says its address, once, when it is up."""
    command = [sys.executable, "-c", CLUSTER]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as holder:
        yield holder
        _, complaint = holder.communicate(timeout=PATIENCE_S)
    assert (holder.returncode, complaint) == (0, "")


def output(code: str, argument: object, environment: dict[str, str]) -> list:
    """What the program prints as JSON, when that is all that is seen on the terminal."""
    command = [sys.executable, "-c", code, str(argument)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE_S, check=False, env=environment
    )
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.mark.usefixtures("cluster")  # it starts meanwhile
def test_two_workers_of_our_own(tmp_path: Path, environment: dict[str, str]):
    del environment["RAY_AUTH_MODE"]
    results, read_too_far, silent_s, left_s, still, restored = output(OWN, tmp_path, environment)
    whoami = results.pop("whoami")
    assert results == {"double": 42, "die": None, "die once": "second"}
    assert whoami[1] >= 10
    assert whoami[2:4] == ["1", "1"]
    assert not read_too_far
    assert silent_s < 3.0
    assert left_s < 5.0
    assert still == []
    assert restored


def test_a_cluster_is_joined_and_left(cluster: subprocess.Popen[str], environment: dict[str, str]):
    address = cluster.stdout.readline().strip()
    results, message, remedy, notes = output(JOINED, address, environment | {"RAY_AUTH_MODE": "token"})
    assert results == list(range(0, 40, 2))
    assert message.endswith("cannot be read.")
    assert remedy == "Take another."
    assert "in fail" in notes[0]
    assert cluster.poll() is None


def test_arguments_are_checked_before_anything_starts():
    with pytest.raises(InputError, match="0 workers"):
        make_engine("ray", 0)
    for address in ("nonsense", "ray://head:10001", "local"):
        with pytest.raises(InputError, match=address):
            make_engine("ray", None, address)
    engine = make_engine("ray", 3, "10.0.0.1:6379")
    assert isinstance(engine, RayEngine)
    assert (engine.address, engine.workers) == ("10.0.0.1:6379", 3)


@pytest.mark.parametrize(("address", "workers"), [(None, None), (None, 3), ("10.0.0.1:6379", 3)])
def test_what_runs_is_cancelled_before_the_connection_ends(
    monkeypatch: pytest.MonkeyPatch, address: str | None, workers: int | None
):
    ray, asked = FakeRay(cpus=2.0), []

    @contextmanager
    def connect(how: object) -> Iterator[None]:
        asked.append(how)
        yield
        asked.append(len(ray.cancelled))

    for name in ONE_THREAD:
        monkeypatch.setenv(name, "before")
    monkeypatch.setattr(ray_engine, "load_ray", lambda: ray)
    monkeypatch.setattr(ray_engine, "own_ray" if address is None else "join_cluster", connect)
    with RayEngine(address, workers).run(engine_tasks.double, range(5)) as endings:
        assert [next(endings), next(endings)] == [Done(0, 0), Done(1, 2)]
    assert asked == [address or workers or default_workers(), 1]
