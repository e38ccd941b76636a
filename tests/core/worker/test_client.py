"""The worker as the app sees it: a real process that is started, asked, cancelled, killed and closed."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Queue
from threading import Thread

import numpy as np
import pytest

from f2v_core.config import GenerateConfig
from f2v_core.errors import WorkerError
from f2v_core.frames import FramePair
from f2v_core.messages import (
    Cancel,
    ClipDone,
    ClipFailed,
    ClipStarted,
    Command,
    Event,
    FrameReady,
    Generate,
    JobCancelled,
    JobDone,
    JobStarted,
    Report,
    WorkerLost,
    WorkerReady,
)
from f2v_core.worker.client import WorkerClient
from tests.core.worker import busy_entry

PATIENCE_S = 60


class Reader:
    """Reads a client's reports in a thread, as the app does, so that a hanging worker fails a test."""

    def __init__(self, client: WorkerClient) -> None:
        self._reports: Queue[Report | None] = Queue()
        self.thread = Thread(target=self._read, args=(client,), daemon=True)
        self.thread.start()

    def _read(self, client: WorkerClient) -> None:
        for report in client.reports():
            self._reports.put(report)
        self._reports.put(None)

    def next(self) -> Report | None:
        return self._reports.get(timeout=PATIENCE_S)

    def until(self, kind: type, job: int = 0) -> list[Event]:
        """The job's events up to the first of that kind; 0 stands for any job."""
        events: list[Event] = []
        while (report := self.next()) is not None:
            if job in {0, report.job}:
                events.append(report.event)
                if isinstance(report.event, kind):
                    return events
        raise AssertionError(f"no {kind.__name__} came; {events}")


def pair(size: int = 8) -> FramePair:
    rng = np.random.default_rng(0)
    first, last = rng.integers(0, 256, (2, size, size, 3), np.uint8)
    return FramePair(first, last)


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[WorkerClient, Reader]]:
    """One worker for all tests that leave it alive: starting one loads torch."""
    client = WorkerClient()
    client.start()
    reader = Reader(client)
    assert isinstance(reader.next().event, WorkerReady)
    yield client, reader
    client.close()


def test_it_lives_in_another_process(running: tuple[WorkerClient, Reader]):
    client, _ = running
    assert client.alive
    assert client.pid not in {None, os.getpid()}


def test_frames_stream_in_order_and_end_on_the_images(running: tuple[WorkerClient, Reader]):
    client, reader = running
    asked = pair()
    client.send(Generate(11, asked, ("linear", "flow"), GenerateConfig(seconds=0.5, fps=10.0)))
    events = reader.until(JobDone, 11)
    assert events[0] == JobStarted()
    for model in ("linear", "flow"):
        frames = [e for e in events if isinstance(e, FrameReady) and e.model == model]
        assert ClipStarted(model, 5) in events
        assert [(e.index, e.count) for e in frames] == [(i, 5) for i in range(5)]
        assert np.array_equal(frames[0].frame, asked.first)
        assert np.array_equal(frames[-1].frame, asked.last)
    assert [e.model for e in events if isinstance(e, ClipDone)] == ["linear", "flow"]


def test_a_model_that_fails_does_not_stop_the_others(running: tuple[WorkerClient, Reader]):
    client, reader = running
    client.send(Generate(12, pair(), ("nope", "linear"), GenerateConfig(seconds=0.2)))
    events = reader.until(JobDone, 12)
    (failed,) = [e for e in events if isinstance(e, ClipFailed)]
    assert "nope" in failed.message
    assert ClipDone("linear", pytest.approx(0, abs=10)) in events


def test_cancel_ends_a_long_job_and_the_next_one_runs(running: tuple[WorkerClient, Reader]):
    client, reader = running
    client.send(Generate(13, pair(64), ("linear",), GenerateConfig(seconds=600.0, fps=240.0)))
    client.send(Generate(14, pair(), ("linear",), GenerateConfig(seconds=0.2)))
    reader.until(FrameReady, 13)
    client.send(Cancel(13))
    events = reader.until(JobCancelled, 13)
    assert len(events) < 100_000
    assert reader.until(JobDone, 14)[0] == JobStarted()


def test_a_job_cancelled_while_it_waits_never_starts(running: tuple[WorkerClient, Reader]):
    client, reader = running
    client.send(Generate(15, pair(64), ("linear",), GenerateConfig(seconds=600.0, fps=240.0)))
    client.send(Generate(16, pair(), ("linear",), GenerateConfig()))
    reader.until(FrameReady, 15)
    client.send(Cancel(16))
    client.send(Cancel(15))
    assert reader.until(JobCancelled, 16) == [JobCancelled()]


def test_ctrl_c_is_not_for_the_worker(running: tuple[WorkerClient, Reader]):
    client, reader = running
    os.kill(client.pid, signal.SIGINT)
    client.send(Generate(17, pair(), ("linear",), GenerateConfig(seconds=0.2)))
    assert reader.until(JobDone, 17)


def test_a_killed_worker_is_reported_and_nothing_hangs():
    client = WorkerClient()
    client.start()
    reader = Reader(client)
    reader.until(WorkerReady)
    client.send(Generate(1, pair(64), ("linear",), GenerateConfig(seconds=600.0, fps=240.0)))
    reader.until(FrameReady)
    client.kill()
    assert reader.until(WorkerLost)[-1] == WorkerLost(-signal.SIGKILL)
    assert reader.next() is None
    assert not client.alive
    with pytest.raises(WorkerError, match="gone"):
        client.send(Cancel(1))
    client.close()


def test_a_closed_worker_ends_without_a_word_of_loss():
    client = WorkerClient()
    client.start()
    reader = Reader(client)
    reader.until(WorkerReady)
    client.close(patience_s=PATIENCE_S)
    assert not client.alive
    assert reader.next() is None


def test_closing_does_not_wait_for_a_worker_that_is_still_starting():
    client = WorkerClient()
    client.start()
    reader = Reader(client)
    client.close(patience_s=0)
    assert not client.alive
    reader.thread.join(PATIENCE_S)
    assert not reader.thread.is_alive()


def test_a_client_that_was_never_started_closes():
    client = WorkerClient()
    assert client.pid is None
    client.close()


def test_closing_does_not_wait_for_a_message_that_nobody_takes():
    client = WorkerClient()
    client.start()
    os.kill(client.pid, signal.SIGSTOP)
    clip = Generate(1, pair(2000), ("linear",), GenerateConfig())
    sender = Thread(target=lambda: suppress_gone(client.send, clip))
    sender.start()
    client.close(patience_s=0.2)
    sender.join(PATIENCE_S)
    assert not sender.is_alive()
    assert not client.alive


def suppress_gone(send: Callable, message: Command) -> None:
    with suppress(WorkerError):
        send(message)


def test_an_app_that_forgets_to_close_ends_all_the_same():
    code = (
        "from f2v_core.worker.client import WorkerClient\n"
        "client = WorkerClient()\n"
        "client.start()\n"
        "print(client.pid)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not Path("/proc", done.stdout.strip()).exists()


def test_an_app_that_fails_while_it_reads_ends_all_the_same():
    code = (
        "from threading import Thread\n"
        "from f2v_core.worker.client import WorkerClient\n"
        "client = WorkerClient()\n"
        "client.start()\n"
        "Thread(target=lambda: list(client.reports()), daemon=True).start()\n"
        "print(client.pid)\n"
        "raise SystemExit(3)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert (done.returncode, done.stderr) == (3, "")
    assert not Path("/proc", done.stdout.strip()).exists()


def ended(watch: int) -> bool:
    """Whether the process that `os.pidfd_open` gave ends; closes `watch`."""
    try:
        return bool(select.select([watch], [], [], PATIENCE_S)[0])
    finally:
        os.close(watch)


def test_a_worker_whose_app_was_killed_ends():
    code = (
        "from f2v_core.worker.client import WorkerClient\n"
        "client = WorkerClient()\n"
        "client.start()\n"
        "next(client.reports())\n"
        "print(client.pid, flush=True)\n"
        "list(client.reports())"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as app:
        watch = os.pidfd_open(int(app.stdout.readline()))
        app.kill()
        assert ended(watch)


def test_the_children_of_a_killed_worker_end_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("f2v_core.worker.client.entry", busy_entry)
    monkeypatch.setenv(busy_entry.FOLDER, str(tmp_path))
    client = WorkerClient()
    client.start()
    pids = next(client.reports()).event.device.split()
    watches = [os.pidfd_open(int(pid)) for pid in pids]
    client.kill()
    assert [ended(watch) for watch in watches] == [True, True]
    client.close()


def test_the_apps_end_loads_neither_torch_nor_qt():
    code = (
        "import sys, f2v_core.worker.client\n"
        "print(sorted({'torch', 'PySide6', 'cv2', 'av', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
