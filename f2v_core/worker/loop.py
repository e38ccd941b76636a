"""The worker's loop: one thread listens, the main thread works on one job at a time."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Event as Flag
from threading import Lock, Thread
from typing import assert_never

from f2v_core.errors import F2vError
from f2v_core.messages import (
    Cancel,
    Command,
    Evaluate,
    Event,
    Generate,
    Job,
    JobCancelled,
    JobDone,
    JobFailed,
    JobStarted,
    Report,
    Shutdown,
    WorkerReady,
)
from f2v_core.worker.jobs import Jobs

log = logging.getLogger(__name__)


class Inbox:
    """Commands as they come in: jobs wait in line, cancellations take effect at once."""

    def __init__(self, connection: "Connection[Report, Command]") -> None:
        self._connection = connection
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._cancelled: set[int] = set()
        self._lock = Lock()
        self.shutdown = Flag()
        Thread(target=self._listen, name="inbox", daemon=True).start()

    def _listen(self) -> None:
        while not self.shutdown.is_set():
            try:
                self._file(self._connection.recv())
            except (EOFError, OSError):  # the app is gone: nobody is left to work for
                self._file(Shutdown())

    def _file(self, command: Command) -> None:
        match command:
            case Generate() | Evaluate():
                self._jobs.put(command)
            case Cancel(job):
                with self._lock:
                    self._cancelled.add(job)
            case Shutdown():
                self.shutdown.set()
                self._jobs.put(None)
            case _:
                assert_never(command)

    def next(self) -> Job | None:
        """The next job; blocks; None when the worker is to end."""
        return None if self.shutdown.is_set() else self._jobs.get()

    def is_cancelled(self, job: int) -> bool:
        """Whether this job was cancelled or the worker is to end."""
        with self._lock:
            return job in self._cancelled or self.shutdown.is_set()


def serve(connection: "Connection[Report, Command]") -> None:
    """Work on jobs until `Shutdown` or until the app is gone."""
    inbox, jobs = Inbox(connection), Jobs()
    try:
        connection.send(Report(0, WorkerReady(jobs.device)))
        while (command := inbox.next()) is not None:
            for event in _job_events(jobs.events(command), command.job, inbox):
                connection.send(Report(command.job, event))
    except (BrokenPipeError, ConnectionResetError):
        log.info("the app is gone; the worker ends")


def _job_events(events: Iterator[Event], job: int, inbox: Inbox) -> Iterator[Event]:
    """A job's events between `JobStarted` and how it ended; closing `events` is what cancels them."""
    if inbox.is_cancelled(job):
        yield JobCancelled()
        return
    yield JobStarted()
    try:
        with closing(events):  # type: ignore[type-var]
            for event in events:
                yield event
                if inbox.is_cancelled(job):
                    break
        ending: Event = JobCancelled() if inbox.is_cancelled(job) else JobDone()
    except F2vError as error:
        ending = JobFailed(error.message, error.remedy)
    except Exception as error:  # the one place where bugs are caught: they become a report
        log.exception("job %d", job)
        ending = JobFailed(
            f"Something unexpected went wrong: {error}", "Please report this.", traceback.format_exc()
        )
    yield ending
