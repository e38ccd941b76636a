"""A scripted worker: answers commands as a test says, in the reading thread, without a process."""

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Event as Flag

import numpy as np

from f2v_core.errors import WorkerError
from f2v_core.messages import (
    Cancel,
    ClipDone,
    ClipStarted,
    Command,
    Event,
    FrameReady,
    Generate,
    JobCancelled,
    JobDone,
    JobStarted,
    Report,
    Shutdown,
    WorkerLost,
    WorkerReady,
)

Script = Callable[[Command], Iterator[Event]]


def make_clips(command: Command) -> Iterator[Event]:
    """What a good worker answers to Generate: the frame's index as a grey, the pair at both ends."""
    assert isinstance(command, Generate)
    count = command.config.frames
    for model in command.models:
        yield ClipStarted(model, count)
        for index in range(count):
            yield FrameReady(model, index, count, clip_frame(command, index))
        yield ClipDone(model, 0.5)


def clip_frame(command: Generate, index: int) -> np.ndarray:
    ends = {0: command.pair.first, command.config.frames - 1: command.pair.last}
    return ends.get(index, np.full_like(command.pair.first, index))


class FakeClient:
    """Stands in for WorkerClient.

    Attributes:
        sent: all commands, in order.
        killed: whether `kill` was called.
        deaf: whether it ignores Cancel, as a process that hangs.
    """

    def __init__(self, script: Script = make_clips, *, deaf: bool = False) -> None:
        self._script = script
        self._commands: SimpleQueue[Command | None] = SimpleQueue()
        self._cancelled: set[int] = set()
        self._gone = Flag()
        self._closing = False
        self.deaf = deaf
        self.sent: list[Command] = []
        self.killed = False
        self.resumed = Flag()  # scripts may wait for it; `die` and `kill` set it

    def start(self) -> None:
        pass

    def send(self, command: Command) -> None:
        if self._gone.is_set():
            raise WorkerError("The worker process is gone.")
        self.sent.append(command)
        match command:
            case Cancel(job):
                if not self.deaf:
                    self._cancelled.add(job)
                    self.resumed.set()
            case Shutdown():
                self._commands.put(None)
            case _:
                self._commands.put(command)

    def reports(self) -> Iterator[Report]:
        yield Report(0, WorkerReady("cpu"))
        while not self._gone.is_set() and (command := self._commands.get()) is not None:
            yield from self._work(command)
        if not self._closing:
            yield Report(0, WorkerLost(-9))

    def _work(self, command: Command) -> Iterator[Report]:
        yield Report(command.job, JobStarted())
        for event in self._script(command):
            if self._gone.is_set():
                return
            if command.job in self._cancelled:
                break
            yield Report(command.job, event)
        if not self._gone.is_set():
            yield Report(command.job, JobCancelled() if command.job in self._cancelled else JobDone())

    def die(self) -> None:
        """What SIGKILL from outside looks like."""
        self._gone.set()
        self.resumed.set()
        self._commands.put(None)

    def kill(self) -> None:
        self.killed = True
        self.die()

    def close(self, patience_s: float = 1.0) -> None:
        self._closing = True
        self.die()


class FakeWorkers:
    """Makes clients that all follow one script, and remembers them."""

    def __init__(self, script: Script = make_clips, *, deaf: bool = False) -> None:
        self.script, self.deaf = script, deaf
        self.made: list[FakeClient] = []

    def __call__(self) -> FakeClient:
        self.made.append(FakeClient(self.script, deaf=self.deaf))
        return self.made[-1]

    @property
    def last(self) -> FakeClient:
        return self.made[-1]
