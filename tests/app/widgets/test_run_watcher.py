import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from f2v_app.widgets import run_watcher
from f2v_app.widgets.run_watcher import RunTold, RunWatcher
from f2v_core.runs.events import append_event
from tests.app.made_runs import Trainer, make_run, state


@pytest.fixture
def trainer(tmp_path: Path) -> Trainer:
    return make_run(tmp_path).train(10, 20).save(20, ratio=0.9).sample(20)


@pytest.fixture
def told(qtbot: Any, trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What a watcher tells; it looks often."""
    monkeypatch.setattr(run_watcher, "LOOK_S", 0.01)
    watcher = RunWatcher()
    heard: list[RunTold] = []
    watcher.told.connect(heard.append)
    watcher.heard = heard  # type: ignore[attr-defined]
    watcher.watch(trainer.run)
    qtbot.waitUntil(lambda: len(heard) == 1)
    yield watcher
    watcher.stop()


def test_the_first_look_tells_everything(told: Any) -> None:
    (first,) = told.heard
    assert first.afresh
    assert first.columns["step"].tolist() == [10, 20]
    assert first.columns["loss"].dtype == np.float64
    assert [each.kind for each in first.events] == ["checkpoint", "sample"]
    assert (first.samples, first.ratios, first.best, first.last) == ((20,), {20: 0.9}, 20, 20)
    assert first.state.step == 20


def test_only_what_is_new_is_told(told: Any, trainer: Trainer, qtbot: Any) -> None:
    trainer.train(30)
    qtbot.waitUntil(lambda: told.heard[-1].state.step == 30)
    rows = [row for each in told.heard[1:] for row in each.columns.get("step", [])]
    assert rows == [30]
    before = len(told.heard)
    append_event(trainer.run, 30, "notice", "x")
    qtbot.waitUntil(lambda: len(told.heard) > before)
    assert [each.text for each in told.heard[-1].events] == ["x"]
    assert len(told.heard) == before + 1
    trainer.save(30)
    qtbot.waitUntil(lambda: told.heard[-1].last == 30)
    assert told.heard[-1].best == 20


def test_a_deleted_folder_is_gone(told: Any, trainer: Trainer, qtbot: Any) -> None:
    with qtbot.waitSignal(told.gone):
        shutil.rmtree(trainer.run.folder)


def test_a_file_that_cannot_be_read_is_looked_at_again(
    told: Any, trainer: Trainer, qtbot: Any, caplog: pytest.LogCaptureFixture
) -> None:
    trainer.run.history_file.unlink()
    trainer.run.history_file.mkdir()
    qtbot.waitUntil(lambda: "cannot be read now" in caplog.text)
    trainer.run.history_file.rmdir()
    trainer.train(10)
    rows = [[10, 20], [10]]
    qtbot.waitUntil(lambda: [[*each.columns["step"]] for each in told.heard if each.columns] == rows)


def test_another_run_takes_its_place(told: Any, tmp_path: Path, qtbot: Any) -> None:
    other = make_run(tmp_path, "other").say("paused", step=7)
    told.watch(other.run)
    told.hurry()
    qtbot.waitUntil(lambda: told.heard[-1].state.step == 7)
    told.stop()
    told.hurry()


def test_the_best_needs_a_ratio() -> None:
    assert RunTold(state("training"), ratios={5: float("inf")}).best == 0
    told = RunTold(state("training"), ratios={5: 0.9, 6: 0.9, 7: 0.95})
    assert (told.best, told.last) == (6, 7)
