"""Connecting to Ray: what it is told and what the user hears when it fails, with a stand-in for Ray."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from types import ModuleType, SimpleNamespace

import pytest

from f2v_core.data.engines import ray_session
from f2v_core.data.engines.engine import make_engine
from f2v_core.data.engines.ray_session import in_short, join_cluster, load_ray, own_ray
from f2v_core.errors import InputError, WorkerError


class FakeRay(ModuleType):
    """Notes what it is asked for.

    Attributes:
        calls: the arguments of each `init`, and "shutdown".
        refusal: what `init` raises.
    """

    class RayError(Exception):
        pass

    def __init__(self) -> None:
        super().__init__("ray")
        self.exceptions = SimpleNamespace(RayError=self.RayError)
        self.calls: list = []
        self.refusal: Exception | None = None

    def init(self, **how: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        self.calls.append(how)
        if self.refusal:
            raise self.refusal

    def shutdown(self, *, wait_for_processes: bool) -> None:
        assert wait_for_processes
        self.calls.append("shutdown")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ray_session.QUIET:
        monkeypatch.setenv(name, "before")


@pytest.fixture
def ray(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRay]:
    fake, before = FakeRay(), signal.getsignal(signal.SIGTERM)
    monkeypatch.setitem(sys.modules, "ray", fake)
    yield fake
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_ray_of_our_own_is_small_private_and_leaves_nothing(ray: FakeRay):
    with own_ray(3):
        (how,) = ray.calls
        assert (how["address"], how["num_cpus"], how["include_dashboard"]) == ("local", 3, False)
        assert how["object_store_memory"] <= 200 << 20
        assert how["log_to_driver"] is False
        folder = Path(how["_temp_dir"])
        assert folder.stat().st_mode & 0o777 == 0o700
        assert len(str(folder)) < 40
    assert ray.calls[1:] == ["shutdown"]
    assert not folder.exists()


def test_a_ray_that_does_not_start_is_an_error_in_words(ray: FakeRay):
    ray.refusal = RuntimeError("The GCS\n   did not start.")
    with pytest.raises(WorkerError, match="cannot be used: The GCS did not start") as caught, own_ray(1):
        pass
    assert "local" in caught.value.remedy
    assert not Path(ray.calls[0]["_temp_dir"]).exists()


def test_the_users_own_choices_for_ray_stand(ray: FakeRay, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("RAY_USAGE_STATS_ENABLED")
    assert load_ray() is ray
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
    assert os.environ["RAY_DEDUP_LOGS_SKIP_REGEX"] == "before"


def test_it_connects_in_a_thread_where_signals_cannot_be_set(ray: FakeRay, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ray, "init", lambda **how: ray.calls.append("init"))

    def connect() -> None:
        with own_ray(1):
            ray.calls.append("inside")

    thread = Thread(target=connect)
    thread.start()
    thread.join()
    assert ray.calls == ["init", "inside", "shutdown"]


def knocking(monkeypatch: pytest.MonkeyPatch, code: int | None, said: bytes) -> None:
    """Let the process that tries to join end so; None: it never answers."""

    def run(command: list[str], *, timeout: float, **how: object) -> subprocess.CompletedProcess[bytes]:
        if code is None:
            raise subprocess.TimeoutExpired(command, timeout, stderr=said)
        return subprocess.CompletedProcess(command, code, stderr=said)

    monkeypatch.setattr(subprocess, "run", run)


def test_a_cluster_that_lets_us_in_is_joined_and_left(ray: FakeRay, monkeypatch: pytest.MonkeyPatch):
    knocking(monkeypatch, 0, b"")
    with join_cluster("10.0.0.1:6379"):
        assert ray.calls[0]["address"] == "10.0.0.1:6379"
        assert "num_cpus" not in ray.calls[0]
    assert ray.calls[1:] == ["shutdown"]


@pytest.mark.parametrize(
    ("code", "said", "heard"),
    [
        (
            1,
            b"noise\nVersion mismatch: Ray 2.60.0, here 2.61.0",
            "joined: Version mismatch: Ray 2.60.0, here 2.61.0.",
        ),
        (
            None,
            b"[2026-11-23 15:18:44,133 W 1 1] gcs_client.cc:210: Timed out.\n\n",
            "within 15 s; Timed out.",
        ),
        (-9, b"", "joined: no word of why."),
    ],
)
def test_a_cluster_that_cannot_be_joined_is_an_error_in_words(
    ray: FakeRay, monkeypatch: pytest.MonkeyPatch, code: int | None, said: bytes, heard: str
):
    knocking(monkeypatch, code, said)
    with pytest.raises(WorkerError) as caught, join_cluster("10.0.0.1:6379"):
        pass
    assert "10.0.0.1:6379" in caught.value.message
    assert caught.value.message.endswith(heard)
    assert ray.calls == []


def test_the_process_that_knocks_says_why_not(ray: FakeRay, capsys: pytest.CaptureFixture[str]):
    assert ray_session.try_to_join("10.0.0.1:6379") == 0
    assert ray.calls[-1] == "shutdown"
    ray.refusal = ConnectionError("Failed to connect.")
    ray.refusal.__cause__ = RuntimeError("Version\nmismatch")
    assert ray_session.try_to_join("10.0.0.1:6379") == 1
    assert capsys.readouterr().err == "Version mismatch"


def test_an_address_where_no_ray_answers_is_given_up(monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("ray")
    monkeypatch.setattr(ray_session, "PATIENCE_S", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = f"127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(WorkerError, match="no answer within 1 s"), join_cluster(address):
            pass


def test_long_texts_of_ray_are_cut():
    assert in_short(RuntimeError("a\n b")) == "a b"
    assert len(in_short(RuntimeError("word " * 500))) < 310


def test_without_ray_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputError) as caught:
        make_engine("ray", 2)
    assert "pip install 'f2v[cluster]'" in caught.value.remedy
