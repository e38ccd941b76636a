"""Worker processes of this machine: each has one task in hand and a pipe of its own, so a crash costs just that."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any, Generic

from typing_extensions import override

from f2v_core.data.engines.answers import answer, read_answer
from f2v_core.data.engines.crew import Crew, Ended, Result, Task
from f2v_core.errors import WorkerError

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENCV_FOR_THREADS_NUM": "1"}
"""Makes numpy's and OpenCV's libraries work in one thread: there is a process for every core already."""
LISTENING = b"."
"""The first thing that a worker says."""
NICENESS = 10
"""Workers take all cores for hours: the window, the player and whatever else the user does goes first."""


class LocalCrew(Crew[Task, Result]):
    """`size` processes, started when there is a task for them."""

    def __init__(self, function: Callable[[Task], Result], size: int) -> None:
        self._function = function
        self._size = size
        self._workers: list[_Worker[Task, Result]] = []

    @property
    @override
    def size(self) -> int:
        return self._size

    @override
    def start(self, number: int, task: Task) -> None:
        worker = next((each for each in self._workers if each.idle), None)
        if worker is None:
            worker = _Worker(self._function)
            self._workers.append(worker)
        worker.give(number, task)

    @override
    def wait(self, seconds: float) -> list[Ended[Result]]:
        """See `Crew`.

        Raises:
            WorkerError: a process died before it could take up any task.
        """
        by_connection = {each.connection: each for each in self._workers}
        heard = [by_connection[each] for each in wait(list(by_connection), seconds)]  # type: ignore[index]
        ended = [each.hear() for each in heard]
        self._workers = [each for each in self._workers if not each.dead]
        return [each for each in ended if each is not None]

    def kill(self) -> None:
        """End all processes at once; nothing that they hold is worth waiting for."""
        alive, self._workers = [each for each in self._workers if not each.dead], []
        for each in alive:
            each.kill()
        for each in alive:
            each.bury()


class _Worker(Generic[Task, Result]):
    """One process, and what it has in hand.

    A task is sent when the process has said that it listens: sending a large one would block until then.
    """

    def __init__(self, function: Callable[[Task], Result]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, function), name="f2v-hand", daemon=True)
        with _nursery():
            self._process.start()
        theirs.close()  # so that our end sees the end of file when the process dies
        self._number: int | None = None
        self._unsent: list[Task] = []
        self._listens = False
        self.dead = False

    @property
    def idle(self) -> bool:
        """Whether it waits for a task."""
        return self._number is None

    def give(self, number: int, task: Task) -> None:
        """Put a task into its hand."""
        self._number = number
        self._unsent.append(task)
        if self._listens:
            self._send()

    def _send(self) -> None:
        while self._unsent:
            with suppress(OSError):  # it has just died: the end of file that follows says so
                self.connection.send(self._unsent.pop())

    def hear(self) -> Ended[Result] | None:
        """Read what it says: that it listens, how its task ended, or that it is gone."""
        try:
            said = self.connection.recv_bytes()
        except (EOFError, OSError):
            return self._mourn()
        if self._listens:
            return self._ended(read_answer(said))
        self._listens = True
        self._send()
        return None

    def _ended(self, result: Result | None, *, died: bool = False) -> Ended[Result] | None:
        number, self._number = self._number, None
        return None if number is None else Ended(number, result, died)

    def _mourn(self) -> Ended[Result] | None:
        self.dead = True
        code = self.bury()
        if not self._listens:
            raise WorkerError(
                f"A worker process ended before it could begin (exit code {code}).",
                "Close other programs if memory is short, or take fewer workers.",
            )
        return self._ended(None, died=True)

    def kill(self) -> None:
        """Tell the system to end it."""
        self._process.kill()

    def bury(self) -> int | None:
        """Wait for the end of a dying process, so that no zombie stays; returns its exit code."""
        self.connection.close()
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        return code


@contextmanager
def _nursery() -> Iterator[None]:
    """What a process must find from its first moment, before any of our code runs in it.

    Ctrl+C goes to every process of a terminal, and the parent alone decides what it means. A blocked signal stays
    blocked in the child; the resource tracker, which would unblock it here, is started before.
    """
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        if sys.platform == "win32":
            yield
        else:
            resource_tracker.ensure_running()
            masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                yield
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, masked)
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _serve(connection: "Connection[Any, Any]", function: Callable[[Any], Any]) -> None:
    """The process's whole life: say that it listens, then answer tasks."""
    Thread(target=_die_with_parent, name="parent-watch", daemon=True).start()
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    else:
        os.nice(NICENESS)
    with suppress(EOFError, OSError):  # the parent is gone
        connection.send_bytes(LISTENING)
        while True:
            connection.send_bytes(answer(function, connection.recv()))


def _die_with_parent() -> None:
    """End this process once its parent is gone, even killed, and whatever the main thread does."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 - this process was spawned
    wait([parent.sentinel])
    os._exit(1)
