"""What the Data page is doing, as a value made from events, and as one sentence."""

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from PySide6.QtCore import QCoreApplication

from f2v_app.widgets.run_state import count, duration
from f2v_core.messages import StageProgress

Phase = Literal[
    "new",
    "scanning",
    "found",
    "starting",
    "preparing",
    "stopping",
    "reading",
    "unfinished",
    "ready",
    "failed",
]
LATER = 2.0
"""Seconds of a stage before its rate says anything."""


@dataclass(frozen=True)
class DataState:
    """Where the folder or the dataset in view stands.

    Attributes:
        phase: what is done with it.
        stage, done, total, rate, left_s: as in `StageProgress`.
        elapsed_s: since the work began.
        facts: what is known of it when nothing is done, a sentence.
        error: what went wrong and what to do; empty when nothing did.
    """

    phase: Phase = "new"
    stage: str = ""
    done: int = 0
    total: int = 0
    rate: float = 0.0
    left_s: float = 0.0
    elapsed_s: float = 0.0
    facts: str = ""
    error: str = ""

    @property
    def preparing(self) -> bool:
        """Whether a dataset is being made."""
        return self.phase in {"starting", "preparing", "stopping"}

    @property
    def moving(self) -> bool:
        """Whether something is under way."""
        return self.preparing or self.phase in {"scanning", "reading"}

    @property
    def share(self) -> float:
        """How much of the stage is done, 0..1; below 0 while that is not known."""
        return min(1.0, self.done / self.total) if self.total else -1.0


def after(state: DataState, progress: StageProgress, elapsed_s: float) -> DataState:
    """The state once this much is done."""
    phase: Phase = "preparing" if state.phase == "starting" else state.phase
    return replace(
        state,
        phase=phase,
        stage=progress.stage,
        done=progress.done,
        total=progress.total,
        rate=progress.rate,
        left_s=progress.eta_s,
        elapsed_s=elapsed_s,
    )


def sentence(state: DataState) -> str:
    """The state in one sentence."""
    match state.phase:
        case "new":
            said = ""
        case "scanning" | "preparing":
            said = _working(state)
        case "starting":
            said = _tr("Starting.")
        case "stopping":
            said = _tr("Stopping: the clips in hand are let go, what is finished is kept.")
        case "reading":
            said = _tr("Opening the dataset.")
        case "found" | "ready" | "unfinished":
            said = state.facts
        case "failed":
            said = state.facts or _tr("Stopped by a problem; nothing is running.")
        case _:
            assert_never(state.phase)
    return said


def _working(state: DataState) -> str:
    if not state.stage:
        return _tr("Looking at the folder.")
    stage = _tr(state.stage)
    done = count(state.done)
    if not state.total:
        return _tr("{0}: {1} so far, {2}.").format(stage, done, duration(state.elapsed_s))
    said = [_tr("{0}: {1} of {2}").format(stage, done, count(state.total))]
    if state.rate > 0 and state.elapsed_s >= LATER:
        said.append(_tr("{0} a second").format(f"{state.rate:.3g}"))
        said.append(_tr("{0} left").format(duration(state.left_s)))
    said.append(_tr("{0} so far").format(duration(state.elapsed_s)))
    return ", ".join(said) + "."


def _tr(text: str) -> str:
    return QCoreApplication.translate("DataState", text)
