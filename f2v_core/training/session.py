"""A training as its run's folder tells it: the state each second, what happened, and what others ask of it.

The same for a window, a terminal and a server: they all watch the folder and leave their requests there.
"""

import logging
import os
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, replace
from math import isfinite
from threading import Event as Flag
from threading import Lock, Thread
from time import monotonic
from typing import Any

import psutil
import torch

from f2v_core.errors import F2vError, RunError
from f2v_core.messages import Notice, StageProgress
from f2v_core.models.networks import choose_device
from f2v_core.runs import Run
from f2v_core.runs.claims import Claim, claim_run, delete_run
from f2v_core.runs.events import RunEvent, RunEventKind, new_event, write_event
from f2v_core.runs.requests import RequestKind, take_requests
from f2v_core.runs.state import HOST, Phase, RunState, at_rest, said_state, write_state
from f2v_core.storage import is_full
from f2v_core.train_messages import (
    CheckpointSaved,
    DiskFull,
    SampleSaved,
    StepDone,
    TrainEstimate,
    TrainEvent,
    TrainProgress,
)
from f2v_core.training.inbox import Inbox
from f2v_core.training.trainer import train

log = logging.getLogger(__name__)

LOOK_S, BEAT_S = 0.2, 1.0
"""How often requests are looked for, and the state is written."""
Changes = Mapping[str, Any]
"""New values of a state's fields, by name."""
_DOING: dict[RequestKind, Phase] = {"pause": "pausing", "stop": "stopping", "discard": "discarding"}
_TROUBLE_OVER: Changes = {"phase": "training", "error": "", "remedy": ""}
_DONE: dict[RequestKind | None, Phase] = {"pause": "paused", "stop": "stopped"}


class Session:
    """One stretch of a run's training, from a start or a resume to the next end.

    Attributes:
        state: where it stands; after `events` has ended, how.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self._inbox = Inbox()
        self._trains = False
        self._waits_since: float | None = None
        self._untold: list[RunEvent] = []
        self._warned: set[str] = set()
        self._lock = Lock()
        self._process = psutil.Process()
        self.state = RunState("preparing", run.saved, run.config.steps, run.saved)

    def ask(self, kind: RequestKind) -> None:
        """Do as somebody asks: what ends the training shows in its state at once. May be called from any thread."""
        if kind in _DOING:  # the state first: whoever sees the request done finds it there
            doing = {"phase": _DOING[kind], "error": "", "remedy": ""}
            self._change(lambda state: doing if state.active else {})
        self._inbox.file(kind)

    def events(self) -> Iterator[TrainEvent]:
        """Train and yield what happens, until the last step or an ending that is asked for.

        Closing the iterator stops and keeps.

        Raises:
            F2vError: as `train`, and the state tells it too. RunError: another process trains or took over this run.
        """
        with claim_run(self.run) as claim, self._ending(claim):
            self._begin()  # first: the heartbeat takes what is asked for ours
            with self._beating(claim):
                yield from self._watched(claim)
            if self._inbox.ending == "discard":
                delete_run(self.run)

    def _begin(self) -> None:
        before, device = said_state(self.run), choose_device(self.run.config.device).type
        if before.phase != "starting":
            take_requests(self.run)  # they were for an earlier trainer
        saved = self.run.saved
        now = {"step": saved, "estimate": before.estimate, "saved": saved, "trained_s": before.trained_s}
        self._change({**now, "host": HOST, "pid": os.getpid(), "device": device})
        kind: RunEventKind = "resumed" if saved else "started"
        self._tell(saved, kind, host=HOST, pid=os.getpid(), device=device)

    def _watched(self, claim: Claim) -> Iterator[TrainEvent]:
        with closing(train(self.run, self._inbox)) as events:  # type: ignore[type-var]
            while (event := self._next(events, claim)) is not None:
                self._note(event)
                yield event
                self._trains = self._trains or isinstance(event, StepDone)
                if self._inbox.over and not self._trains:
                    return  # nothing is there to be saved

    def _next(self, events: Iterator[TrainEvent], claim: Claim) -> TrainEvent | None:
        """The next event; a folder that is gone or another's is told as that, whatever failed there."""
        try:
            event = next(events, None)
        except (F2vError, OSError):
            claim.check()
            raise
        if claim.lost:
            self._inbox.forsake()
            claim.check()
        return event

    def _note(self, event: TrainEvent) -> None:
        if not isinstance(event, DiskFull):
            self._go_on()
        match event:
            case DiskFull(message, remedy):
                self._waits_since = self._waits_since or monotonic()
                waits = {"phase": "waiting", "error": message, "remedy": remedy, "rate": 0.0, "left_s": 0.0}
                self._change(lambda state: waits if state.phase in {"training", "waiting"} else {})
            case StageProgress(stage, done, total, _, eta_s):
                left_s = eta_s if isfinite(eta_s) else 0.0
                self._change({"stage": stage, "done": done, "total": total, "left_s": left_s}, tell=False)
            case TrainEstimate(steps, seconds, memory_mb, gpu_memory_mb, disk_mb, text):
                self._change({"estimate": text})
                needs = {"memory_mb": memory_mb, "gpu_memory_mb": gpu_memory_mb, "disk_mb": disk_mb}
                self._tell(self.state.step, "notice", text, steps=steps, seconds=seconds, **needs)
            case StepDone(step):
                begins = {} if self._trains else {"stage": "", "done": 0, "total": 0, "left_s": 0.0}
                self._change(
                    lambda state: {
                        "step": step,
                        "phase": "training" if state.phase == "preparing" else state.phase,
                        **begins,
                    },
                    tell=not self._trains,
                )
            case TrainProgress(step, _, _, rate, eta_s, trained_s):
                self._change(
                    {"step": step, "rate": rate, "left_s": eta_s, "trained_s": trained_s}, tell=False
                )
            case SampleSaved(step, ratio):
                self._tell(step, "sample", ratio=ratio)
            case CheckpointSaved(step):
                self._change({"saved": step})
                self._tell(step, "checkpoint")
            case Notice(text):
                self._tell(self.state.step, "notice", text)

    def _go_on(self) -> None:
        """Take back that training waits, and tell what could not be told on a full disk."""
        if self._waits_since is not None:
            self._change(lambda state: _TROUBLE_OVER if state.phase == "waiting" else {})
            words = f"Training waited {monotonic() - self._waits_since:.0f} s for room on the disk."
            self._waits_since = None
            self._tell(self.state.step, "notice", words)
        if self._untold:
            self._tell_rest()

    def _tell(self, step: int, kind: RunEventKind, text: str = "", **facts: str | float) -> None:
        self._untold.append(new_event(step, kind, text, **facts))
        self._tell_rest()

    def _tell_rest(self) -> None:
        """Write the events that are not written yet; on a full disk they stay until there is room.

        Raises:
            RunError: the disk refuses for another reason.
        """
        try:
            while self._untold:
                write_event(self.run, self._untold[0])
                del self._untold[0]
        except RunError as error:
            if not is_full(error):
                raise

    @contextmanager
    def _ending(self, claim: Claim) -> Iterator[None]:
        """Say how it ended, whichever way."""
        try:
            yield
        except (GeneratorExit, KeyboardInterrupt):
            self._end(claim, self._outcome("stopped"))
            raise
        except F2vError as error:
            offer = error.offer if isinstance(error, RunError) else {}
            self._fail(claim, error=error.message, remedy=error.remedy, offer=offer)
            raise
        except Exception as error:
            words = f"Something unexpected went wrong: {error}"
            self._fail(claim, error=words, remedy="Please report this.", details=traceback.format_exc())
            raise
        if self._inbox.ending != "discard":
            self._end(claim, self._outcome("finished"))

    def _outcome(self, otherwise: Phase) -> Phase:
        if self.run.saved >= self.run.config.steps:
            return "finished"
        return _DONE.get(self._inbox.ending, otherwise)

    def _fail(self, claim: Claim, **changes: Any) -> None:  # noqa: ANN401 - fields of the state
        self._end(claim, "failed", step=self.state.step, **changes)

    def _end(self, claim: Claim, phase: Phase, **changes: Any) -> None:  # noqa: ANN401 - fields of the state
        saved, ours = self.run.saved, not claim.lost
        self._change(lambda state: asdict(at_rest(state, phase, saved, **changes)), tell=ours)
        words = f"{self.state.error} {self.state.remedy}".strip() if phase == "failed" else phase
        if ours:
            # what refuses here is the failure that is told, and the state has it
            with suppress(RunError):
                self._tell(saved, "ended", words, phase=phase)

    def _change(self, changes: Changes | Callable[[RunState], Changes], *, tell: bool = True) -> None:
        """Change fields of the state, and write it unless the next beat is soon enough."""
        with self._lock:
            self.state = replace(self.state, **(changes(self.state) if callable(changes) else changes))
            if not tell:
                return
            try:
                write_state(self.run, self.state)
            except OSError as error:  # training goes on: a full disk stops it where something is lost
                self._warn(f"{self.run.state_file} cannot be written: {error.strerror}")

    def _warn(self, text: str) -> None:
        """Log each trouble once, not each second."""
        if text not in self._warned:
            self._warned.add(text)
            log.warning(text)

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
            if claim.lost:
                continue
            try:
                asked = take_requests(self.run)
            except OSError as error:
                self._warn(f"Requests to {self.run.folder} cannot be taken: {error.strerror}")
                asked = []
            for kind in asked:
                self.ask(kind)
            if monotonic() - written >= BEAT_S:
                written, memory = monotonic(), self._memory()
                self._change(memory, tell=not claim.lost)

    def _memory(self) -> Changes:
        resident = sum(_resident(each) for each in (self._process, *self._process.children(recursive=True)))
        reserved = torch.cuda.memory_reserved() if self.state.device == "cuda" else 0
        return {"memory_mb": resident / 1e6, "gpu_memory_mb": reserved / 1e6}


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has ended, or is not ours to look at
        return 0
