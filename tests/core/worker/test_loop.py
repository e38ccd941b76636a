"""The worker's loop in this process: how jobs begin, end, fail and are cancelled."""

from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from threading import Thread

import numpy as np
import pytest

from f2v_core.config import EvaluateConfig, GenerateConfig
from f2v_core.errors import RunError
from f2v_core.frames import FramePair
from f2v_core.messages import (
    Cancel,
    Evaluate,
    Event,
    Generate,
    Job,
    JobCancelled,
    JobDone,
    JobFailed,
    JobStarted,
    Notice,
    Report,
    Shutdown,
    WorkerReady,
)
from f2v_core.worker import entry, loop

FRAME = np.zeros((2, 2, 3), np.uint8)
PATIENCE_S = 30


class Jobs:
    """Stands for `worker.jobs.Jobs`: every job plays the script."""

    device = "cpu"
    script: Callable[[], Iterator[Event]]

    def events(self, _command: Job) -> Iterator[Event]:
        yield from type(self).script()


class Worker:
    """The app's end of a loop that runs in a thread."""

    def __init__(self, serve: Callable[..., None]) -> None:
        self.connection, theirs = Pipe(duplex=True)
        self.thread = Thread(target=serve, args=(theirs,), daemon=True)
        self.thread.start()
        assert self.next() == Report(0, WorkerReady("cpu"))

    def next(self) -> Report:
        assert self.connection.poll(PATIENCE_S)
        return self.connection.recv()

    def events(self, count: int) -> list[Event]:
        return [self.next().event for _ in range(count)]

    def ends(self) -> bool:
        self.thread.join(PATIENCE_S)
        return not self.thread.is_alive()


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    monkeypatch.setattr(loop, "Jobs", Jobs)
    made = Worker(loop.serve)
    yield made
    made.connection.close()
    assert made.ends()


def job(number: int = 1) -> Generate:
    return Generate(number, FramePair(FRAME, FRAME), ("linear",), GenerateConfig())


def play(monkeypatch: pytest.MonkeyPatch, script: Callable[[], Iterator[Event]]) -> None:
    monkeypatch.setattr(Jobs, "script", staticmethod(script), raising=False)


@pytest.mark.parametrize("command", [job(5), Evaluate(5, EvaluateConfig())])
def test_events_stand_between_start_and_done(worker: Worker, monkeypatch: pytest.MonkeyPatch, command: Job):
    play(monkeypatch, lambda: iter([Notice("a"), Notice("b")]))
    worker.connection.send(command)
    reports = [worker.next() for _ in range(4)]
    assert {report.job for report in reports} == {5}
    assert [report.event for report in reports] == [JobStarted(), Notice("a"), Notice("b"), JobDone()]


def test_an_expected_error_is_its_text(worker: Worker, monkeypatch: pytest.MonkeyPatch):
    def script() -> Iterator[Event]:
        yield Notice("a")
        raise RunError("No run.", "Start one.")

    play(monkeypatch, script)
    worker.connection.send(job())
    assert worker.events(3)[-1] == JobFailed("No run.", "Start one.")


def test_a_bug_is_a_report_with_its_traceback_and_the_worker_lives(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def script() -> Iterator[Event]:
        yield Notice("a")
        raise ZeroDivisionError("by zero")

    play(monkeypatch, script)
    worker.connection.send(job())
    failed = worker.events(3)[-1]
    assert isinstance(failed, JobFailed)
    assert "by zero" in failed.message
    assert "Traceback" in failed.details
    assert "ZeroDivisionError" in caplog.text
    play(monkeypatch, lambda: iter(()))
    worker.connection.send(job(2))
    assert worker.events(2) == [JobStarted(), JobDone()]


def test_cancelling_closes_the_iterator(worker: Worker, monkeypatch: pytest.MonkeyPatch):
    saved: list[str] = []

    def script() -> Iterator[Event]:
        try:
            while True:
                yield Notice("step")
        finally:
            saved.append("checkpoint")

    play(monkeypatch, script)
    worker.connection.send(job())
    worker.connection.send(Cancel(1))
    event = worker.next().event
    while event in {JobStarted(), Notice("step")}:
        event = worker.next().event
    assert event == JobCancelled()
    assert saved in (["checkpoint"], [])  # empty when the cancellation overtook the job's start


def test_shutdown_ends_the_loop_in_mid_job(worker: Worker, monkeypatch: pytest.MonkeyPatch):
    def script() -> Iterator[Event]:
        while True:
            yield Notice("step")

    play(monkeypatch, script)
    worker.connection.send(job())
    assert worker.next().event == JobStarted()
    worker.connection.send(Shutdown())
    while worker.next().event != JobCancelled():
        pass
    assert worker.ends()


def test_the_loop_ends_when_the_app_is_gone(worker: Worker):
    worker.connection.close()
    assert worker.ends()


def test_a_report_that_nobody_reads_ends_the_loop(worker: Worker, monkeypatch: pytest.MonkeyPatch):
    def script() -> Iterator[Event]:
        while True:
            yield Notice("step")

    play(monkeypatch, script)
    worker.connection.send(job())
    assert worker.next().event == JobStarted()
    worker.connection.close()
    assert worker.ends()


def test_the_entry_leaves_ctrl_c_to_the_app(monkeypatch: pytest.MonkeyPatch):
    calls: list[object] = []
    monkeypatch.setattr(loop, "serve", calls.append)
    monkeypatch.setattr(entry.signal, "signal", lambda *what: calls.append(what))
    entry.main("connection")
    assert calls == [(entry.signal.SIGINT, entry.signal.SIG_IGN), "connection"]
