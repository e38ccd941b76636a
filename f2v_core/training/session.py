"""A training as its run's folder tells it: the state each second, what happened, and what others ask of it.

The same for a window, a terminal and a server: they all watch the folder and leave their requests there.
"""

import contextlib
import logging
import os
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from threading import Event as Flag
from threading import Lock, Thread
from time import monotonic
from typing import Any

import psutil
import torch

from f2v_core.errors import F2vError, RunError
from f2v_core.messages import (
    CheckpointSaved,
    Notice,
    SampleSaved,
    StageProgress,
    StepDone,
    TrainEvent,
    TrainProgress,
)
from f2v_core.models.networks import choose_device
from f2v_core.runs import Run
from f2v_core.runs.claims import Claim, claim_run
from f2v_core.runs.events import RunEventKind, append_event
from f2v_core.runs.requests import RequestKind, take_requests
from f2v_core.runs.state import HOST, Phase, RunState, said_state, write_state
from f2v_core.storage import delete_folder
from f2v_core.training.inbox import Inbox
from f2v_core.training.trainer import train

log = logging.getLogger(__name__)

LOOK_S, BEAT_S = 0.2, 1.0
"""How often requests are looked for, and the state is written."""
Changes = Mapping[str, Any]
"""New values of a state's fields, by name."""
_DOING: dict[RequestKind, Phase] = {"pause": "pausing", "stop": "stopping", "discard": "discarding"}
_DONE: dict[Phase, Phase] = {"pausing": "paused", "stopping": "stopped"}


class Session:
    """One stretch of a run's training, from a start or a resume to the next end.

    Attributes:
        state: where it stands; after `events` has ended, how.
    """

    def __init__(self, run: Run) -> None:
        before = said_state(run)
        self.run = run
        self._inbox = Inbox()
        self._trains = False
        self._lock = Lock()
        self._process = psutil.Process()
        saved = run.saved
        fresh = RunState("preparing", saved, run.config.steps, saved, host=HOST, pid=os.getpid())
        self.state = replace(fresh, trained_s=before.trained_s)

    def ask(self, kind: RequestKind) -> None:
        """Do as somebody asks: what ends the training shows in its state at once. May be called from any thread."""
        self._inbox.file(kind)
        if kind in _DOING:
            self._change(lambda state: {"phase": _DOING[kind]} if state.active else {})

    def events(self) -> Iterator[TrainEvent]:
        """Train and yield what happens, until the last step or an ending that is asked for.

        Closing the iterator stops and keeps.

        Raises:
            F2vError: as `train`, and the state tells it too. RunError: another process trains or took over this run.
        """
        with claim_run(self.run) as claim:
            take_requests(self.run)  # those of before are not for this stretch
            with self._beating(claim), self._ending():
                device = choose_device(self.run.config.device)
                self._change({"device": device.type})
                kind: RunEventKind = "resumed" if self.state.saved else "started"
                append_event(self.run, self.state.saved, kind, host=HOST, pid=os.getpid(), device=device.type)
                yield from self._watched(claim)
            if self.state.phase == "discarding":
                delete_folder(self.run.folder)

    def _watched(self, claim: Claim) -> Iterator[TrainEvent]:
        with closing(train(self.run, self._inbox)) as events:  # type: ignore[type-var]
            for event in events:
                self._note(event)
                yield event
                if claim.lost:
                    raise RunError(f"{self.run.folder} was taken over by another trainer.", "Watch that one.")
                self._trains = self._trains or isinstance(event, StepDone)
                if self._inbox.ending and not self._trains:
                    return  # nothing is there to be saved

    def _note(self, event: TrainEvent) -> None:
        match event:
            case StageProgress(stage, done, total, _, eta_s):
                self._change({"stage": stage, "done": done, "total": total, "left_s": eta_s})
            case StepDone(step):
                begins = {"phase": "training"}
                self._change(
                    lambda state: {"step": step, **(begins if state.phase == "preparing" else {})},
                    tell=not self._trains,
                )
            case TrainProgress(step, _, _, rate, eta_s, trained_s):
                self._change(
                    {"step": step, "rate": rate, "left_s": eta_s, "trained_s": trained_s}, tell=False
                )
            case SampleSaved(step, ratio):
                append_event(self.run, step, "sample", ratio=ratio)
            case CheckpointSaved(step):
                self._change({"saved": step})
                append_event(self.run, step, "checkpoint")
            case Notice(text):
                append_event(self.run, self.state.step, "notice", text)

    @contextmanager
    def _ending(self) -> Iterator[None]:
        """Say how it ended, whichever way."""
        try:
            yield
        except GeneratorExit:
            self._end("stopped")
            raise
        except F2vError as error:
            offer = error.offer if isinstance(error, RunError) else {}
            self._end("failed", error=error.message, remedy=error.remedy, offer=offer)
            raise
        except Exception as error:
            words = f"Something unexpected went wrong: {error}"
            self._end("failed", error=words, remedy="Please report this.", details=traceback.format_exc())
            raise
        if self.state.phase != "discarding":
            self._end(
                "finished"
                if self.run.saved >= self.run.config.steps
                else _DONE.get(self.state.phase, "finished")
            )

    def _end(self, phase: Phase, **changes: Any) -> None:  # noqa: ANN401 - fields of the state
        saved = self.run.saved
        step = self.state.step if phase == "failed" else saved
        ended = {
            "phase": phase,
            "step": step,
            "saved": saved,
            "memory_mb": 0.0,
            "gpu_memory_mb": 0.0,
            **changes,
        }
        self._change(ended)
        words = f"{self.state.error} {self.state.remedy}".strip() if phase == "failed" else phase
        with contextlib.suppress(
            RunError
        ):  # the disk is full: that is the failure that is told, and the state has it
            append_event(self.run, saved, "ended", words, phase=phase)

    def _change(self, changes: Changes | Callable[[RunState], Changes], *, tell: bool = True) -> None:
        """Change fields of the state, and write it unless the next beat is soon enough."""
        with self._lock:
            self.state = replace(self.state, **(changes(self.state) if callable(changes) else changes))
            if not tell:
                return
            try:
                write_state(self.run, self.state)
            except OSError as error:  # training goes on: a full disk stops it where something is lost
                log.warning("%s cannot be written: %s", self.run.state_file, error.strerror)

    @contextmanager
    def _beating(self, claim: Claim) -> Iterator[None]:
        """Look for requests and write the state, in a thread beside the training."""
        over = Flag()
        thread = Thread(target=self._beat, args=(over, claim), name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _beat(self, over: Flag, claim: Claim) -> None:
        written = -BEAT_S
        while not over.wait(LOOK_S):
            for kind in take_requests(self.run):
                self.ask(kind)
            if monotonic() - written >= BEAT_S and not claim.lost:
                written = monotonic()
                self._change(self._memory())

    def _memory(self) -> Changes:
        resident = sum(_resident(each) for each in (self._process, *self._process.children(recursive=True)))
        reserved = torch.cuda.memory_reserved() if self.state.device == "cuda" else 0
        return {"memory_mb": resident / 1e6, "gpu_memory_mb": reserved / 1e6}


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
