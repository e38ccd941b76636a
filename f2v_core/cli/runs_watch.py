"""Following a run on the terminal, whoever trains it, wherever."""

from collections.abc import Iterator
from math import inf, isnan
from time import sleep

from f2v_core.cli.events_output import event_display
from f2v_core.cli.runs_output import event_words
from f2v_core.cli.runs_queue import go_on
from f2v_core.messages import Notice, StageProgress
from f2v_core.runs import RUN, Run
from f2v_core.runs.events import RunEvent
from f2v_core.runs.state import RunState
from f2v_core.runs.watch import RunNews, RunWatch
from f2v_core.train_messages import CheckpointSaved, SampleSaved, TrainEvent, TrainProgress

LOOK_S = 0.5
BEFORE = 10
"""How much of what happened before is shown."""


def follow(run: Run) -> RunState:
    """Show what happens in a run until nobody works on it any more; returns how it stands then.

    A queued run is waited for, and where the trainer before it was killed, the queue goes on.
    """
    watch = RunWatch(run)
    with event_display() as show:
        news = watch.look()
        for event in _events_of(run, news)[-BEFORE:]:
            show(event)
        while (news.state.active or news.state.phase == "queued") and (run.folder / RUN).is_file():
            if news.state.phase == "queued":
                go_on(run.folder.parent)
            sleep(LOOK_S)
            news = watch.look()
            for event in _events_of(run, news):
                show(event)
    if news.state.phase == "interrupted":
        go_on(run.folder.parent)
    return news.state


def _events_of(run: Run, news: RunNews) -> list[TrainEvent]:
    """What a look found, in the order of the steps."""
    state = news.state
    told = [(row.get("step", 0.0), _progress(row, state)) for row in news.rows]
    told += [(event.step, shown) for event in news.events for shown in _shown(run, event)]
    told.sort(key=lambda each: each[0])
    stage = StageProgress(state.stage, state.done, state.total, 0.0, state.left_s or inf)
    preparing = [stage] if state.phase == "preparing" and state.stage else []
    return [*(event for _, event in told), *preparing]


def _progress(row: dict[str, float], state: RunState) -> TrainEvent:
    losses = {
        name: value for name, value in row.items() if name not in {"step", "seconds"} and not isnan(value)
    }
    step, elapsed = int(row.get("step", 0)), row.get("seconds", 0.0)
    return TrainProgress(step, state.steps, losses, state.rate, state.left_s or inf, elapsed)


def _shown(run: Run, event: RunEvent) -> Iterator[TrainEvent]:
    match event.kind:
        case "sample":
            yield SampleSaved(event.step, float(event.facts.get("ratio", "nan")))
        case "checkpoint":
            yield CheckpointSaved(event.step, str(run.checkpoint_folder(event.step)))
        case "started" | "resumed":
            yield Notice(f"{event_words(event).capitalize()}, step {event.step}.")
        case "notice":
            yield Notice(event.text)
        case _:  # how it ended is said at the end
            pass
