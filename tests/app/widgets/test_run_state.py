import pytest

from f2v_app.widgets.run_state import count, duration, figures, memory, row_words, sentence
from f2v_core.runs.state import HOST, RunState
from tests.app.made_runs import state


@pytest.mark.parametrize(
    ("shown", "words", "row"),
    [
        (state("starting"), "Starting: a process of its own is loading.", "Starting"),
        (state("preparing"), "Preparing: looking at the videos.", "Preparing"),
        (
            state("preparing", stage="Reading videos", done=12, total=56, left_s=21),
            "Reading videos: 12 of 56, 21 s left.",
            "Preparing",
        ),
        (state("training"), "Training: step 120 of 3000.", "Training, 120 of 3000"),
        (
            state("training", rate=2.1, left_s=1380, device="cpu"),
            "Training on the processor: step 120 of 3000, 2.1 steps/s, 23 min left.",
            "Training, 120 of 3000",
        ),
        (state("pausing"), "Pausing: a checkpoint is being saved.", "Ending, 120 of 3000"),
        (state("stopping"), "Stopping: a checkpoint is being saved.", "Ending, 120 of 3000"),
        (
            state("discarding"),
            "Cancelling: the run and all that it made is being deleted.",
            "Ending, 120 of 3000",
        ),
        (
            state("paused", step=12_400, steps=40_000, device="cuda"),
            "Paused at step 12\u202f400 of 40\u202f000; nothing is using the GPU.",
            "Paused at 12\u202f400 of 40\u202f000",
        ),
        (
            state("stopped"),
            "Stopped at step 120 of 3000 and kept; nothing is running.",
            "Stopped at 120 of 3000",
        ),
        (RunState("stopped", steps=3000), "Not begun: 3000 steps are to be trained.", "Not begun"),
        (state("finished"), "Finished all 3000 steps; nothing is running.", "Finished, 3000 steps"),
        (
            state("failed"),
            "Failed at step 120 of 3000, before the first checkpoint; nothing is running.",
            "⚠ Failed at 120 of 3000",
        ),
        (
            state("failed", saved=100),
            "Failed at step 120 of 3000; the checkpoint of step 100 is kept.",
            "⚠ Failed at 120 of 3000",
        ),
        (
            state("interrupted", step=0),
            "Interrupted before the first checkpoint: the process that trained is gone.",
            "⚠ Interrupted at 0 of 3000",
        ),
        (
            state("interrupted", step=100, saved=100),
            "Interrupted: the process that trained is gone; the checkpoint of step 100 of 3000 is kept.",
            "⚠ Interrupted at 100 of 3000",
        ),
    ],
)
def test_every_phase_has_its_sentence(shown: RunState, words: str, row: str) -> None:
    assert sentence(shown) == words
    assert row_words(shown) == row


def test_figures_tell_what_is_known() -> None:
    assert figures(RunState("stopped")) == ""
    busy = state("training", trained_s=90, memory_mb=850, gpu_memory_mb=2345)
    assert (
        figures(busy) == "trained for 2 min · 850 MB of memory · 2.3 GB of GPU memory · process 7 on server"
    )
    assert figures(state("training", host=HOST)) == "process 7"
    assert figures(state("paused", trained_s=90)) == "trained for 2 min"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-1, "0 s"), (59.4, "59 s"), (60, "1 min"), (1380, "23 min"), (4800, "1 h 20 min"), (183600, "2 d 3 h")],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_large_counts_are_grouped() -> None:
    assert (count(9999), count(1234567)) == ("9999", "1\u202f234\u202f567")


def test_memory_has_few_digits() -> None:
    assert (memory(999), memory(12345)) == ("999 MB", "12.3 GB")
