"""What `f2v runs` says about runs: a table, a page, JSON, and how one stands in a sentence."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import isfinite
from typing import Any, get_args

from f2v_core.cli.events_output import clock
from f2v_core.config import Scale, TrainConfig, train_preset
from f2v_core.errors import InputError
from f2v_core.knobs import Value
from f2v_core.runs import RUN, Run, runs_folder
from f2v_core.runs.events import RunEvent, read_events
from f2v_core.runs.folder import step_of
from f2v_core.runs.queue import read_queue
from f2v_core.runs.state import RunState, read_state

LAST = 10
"""How many events and lines of a log are shown."""


def name_of(run: Run) -> str:
    """How a user names a run on the command line."""
    ours = run.folder.parent == runs_folder()
    return shlex.quote(run.folder.name if ours else str(run.folder))


def how_it_stands(run: Run, state: RunState, resume: str = "") -> str:
    """A run on which nobody works, in a sentence that says what to do; `resume` is the command that goes on."""
    where = f"step {state.step} of {state.steps}"
    again = f"go on with: {resume or f'f2v runs resume {name_of(run)}'}"
    if not (run.folder / RUN).is_file():
        return f"Discarded: {run.folder}"
    if state.phase == "finished":
        kept = f"Keep it: f2v models add {shlex.quote(str(run.folder))} --name NAME"
        return f"Done: {run.model_folder()}\n{kept}"
    if state.phase == "failed":
        return f"Failed at {where}: {state.error} {state.remedy} Then {again}"
    if state.phase == "queued":
        return (
            f"{_queue_words(run).capitalize()}, at {where}; start it now with: f2v runs resume {name_of(run)}"
        )
    return f"{state.phase.capitalize()} at {where}; {again}"


def _queue_words(run: Run) -> str:
    """Where a queued run stands; the number is missing where another machine is to train it."""
    queue = read_queue(run.folder.parent)
    place = queue.place(run.folder)
    held = " (held by a pause)" if queue.held and place else ""
    return f"queued, number {place}{held}" if place else "queued"


def print_runs(runs: Sequence[Run]) -> None:
    """A table, a run a line."""
    head = ("name", "model", "state", "step", "rate", "left", "ratio")
    rows = [head, *map(_row, runs)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _row(run: Run) -> tuple[str, ...]:
    state, ratio = read_state(run), _best_ratio(run)
    return (
        run.folder.name,
        f"{run.config.architecture} {run.config.model}",
        _queue_words(run) if state.phase == "queued" else state.phase,
        f"{state.step}/{state.steps}",
        f"{state.rate:.2f}/s" if state.rate else "",
        clock(state.left_s) if state.left_s else "",
        "" if ratio is None else f"{ratio:.4f}",
    )


def _best_ratio(run: Run) -> float | None:
    best = run.best_checkpoint()
    return None if best is None else run.ratio(best)


def print_run(run: Run) -> None:
    """A page about one run."""
    state = read_state(run)
    print(f"Run: {run.folder}\nModel: {run.config.architecture} {run.config.model}, scale {_preset(run)[0]}")
    for name, value in _preset(run)[1].items():
        print(f"  {name}: {value}")
    print(_state_line(run, state))
    for title, checkpoint in (("Best", _checkpoint(run, best=True)), ("Last", _checkpoint(run, best=False))):
        if checkpoint:
            ratio = checkpoint["ratio"]
            rated = "" if ratio is None else f", {ratio:.4f} of linear interpolation's distance"
            print(f"{title} checkpoint: step {checkpoint['step']}{rated}: {checkpoint['folder']}")
    for event in read_events(run)[-LAST:]:
        print(f"  {event.time[:19].replace('T', ' ')}  step {event.step}  {event_words(event)}")
    if state.phase == "interrupted" and run.log_file.is_file():
        print("Its log ends:")
        for line in run.log_file.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST:]:
            print(f"  {line}")


def _state_line(run: Run, state: RunState) -> str:
    if not state.active:
        return how_it_stands(run, state)
    where = f"{state.stage or 'step'} {state.done or state.step}/{state.total or state.steps}"
    pace = f", {state.rate:.2f}/s" if state.rate else ""
    left = f", {clock(state.left_s)} left" if state.left_s else ""
    return f"State: {state.phase}, {where}{pace}{left}, on {state.host} (process {state.pid})"


def event_words(event: RunEvent) -> str:
    """An event for people."""
    facts = event.facts
    match event.kind:
        case "started" | "resumed":
            return f"{event.kind} on {facts.get('host')} ({facts.get('device')}, process {facts.get('pid')})"
        case "sample":
            return f"samples at {facts.get('ratio', float('nan')):.4f} of linear interpolation's distance"
        case "checkpoint":
            return "saved"
        case _:
            return event.text or event.kind


def run_facts(run: Run, *, whole: bool = False) -> dict[str, Any]:
    """What programs get of a run: its state and best ratio; `whole`: its settings, checkpoints and events too."""
    facts: dict[str, Any] = {
        "name": run.folder.name,
        "folder": str(run.folder.absolute()),
        "model": run.config.model,
        "architecture": run.config.architecture,
        "state": asdict(read_state(run)),
        "ratio": _best_ratio(run),
        "queue": read_queue(run.folder.parent).place(run.folder) or None,
    }
    if not whole:
        return facts
    scale, changed = _preset(run)
    return {
        **facts,
        "scale": scale,
        "config": run.config.to_json(),
        "changed": changed,
        "best": _checkpoint(run, best=True),
        "last": _checkpoint(run, best=False),
        "events": [asdict(event) for event in read_events(run)[-LAST:]],
    }


def print_json(value: object) -> None:
    """Print JSON as the standard has it: what is no number is null."""
    print(json.dumps(_standard(value), indent=2, ensure_ascii=False, allow_nan=False))


def _standard(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    match value:
        case float():
            return value if isfinite(value) else None
        case Mapping():
            return {name: _standard(each) for name, each in value.items()}
        case list() | tuple():
            return [_standard(each) for each in value]
        case _:
            return value


def _checkpoint(run: Run, *, best: bool) -> dict[str, Any] | None:
    found = run.checkpoints()
    folder = run.best_checkpoint() if best else (found[-1] if found else None)
    if folder is None:
        return None
    return {"step": step_of(folder), "ratio": _standard(run.ratio(folder)), "folder": str(folder)}


def _preset(run: Run) -> tuple[Scale, dict[str, Value]]:
    """The scale whose preset is nearest to a run's settings, and the settings that differ from it."""
    return min(
        ((scale, _differing(run.config, scale)) for scale in get_args(Scale)), key=lambda each: len(each[1])
    )


def _differing(config: TrainConfig, scale: Scale) -> dict[str, Value]:
    try:
        preset = train_preset(config.model, config.architecture, scale).to_json()
    except InputError:  # there is no such scale of this architecture
        return config.to_json()
    return {name: value for name, value in config.to_json().items() if value != preset[name]}
