from pathlib import Path

import numpy as np
import pytest

from f2v_app.widgets.run_state import RunState, after, count, duration, sentence, state_of
from f2v_core.config import train_preset
from f2v_core.messages import (
    CheckpointSaved,
    Event,
    JobCancelled,
    JobDone,
    JobFailed,
    JobStarted,
    Notice,
    Preview,
    StageProgress,
    TrainProgress,
)
from f2v_core.runs import create_run

PROGRESS = TrainProgress(120, 3000, {"loss": 1.0}, 2.1, 1380.0, 57.0)


def told(*events: Event) -> str:
    state = RunState("starting", steps=3000)
    for event in events:
        state = after(state, event)
    return sentence(state)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ((), "Starting: the worker process is loading."),
        ((JobStarted(),), "Preparing: looking at the videos."),
        ((StageProgress("Reading videos", 12, 56, 2.0, 21.0),), "Reading videos: 12 of 56, 21 s left."),
        ((PROGRESS,), "Training: step 120 of 3000, 2.1 steps/s, 23 min left."),
        ((PROGRESS, Notice("x")), "Training: step 120 of 3000, 2.1 steps/s, 23 min left."),
        ((PROGRESS, JobCancelled()), "Stopped at step 120 of 3000; nothing is running."),
        ((PROGRESS, JobDone()), "Finished all 3000 steps; nothing is running."),
        ((PROGRESS, JobFailed("A.", "B.")), "Failed at step 120 of 3000; nothing is running."),
        (
            (CheckpointSaved(100, "x"), PROGRESS, JobFailed("A.", "B.")),
            "Failed at step 120 of 3000; the checkpoint of step 100 is kept.",
        ),
    ],
)
def test_events_make_a_sentence(events: tuple[Event, ...], words: str) -> None:
    assert told(*events) == words


def test_nothing_runs_at_first() -> None:
    assert sentence(RunState()) == "Nothing is running."
    assert RunState().share == 0


def test_what_was_under_way_does_not_undo_a_stop() -> None:
    state = after(RunState("stopping", steps=3000), PROGRESS)
    assert (state.phase, state.step) == ("stopping", 120)
    assert sentence(state) == "Stopping: the checkpoint is being saved."
    assert after(state, JobCancelled()).phase == "stopped"


def test_previews_and_checkpoints_move_the_step_on() -> None:
    state = after(RunState("training", step=5), Preview(250, np.zeros((2, 2, 3), np.uint8)))
    assert state.step == 250
    assert after(state, CheckpointSaved(500, "x")).saved == 500


def test_a_failure_keeps_its_remedy_and_details() -> None:
    state = after(RunState("training"), JobFailed("It broke.", "Mend it.", "Traceback"))
    assert (state.error, state.details) == ("It broke. Mend it.", "Traceback")


def test_share_is_of_the_present_phase() -> None:
    assert RunState("preparing", step=9, steps=10, done=1, total=4).share == 0.25
    assert RunState("training", step=9, steps=10, done=1, total=4).share == 0.9


@pytest.mark.parametrize(
    ("step", "phase"), [(0, "stopped"), (500, "stopped"), (4000, "finished"), (5000, "finished")]
)
def test_a_folder_tells_its_state(tmp_path: Path, step: int, phase: str) -> None:
    run = create_run(tmp_path / "r", train_preset("cvae", "motion"))
    if step:
        run.checkpoint_folder(step).mkdir(parents=True)
    state = state_of(run)
    assert (state.phase, state.step, state.saved, state.steps) == (phase, step, step, 4000)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-1, "0 s"), (59.4, "59 s"), (60, "1 min"), (1380, "23 min"), (4800, "1 h 20 min"), (183600, "2 d 3 h")],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_large_counts_are_grouped() -> None:
    assert (count(9999), count(1234567)) == ("9999", "1\u202f234\u202f567")
