import math

import pytest

from f2v_app.widgets.data_state import DataState, after, sentence
from f2v_core.messages import StageProgress


def test_progress_moves_the_state():
    state = after(DataState("starting"), StageProgress("Cutting clips", 30, 120, 3.0, 30.0), 10.0)
    assert state.phase == "preparing"
    assert state.share == 0.25
    assert sentence(state) == "Cutting clips: 30 of 120, 3 a second, 30 s left, 10 s so far."


def test_while_it_stops_it_stays_stopping():
    state = after(DataState("stopping"), StageProgress("Cutting clips", 30, 120, 3.0, 30.0), 10.0)
    assert state.phase == "stopping"
    assert sentence(state).startswith("Stopping: ")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (DataState(), ""),
        (DataState("scanning"), "Looking at the folder."),
        (DataState("scanning", "Scanning", 12_000, elapsed_s=3.2), "Scanning: 12\u202f000 so far, 3 s."),
        (DataState("preparing", "Cutting clips", 1, 9, 2.0, 4.0, 0.5), "Cutting clips: 1 of 9, 0 s so far."),
        (
            DataState("preparing", "Cutting clips", 0, 9, 0.0, math.inf, 5.0),
            "Cutting clips: 0 of 9, 5 s so far.",
        ),
        (DataState("starting"), "Starting."),
        (DataState("reading"), "Opening the dataset."),
        (DataState("ready", facts="6 clips."), "6 clips."),
        (DataState("unfinished", facts="2 shards."), "2 shards."),
        (DataState("failed", error="No."), "Stopped by a problem; nothing is running."),
    ],
)
def test_every_state_is_a_sentence(state, said):
    assert sentence(state) == said


def test_what_is_under_way():
    assert DataState("stopping").preparing
    assert DataState("scanning").moving
    assert not DataState("scanning").preparing
    assert not DataState("ready").moving
    assert DataState("scanning").share < 0
