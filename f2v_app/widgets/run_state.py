"""What a training run is doing, in words; and how counts, spans of time and amounts of memory are written."""

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from f2v_core.runs.state import HOST, Phase, RunState


def sentence(state: RunState) -> str:
    """The state in one sentence."""
    if state.phase in _LONG:
        return _LONG[state.phase](state)
    return _tr(str(_SHORT[state.phase]))


def _paused(state: RunState) -> str:
    return _tr("Paused at step {0} of {1}; {2}.").format(count(state.step), count(state.steps), _idle(state))


def _finished(state: RunState) -> str:
    return _tr("Finished all {0} steps; {1}.").format(count(state.steps), _idle(state))


def _waiting(state: RunState) -> str:
    return _tr("Waiting for room on the disk at step {0}: nothing is lost.").format(count(state.step))


def _idle(state: RunState) -> str:
    return _tr("nothing is using the GPU") if state.device == "cuda" else _tr("nothing is running")


def _preparing(state: RunState) -> str:
    if not state.total:
        return _tr("Preparing: looking at the videos.")
    return _tr("{0}: {1} of {2}, {3} left.").format(
        state.stage, count(state.done), count(state.total), duration(state.left_s)
    )


def _training(state: RunState) -> str:
    where = {"cpu": _tr(" on the processor"), "cuda": _tr(" on the GPU"), "mps": _tr(" on the GPU")}
    begun = _tr("Training{0}: step {1} of {2}").format(
        where.get(state.device, ""), count(state.step), count(state.steps)
    )
    if not state.rate:
        return f"{begun}."
    return _tr("{0}, {1} steps/s, {2} left.").format(begun, f"{state.rate:.3g}", duration(state.left_s))


def _stopped(state: RunState) -> str:
    if not state.step and not state.host:
        return _tr("Not begun: {0} steps are to be trained.").format(count(state.steps))
    return _tr("Stopped at step {0} of {1} and kept; {2}.").format(
        count(state.step), count(state.steps), _idle(state)
    )


def _failed(state: RunState) -> str:
    place = count(state.step), count(state.steps)
    if not state.saved:
        return _tr("Failed at step {0} of {1}, before the first checkpoint; nothing is running.").format(
            *place
        )
    return _tr("Failed at step {0} of {1}; the checkpoint of step {2} is kept.").format(
        *place, count(state.saved)
    )


def _interrupted(state: RunState) -> str:
    if not state.saved:
        return _tr("Interrupted before the first checkpoint: the process that trained is gone.")
    return _tr(
        "Interrupted: the process that trained is gone; the checkpoint of step {0} of {1} is kept."
    ).format(count(state.saved), count(state.steps))


_SHORT: dict[Phase, object] = {
    "starting": QT_TRANSLATE_NOOP("RunState", "Starting: a process of its own is loading."),
    "pausing": QT_TRANSLATE_NOOP("RunState", "Pausing: a checkpoint is being saved."),
    "stopping": QT_TRANSLATE_NOOP("RunState", "Stopping: a checkpoint is being saved."),
    "discarding": QT_TRANSLATE_NOOP("RunState", "Cancelling: the run and all that it made is being deleted."),
    "queued": QT_TRANSLATE_NOOP(
        "RunState",
        "Queued: it starts by itself when the trainings before it are over; after a pause, the queue waits for you.",
    ),
}
"""Sentences without figures."""
_LONG: dict[Phase, Callable[[RunState], str]] = {
    "preparing": _preparing, "training": _training, "waiting": _waiting, "paused": _paused, "stopped": _stopped,
    "finished": _finished, "failed": _failed, "interrupted": _interrupted,
}  # fmt: skip
_ROWS: dict[Phase, object] = {
    "starting": QT_TRANSLATE_NOOP("RunState", "Starting"),
    "preparing": QT_TRANSLATE_NOOP("RunState", "Preparing"),
    "training": QT_TRANSLATE_NOOP("RunState", "Training, {0} of {1}"),
    "waiting": QT_TRANSLATE_NOOP("RunState", "⚠ Waiting at {0} of {1}"),
    "pausing": QT_TRANSLATE_NOOP("RunState", "Ending, {0} of {1}"),
    "stopping": QT_TRANSLATE_NOOP("RunState", "Ending, {0} of {1}"),
    "discarding": QT_TRANSLATE_NOOP("RunState", "Ending, {0} of {1}"),
    "queued": QT_TRANSLATE_NOOP("RunState", "Queued"),
    "paused": QT_TRANSLATE_NOOP("RunState", "Paused at {0} of {1}"),
    "stopped": QT_TRANSLATE_NOOP("RunState", "Stopped at {0} of {1}"),
    "finished": QT_TRANSLATE_NOOP("RunState", "Finished, {1} steps"),
    "failed": QT_TRANSLATE_NOOP("RunState", "⚠ Failed at {0} of {1}"),
    "interrupted": QT_TRANSLATE_NOOP("RunState", "⚠ Interrupted at {0} of {1}"),
}


def row_words(state: RunState, place: int = 0, *, held: bool = False) -> str:
    """The state in a few words, for a list; `place` is that in the queue, which may be `held` by a pause."""
    if state.phase == "queued" and place:
        words = _tr("Queued, {0}, on hold") if held else _tr("Queued, {0}")
        return words.format(ordinal(place))
    if state.phase == "stopped" and not state.step and not state.host:
        return _tr("Not begun")
    return _tr(str(_ROWS[state.phase])).format(count(state.step), count(state.steps))


def figures(state: RunState) -> str:
    """What else is known about who trains: time so far, memory, and where, if not here; empty when nothing is."""
    known = []
    if state.trained_s >= 1:
        known.append(_tr("trained for {0}").format(duration(state.trained_s)))
    if state.memory_mb:
        known.append(_tr("{0} of memory").format(memory(state.memory_mb)))
    if state.gpu_memory_mb:
        known.append(_tr("{0} of GPU memory").format(memory(state.gpu_memory_mb)))
    if state.active and state.host:
        here = _tr("process {0}").format(state.pid)
        known.append(here if state.host == HOST else _tr("{0} on {1}").format(here, state.host))
    return " · ".join(known)


def ordinal(number: int) -> str:
    """A place in a row: "1st", "2nd", "12th"."""
    words = {1: _tr("{0}st"), 2: _tr("{0}nd"), 3: _tr("{0}rd")}
    teens = number % 100 in {11, 12, 13}
    return (_tr("{0}th") if teens else words.get(number % 10, _tr("{0}th"))).format(number)


def count(number: int) -> str:
    """A whole number with a thin space between thousands from 10 000 on."""
    return f"{number:,}".replace(",", "\u202f") if number >= 10_000 else str(number)


def memory(megabytes: float) -> str:
    """An amount of memory: "850 MB", "1.3 GB"."""
    if megabytes < 1000:
        return _tr("{0} MB").format(round(megabytes))
    return _tr("{0} GB").format(f"{megabytes / 1000:.1f}")


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
