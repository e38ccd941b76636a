"""What happened in a run, in words, each line with the time of day at which it happened."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from f2v_app.widgets.run_log import RunLog
from f2v_app.widgets.run_state import count
from f2v_core.runs.events import RunEvent


class RunEvents(RunLog):
    """The newest events of a run; can be selected and copied, not changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(datetime.now, parent)
        self.setPlaceholderText(self.tr("What happens in the run is told here."))

    def take(self, events: Sequence[RunEvent]) -> None:
        """Append a line for each event; the newest stays in view unless the user scrolled up to read."""
        if events:
            self.appendPlainText("\n".join(f"{_when(each.time)}  {words(each)}" for each in events))


def words(event: RunEvent) -> str:
    """An event as a sentence."""
    step = count(event.step)
    where = event.facts.get("device", "")
    match event.kind:
        case "started":
            said = _tr("Training began on {0}.").format(where)
        case "resumed":
            said = _tr("Training went on from step {0} on {1}.").format(step, where)
        case "checkpoint":
            said = _tr("Checkpoint at step {0}.").format(step)
        case "sample":
            said = _tr("Samples at step {0}: {1} of linear's distance.").format(
                step, f"{float(event.facts.get('ratio', math.nan)):.3f}"
            )
        case "notice":
            said = event.text
        case "ended":
            said = _ended(str(event.facts.get("phase", "")), step, event.text)
        case _:
            assert_never(event.kind)
    return said


def _ended(phase: str, step: str, text: str) -> str:
    known = {
        "paused": _tr("Paused at step {0}."),
        "stopped": _tr("Stopped at step {0} and kept."),
        "finished": _tr("Finished at step {0}."),
    }
    return known[phase].format(step) if phase in known else _tr("Failed: {0}").format(text)


def _when(time: str) -> str:
    """A moment of an event by the user's own clock: only the time where it is of today."""
    moment = datetime.fromisoformat(time).astimezone()
    today = datetime.now().astimezone().date()
    return f"{moment:%H:%M:%S}" if moment.date() == today else f"{moment:%Y-%m-%d %H:%M:%S}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunEvents", text)
