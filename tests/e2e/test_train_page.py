"""A real tiny training through the real window: start, close the window, find it again, pause, resume, stop."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from f2v_core.media.images import write_png
from f2v_core.runs import list_runs, runs_folder
from f2v_core.runs.state import read_state
from tests.datasets import squares, write_dataset
from tests.e2e.screen import SLOW_S, App, Screen, missing_tools, wait_for

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(missing_tools()), reason=f"not on this machine: {', '.join(missing_tools())}"),
]
ANSWER_S = 3.0
"""How soon a request must be seen to be answered; saving itself may take longer."""
TRAIN_S = 120.0


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    """A pair to open the window with, so that it has nothing else to do."""
    paths = [tmp_path / "first.png", tmp_path / "last.png"]
    for path in paths:
        write_png(path, np.zeros((16, 16, 3), np.uint8))
    return [str(path) for path in paths]


@pytest.fixture(autouse=True)
def no_orphan(user_home: Path) -> Iterator[None]:
    """A training belongs to nobody: end what the test leaves behind."""
    yield
    for run in list_runs(runs_folder()):
        if read_state(run).active:
            os.kill(read_state(run).pid, signal.SIGKILL)


def open_train_page(desk: Screen, pictures: list[str]) -> App:
    app = App(desk, *pictures)
    app.see("Last image", "ImageWell", SLOW_S, description=Path(pictures[1]).name)
    app.click("Train", "RadioButton")
    return app


def says(app: App, words: str, seconds: float = TRAIN_S) -> str:
    """Wait until the run's state has these words."""

    def look() -> str | None:
        found = app.find("State", "QLabel")
        text = "" if found is None else str(found["text"])
        return text if words in text else None

    return wait_for(look, words, seconds)


def test_a_training_outlives_the_window_and_is_found_again(
    desk: Screen, pictures: list[str], tmp_path: Path, user_home: Path
):
    write_dataset(tmp_path / "set", squares(20, 4, frames=30, side=64))
    app = open_train_page(desk, pictures)
    app.click("Dataset or folder of videos", "QLineEdit")
    desk.do("type", "--delay", 5, tmp_path / "set")
    found = "A dataset: 20 clips to train on, 4 to validate on."
    app.see("Dataset or folder of videos", "QLineEdit", SLOW_S, description=found)
    app.click("Start training", "Button")
    says(app, "Training on the processor")
    (run,) = list_runs(runs_folder())

    desk.do("key", "alt+F4")
    app.click("Keep training", "QPushButton")
    wait_for(lambda: app.process.poll() is not None, "the closed window", SLOW_S)
    assert app.process.returncode == 0
    assert read_state(run).active

    app = open_train_page(desk, pictures)
    says(app, "Training on the processor")
    app.click("Pause", "QPushButton")
    says(app, "Paus", ANSWER_S)
    says(app, "Paused at step")
    assert read_state(run).phase == "paused"
    app.click("Resume", "QPushButton")
    says(app, "Starting", ANSWER_S)
    says(app, "Training on the processor")
    app.click("Stop and keep", "QPushButton")
    says(app, "Stopp", ANSWER_S)
    says(app, "and kept")
    assert run.saved == read_state(run).step > 0
