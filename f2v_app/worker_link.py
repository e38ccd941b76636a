"""The app's hold on a worker process: jobs go in, events come out as Qt signals; no timers that poll."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from f2v_core.errors import WorkerError
from f2v_core.messages import (
    Cancel,
    Command,
    Event,
    JobCancelled,
    JobDone,
    JobFailed,
    Report,
    WorkerLost,
    WorkerReady,
)
from f2v_core.worker.client import WorkerClient

CANCEL_PATIENCE_MS = 800
"""How long a generation may take to stop before its process is ended: Cancel answers within a second."""
CLOSE_PATIENCE_S = 1.0
"""How long the threads of a process that was ended may take to see that."""


class _Wire(QObject):
    """One worker process with a thread that blocks on its reports and one that blocks on sending to it.

    Sending has its own thread because a pair of large pictures fills the pipe until a starting worker reads.

    Signals:
        arrived: (_Wire, Report), emitted from the reading thread.
    """

    arrived = Signal(object, object)

    def __init__(self, client: WorkerClient) -> None:
        super().__init__()
        self._client = client
        self._outbox: SimpleQueue[Command | None] = SimpleQueue()
        self._threads = [Thread(target=work, daemon=True) for work in (self._read, self._write)]

    def start(self) -> None:
        """Start process and threads; whoever listens to `arrived` is connected before."""
        self._client.start()
        for thread in self._threads:
            thread.start()

    def _read(self) -> None:
        for report in self._client.reports():
            self.arrived.emit(self, report)

    def _write(self) -> None:
        while (command := self._outbox.get()) is not None:
            try:
                self._client.send(command)
            except WorkerError:
                return  # the reading thread sees the same end and reports WorkerLost

    def send(self, command: Command) -> None:
        self._outbox.put(command)

    def kill(self) -> None:
        self._client.kill()

    def close(self, patience_s: float) -> None:
        """End the process and both threads."""
        self._outbox.put(None)
        self._client.close(patience_s)
        for thread in self._threads:
            thread.join()


class WorkerLink(QObject):
    """Starts a worker when it is first needed, hands it one job at a time, and starts it anew when it died.

    Signals:
        reported: (job, event) of the current job only, the last one is JobDone, JobCancelled or JobFailed.
        ready: the worker is up; the device that "auto" means there, such as "cpu".
        lost: the worker process died; a sentence for the user.
        busy_changed: a job began or ended.
    """

    reported = Signal(int, object)
    ready = Signal(str)
    lost = Signal(str)
    busy_changed = Signal()

    def __init__(
        self,
        make_client: Callable[[], WorkerClient] = WorkerClient,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_client = make_client
        self._wire: _Wire | None = None
        self._job: int | None = None
        self._last_job = 0
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(CANCEL_PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_lost)

    @property
    def busy(self) -> bool:
        """Whether a job is current."""
        return self._job is not None

    def warm_up(self) -> None:
        """Start the process ahead of its first job."""
        self._connected_wire()

    def start_job(self, make: Callable[[int], Command]) -> int:
        """Send the command that `make` builds from the job's number; return that number.

        Raises:
            RuntimeError: a job is current; cancel it and wait for its end first.
        """
        if self.busy:
            raise RuntimeError(f"job {self._job} is still current")
        self._last_job += 1
        self._job = self._last_job
        self._connected_wire().send(make(self._job))
        self.busy_changed.emit()
        return self._job

    def cancel(self) -> None:
        """Ask the current job to end; it has ended when `reported` says so."""
        if self._job is None or self._wire is None:
            return
        self._wire.send(Cancel(self._job))
        self._patience.start()

    def close(self) -> None:
        """End the process at once."""
        self._job = None
        self._patience.stop()
        self._drop_wire()

    def _connected_wire(self) -> _Wire:
        if self._wire is None:
            self._wire = _Wire(self._make_client())
            self._wire.arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
            self._wire.start()
        return self._wire

    def _drop_wire(self) -> None:
        wire, self._wire = self._wire, None
        if wire is None:
            return
        wire.kill()
        wire.close(CLOSE_PATIENCE_S)

    def _on_patience_lost(self) -> None:
        self._drop_wire()
        self._connected_wire()
        self._end_job(JobCancelled())

    def _on_arrived(self, wire: _Wire, report: Report) -> None:
        """The one place where what no longer matters is dropped."""
        if wire is not self._wire:
            return
        match report.event:
            case WorkerReady(device):
                self.ready.emit(device)
            case WorkerLost():
                self._on_lost()
            case JobDone() | JobCancelled() | JobFailed() as event if report.job == self._job:
                self._end_job(event)
            case event if report.job == self._job:
                self.reported.emit(report.job, event)

    def _on_lost(self) -> None:
        self._drop_wire()
        message = self.tr("The worker process died.")
        self.lost.emit(message)
        self._end_job(JobFailed(message, self.tr("Try again: it is started anew.")))

    def _end_job(self, event: Event) -> None:
        job, self._job = self._job, None
        self._patience.stop()
        if job is not None:
            self.busy_changed.emit()
            self.reported.emit(job, event)
