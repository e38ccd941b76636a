"""Trainings in processes of their own that can be killed at any moment: forked from one that has loaded torch."""

import multiprocessing
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

from f2v_core.runs import open_run
from f2v_core.train_messages import StepDone
from f2v_core.training.session import Session

PATIENCE_S = 120.0


def _train(folder: Path, steps: "Connection[int, None]") -> None:
    with closing(Session(open_run(folder)).events()) as events:  # type: ignore[type-var]
        for event in events:
            if isinstance(event, StepDone):
                steps.send(event.step)


class Victim:
    """A process that trains a run, and tells each step that it has done."""

    def __init__(self, folder: Path) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        self._steps, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_train, args=(folder, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def reaches(self, step: int, seconds: float = PATIENCE_S) -> bool:
        """Wait until it has done a step; False when it ended before, or within `seconds` did not."""
        while self._steps.poll(seconds):
            try:
                if self._steps.recv() >= step:
                    return True
            except EOFError:
                return False
        return False

    def kill(self) -> bool:
        """Kill it as the system does when memory runs out; returns whether it still ran."""
        self._process.kill()
        return self.end() < 0

    def end(self) -> int:
        """Wait for its end; returns its exit code."""
        self.reaches(2**63)  # reads on, so that the pipe does not fill up
        self._process.join(PATIENCE_S)
        assert self._process.exitcode is not None
        return self._process.exitcode
