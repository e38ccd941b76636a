"""What the window asks before it closes while something runs."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QMessageBox

from f2v_core.config import PrepareConfig
from f2v_core.messages import StageProgress
from f2v_core.runs import runs_folder
from f2v_core.runs.state import HOST
from tests.app.made_runs import make_run
from tests.app.studio_room import page_button, worker_text


def answer_with(monkeypatch, answer: str | None, default: str) -> list[str]:
    """Press that button, or none, where the app asks; returns what it will have explained."""
    told = []

    def press(box: QMessageBox) -> None:
        assert box.defaultButton().text() == default
        told.append(box.informativeText())
        for button in box.buttons():
            if button.text() == answer:
                button.click()

    monkeypatch.setattr(QMessageBox, "exec", press)
    return told


@pytest.mark.parametrize(
    ("answer", "closes", "asked"),
    [
        ("Keep training", True, []),
        ("Pause and close", True, ["pause"]),
        ("Stop and close", True, ["stop"]),
        ("Cancel", False, []),
        (None, False, []),
    ],
)
def test_closing_asks_what_shall_become_of_a_training(studio, qtbot, monkeypatch, answer, closes, asked):
    answer_with(monkeypatch, answer, "Keep training")
    trainer = make_run(runs_folder()).train(10)
    studio.window.show()
    page_button(studio, "Train").click()
    qtbot.waitUntil(lambda: studio._train_page.training)
    assert studio.window.close() is closes
    assert trainer.requests() == asked


@pytest.mark.parametrize("waits", [True, False])
def test_closing_says_what_becomes_of_the_queue(studio, qtbot, monkeypatch, waits):
    told = answer_with(monkeypatch, "Cancel", "Keep training")
    make_run(runs_folder()).train(10)
    if waits:
        make_run(runs_folder(), "second").say("queued", host=HOST, queued=1000.0)
    studio.window.show()
    page_button(studio, "Train").click()
    qtbot.waitUntil(lambda: studio._train_page.training)
    studio.window.close()
    assert ("second waits in the queue" in told[0]) is waits


def test_a_training_that_cannot_be_asked_keeps_the_window_open(studio, qtbot, monkeypatch):
    answer_with(monkeypatch, "Pause and close", "Keep training")
    told = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: told.append(args[2]))
    trainer = make_run(runs_folder()).train(10)
    studio.window.show()
    page_button(studio, "Train").click()
    qtbot.waitUntil(lambda: studio._train_page.training)
    (trainer.run.folder / "requests").write_text("in the way")
    assert not studio.window.close()
    assert "cannot be written" in told[0]


def test_a_training_that_ended_lets_the_window_close(studio, qtbot):
    trainer = make_run(runs_folder()).train(10).say("paused")
    studio.window.show()
    page_button(studio, "Train").click()
    qtbot.waitUntil(lambda: studio._train_page.state is not None)
    assert trainer.requests() == []
    assert studio.window.close()


@pytest.mark.parametrize("answer", ["Stop and close", "Keep evaluating"])
def test_closing_asks_while_an_evaluation_runs(studio, monkeypatch, answer):
    answer_with(monkeypatch, answer, "Keep evaluating")
    studio.window.show()
    studio._evaluate_link._job = 1
    studio._on_ready("cuda")
    assert worker_text(studio) == "GPU · evaluating"
    assert studio.window.close() is (answer == "Stop and close")
    studio._evaluate_link._job = None


class Endless:
    """Stands in for preparing: one sign of life after the other, until it is closed."""

    def __init__(self) -> None:
        self.closed = False

    def __call__(self, _config: PrepareConfig, _folder: Path) -> Iterator[object]:
        try:
            while True:
                yield StageProgress("Cutting clips", 1, 2, 1.0, 1.0)
                Event().wait(0.01)
        finally:
            self.closed = True


@pytest.mark.parametrize("answer", ["Stop and close", "Keep preparing"])
def test_closing_asks_while_a_dataset_is_prepared(studio, monkeypatch, tmp_path, answer):
    answer_with(monkeypatch, answer, "Keep preparing")
    studio.window.show()
    page_button(studio, "Data").click()
    preparing = Endless()
    page = studio._data_page
    page._maker._prepare = preparing
    page._maker.start(PrepareConfig(), tmp_path)
    studio._on_ready("cpu")
    assert worker_text(studio) == "CPU · preparing"
    assert studio.window.close() is (answer == "Stop and close")
    studio.close()
    assert preparing.closed
