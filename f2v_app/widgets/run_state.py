"""What a training run is doing, as a value made from its events, and as one sentence."""

from dataclasses import dataclass, replace
from typing import Any, Literal, assert_never

from PySide6.QtCore import QCoreApplication

from f2v_core.messages import (
    CheckpointSaved,
    Event,
    JobCancelled,
    JobDone,
    JobFailed,
    JobStarted,
    Preview,
    StageProgress,
    TrainProgress,
)
from f2v_core.runs import Run

Phase = Literal["none", "starting", "preparing", "training", "stopping", "stopped", "finished", "failed"]


@dataclass(frozen=True)
class RunState:
    """Where a run stands.

    Attributes:
        phase: what it is doing.
        step, steps: steps done and wanted.
        rate: steps a second; 0 while it is not known.
        left_s: seconds to the end of the phase, as far as known.
        stage, done, total: the stage before the training proper, such as reading videos.
        error: why it failed, with the remedy.
        details: a traceback when the failure is a bug.
        saved: the step of the newest checkpoint; 0 when there is none.
    """

    phase: Phase = "none"
    step: int = 0
    steps: int = 0
    rate: float = 0.0
    left_s: float = 0.0
    stage: str = ""
    done: int = 0
    total: int = 0
    error: str = ""
    details: str = ""
    saved: int = 0

    @property
    def busy(self) -> bool:
        """Whether a job works on the run."""
        return self.phase in {"starting", "preparing", "training", "stopping"}

    @property
    def share(self) -> float:
        """How much of the present phase is done, 0..1."""
        done, total = (self.done, self.total) if self.phase == "preparing" else (self.step, self.steps)
        return min(1.0, done / total) if total else 0.0


def state_of(run: Run) -> RunState:
    """Where a run on disk stands when nothing works on it."""
    found = run.checkpoints()
    step = int(found[-1].name.removeprefix("step-")) if found else 0
    phase: Phase = "finished" if step >= run.config.steps else "stopped"
    return RunState(phase, step=step, steps=run.config.steps, saved=step)


def after(state: RunState, event: Event) -> RunState:
    """The state once `event` has happened."""
    changes: dict[str, Any] = {}
    match event:
        case JobStarted():
            changes = {"phase": "preparing"}
        case StageProgress(stage, done, total, _, eta_s):
            changes = {"phase": "preparing", "stage": stage, "done": done, "total": total, "left_s": eta_s}
        case TrainProgress(step, steps, _, rate, eta_s):
            changes = {"phase": "training", "step": step, "steps": steps, "rate": rate, "left_s": eta_s}
        case Preview(step):
            changes = {"step": max(state.step, step)}
        case CheckpointSaved(step):
            changes = {"step": max(state.step, step), "saved": step}
        case JobDone():
            return replace(state, phase="finished")
        case JobCancelled():
            return replace(state, phase="stopped")
        case JobFailed(message, remedy, details):
            return replace(state, phase="failed", error=f"{message} {remedy}".strip(), details=details)
    if state.phase == "stopping":
        changes.pop("phase", None)  # what was under way when Stop was pressed changes nothing about it
    return replace(state, **changes)


def sentence(state: RunState) -> str:
    """The state in one sentence."""
    step, steps = count(state.step), count(state.steps)
    match state.phase:
        case "none":
            said = _tr("Nothing is running.")
        case "starting":
            said = _tr("Starting: the worker process is loading.")
        case "preparing":
            said = _preparing(state)
        case "training":
            said = _training(state)
        case "stopping":
            said = _tr("Stopping: the checkpoint is being saved.")
        case "stopped":
            said = _tr("Stopped at step {0} of {1}; nothing is running.").format(step, steps)
        case "finished":
            said = _tr("Finished all {0} steps; nothing is running.").format(steps)
        case "failed":
            said = _failed(state)
        case _:
            assert_never(state.phase)
    return said


def _preparing(state: RunState) -> str:
    if not state.total:
        return _tr("Preparing: looking at the videos.")
    return _tr("{0}: {1} of {2}, {3} left.").format(
        state.stage, count(state.done), count(state.total), duration(state.left_s)
    )


def _training(state: RunState) -> str:
    return _tr("Training: step {0} of {1}, {2} steps/s, {3} left.").format(
        count(state.step), count(state.steps), f"{state.rate:.3g}", duration(state.left_s)
    )


def _failed(state: RunState) -> str:
    if not state.saved:
        return _tr("Failed at step {0} of {1}; nothing is running.").format(
            count(state.step), count(state.steps)
        )
    return _tr("Failed at step {0} of {1}; the checkpoint of step {2} is kept.").format(
        count(state.step), count(state.steps), count(state.saved)
    )


def count(number: int) -> str:
    """A whole number with a thin space between thousands from 10 000 on."""
    return f"{number:,}".replace(",", "\u202f") if number >= 10_000 else str(number)


def duration(seconds: float) -> str:
    """A span of time in at most two units: "45 s", "23 min", "1 h 20 min", "2 d 3 h"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return _tr("{0} s").format(whole)
    minutes = round(whole / 60)
    if minutes < 60:
        return _tr("{0} min").format(minutes)
    if minutes < 24 * 60:
        return _tr("{0} h {1} min").format(*divmod(minutes, 60))
    return _tr("{0} d {1} h").format(*divmod(round(minutes / 60), 24))


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunState", text)
