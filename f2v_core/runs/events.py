"""What happened in a run, one JSON object a line: appended by who trains, read by who watches."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import SEEK_END
from typing import IO, Any, Literal

from f2v_core.errors import RunError
from f2v_core.runs.folder import Run
from f2v_core.runs.history import whole_lines
from f2v_core.storage import append_whole

RunEventKind = Literal["started", "resumed", "checkpoint", "sample", "notice", "ended"]


@dataclass(frozen=True)
class RunEvent:
    """Something that happened.

    Attributes:
        time: when, ISO 8601 in UTC.
        step: at which step.
        kind: what.
        text: in words, for people; empty where the kind says all.
        facts: more, by name: strings and numbers.
    """

    time: str
    step: int
    kind: RunEventKind
    text: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def new_event(step: int, kind: RunEventKind, text: str = "", **facts: str | float) -> RunEvent:
    """An event of this moment."""
    return RunEvent(dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"), step, kind, text, facts)


def append_event(run: Run, step: int, kind: RunEventKind, text: str = "", **facts: str | float) -> None:
    """Add an event of this moment; raises as `write_event`."""
    write_event(run, new_event(step, kind, text, **facts))


def write_event(run: Run, event: RunEvent) -> None:
    """Add an event, all of it or nothing.

    Raises:
        RunError: the disk refuses.
    """
    text = {"text": event.text} if event.text else {}
    values = {"time": event.time, "step": event.step, "kind": event.kind, **text, **event.facts}
    try:
        with run.events_file.open("a+b") as file:
            torn = _end_of_torn(file)
        append_whole(run.events_file, (torn + json.dumps(values, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        message = f"{run.events_file} cannot be written: {error.strerror}."
        raise RunError(message, "Make room on the disk, then resume.") from error


def _end_of_torn(file: IO[bytes]) -> str:
    """What ends a line that a kill cut off, so that the next one is not lost with it."""
    if file.seek(0, SEEK_END) == 0:
        return ""
    file.seek(-1, SEEK_END)
    return "" if file.read(1) == b"\n" else "\n"


def read_events(run: Run) -> list[RunEvent]:
    """All events, oldest first; a line that is no event (a kill cut it off) is left out."""
    return [event for line in whole_lines(run.events_file) if (event := parse_event(line))]


def parse_event(line: str) -> RunEvent | None:
    """The event of a line; None for what is none."""
    try:
        values = json.loads(line)
        names = ("time", "step", "kind", "text")
        known = {name: values.pop(name) for name in names if name in values}
        return RunEvent(**known, facts=values)
    except (ValueError, TypeError, AttributeError):
        return None
