"""The app's end of the channel: starts the worker process, sends commands, reads reports.

Importing this module loads neither torch nor Qt.
"""

import atexit
import multiprocessing
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Lock

from f2v_core.errors import WorkerError
from f2v_core.messages import Command, Report, Shutdown, WorkerLost
from f2v_core.worker import entry

GONE = (BrokenPipeError, ConnectionResetError, EOFError, OSError)
"""What a connection raises once the other end is dead or dying."""


class WorkerClient:
    """One worker process and the duplex connection to it.

    `send` may be called from any thread; `reports` is to be read by exactly one.
    A client serves one process: after `WorkerLost` make a new one.
    The process may have children of its own, so it is no daemon; it ends all the same when the app ends without
    `close`, and when the app is killed, for then its end of the connection is closed.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, self._theirs = context.Pipe(duplex=True)
        self._process = context.Process(target=entry.main, args=(self._theirs,), name="f2v-worker")
        self._sending = Lock()
        self._reaping = Lock()  # of two threads that wait for a process, one is told that it is not gone yet
        self._closing = False

    @property
    def pid(self) -> int | None:
        """The worker's process id; None before `start`."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        with self._reaping:
            return self._process.is_alive()

    def start(self) -> None:
        """Start the process; its first report is `WorkerReady`."""
        atexit.register(
            self.close
        )  # comes before multiprocessing's own, which would wait for the process for ever
        self._process.start()
        self._theirs.close()  # so that our end sees the end of file when the worker dies

    def send(self, command: Command) -> None:
        """Hand a command to the worker.

        Raises:
            WorkerError: the process is gone.
        """
        try:
            with self._sending:
                self._connection.send(command)
        except GONE as error:
            raise WorkerError("The worker process is gone.", "Try again: it is started anew.") from error

    def reports(self) -> Iterator[Report]:
        """Block for reports until the process ends; the last one is `WorkerLost` unless `close` was called."""
        while (report := _receive(self._connection)) is not None:
            yield report
        self._join(5)
        if not self._closing:
            yield Report(0, WorkerLost(self._process.exitcode))

    def kill(self) -> None:
        """End the process at once (SIGKILL): for a job that does not answer."""
        self._process.kill()

    def close(self, patience_s: float = 1.0) -> None:
        """End the process: ask, wait `patience_s` seconds, then kill; survives a worker that is just dying."""
        self._closing = True
        atexit.unregister(self.close)
        if self._process.pid is None:
            return
        self._ask_to_end(patience_s)
        self._join(patience_s)
        if self.alive:
            self._process.kill()
            self._join(None)

    def _join(self, seconds: float | None) -> None:
        with self._reaping:
            self._process.join(seconds)

    def _ask_to_end(self, patience_s: float) -> None:
        """Send `Shutdown`, unless another thread sends a message that the worker does not take."""
        if self._sending.acquire(timeout=patience_s):
            with suppress(*GONE):
                self._connection.send(Shutdown())
            self._sending.release()


def _receive(connection: "Connection[Command, Report]") -> Report | None:
    try:
        return connection.recv()
    except GONE:
        return None
