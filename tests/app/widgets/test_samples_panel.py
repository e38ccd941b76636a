from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from f2v_app.widgets import sample_reader
from f2v_app.widgets.loss_view import Mark
from f2v_app.widgets.sample_grid import SampleGrid
from f2v_app.widgets.sample_reader import nearest
from f2v_app.widgets.samples_panel import SamplesPanel
from f2v_app.widgets.step_slider import StepSlider
from tests.app.made_runs import Trainer, make_run

STEPS = (250, 500, 750)


@pytest.fixture
def trainer(tmp_path: Path) -> Trainer:
    made = make_run(tmp_path)
    for step in STEPS:
        made.sample(step, grey=step // 10)
    return made


@pytest.fixture
def panel(qtbot: Any, trainer: Trainer) -> SamplesPanel:
    made = SamplesPanel()
    qtbot.addWidget(made)
    made.resize(700, 360)
    with qtbot.waitExposed(made):
        made.show()
    made.show_run(trainer.run)
    return made


def grey(panel: SamplesPanel) -> int:
    """How bright the generated clips are that are shown; -1 while there are none."""
    return -1 if panel.grid.made is None else int(panel.grid.made.max())


def named(panel: SamplesPanel, kind: type[QWidget], name: str) -> Any:
    return next(each for each in panel.findChildren(kind) if each.accessibleName() == name)


def words(panel: SamplesPanel) -> list[str]:
    return [each.text() for each in panel.findChildren(QLabel)]


def test_without_samples_it_says_when_they_come(panel: SamplesPanel) -> None:
    assert "Samples come with the first validation" in words(panel)
    assert not panel.time.isEnabled()
    assert not panel.step.isEnabled()
    panel.grab()


def test_the_newest_samples_play_at_once(panel: SamplesPanel, qtbot: Any) -> None:
    panel.show_steps(STEPS)
    panel.learn_ratios({750: 0.93})
    qtbot.waitUntil(lambda: grey(panel) == 75)
    assert panel.playhead.playing
    assert panel.time.maximum() == 29
    assert "Samples at step 750: 0.930 of linear's distance" in words(panel)
    panel.hide()
    assert not panel.playhead.playing


def test_two_sliders_go_through_training_and_through_the_video(panel: SamplesPanel, qtbot: Any) -> None:
    panel.show_steps(STEPS)
    panel.time.setValue(12)
    assert not panel.playhead.playing
    assert panel.playhead.index == 12
    assert "1.2 s" in words(panel)
    with qtbot.waitSignal(panel.step_chosen) as chosen:
        panel.step.setValue(0)
    assert chosen.args == [250]
    qtbot.waitUntil(lambda: grey(panel) == 25)
    assert panel.playhead.index == 12
    named(panel, QToolButton, "Play").click()
    assert panel.playhead.playing


def test_who_looks_back_stays_there_when_new_samples_come(panel: SamplesPanel) -> None:
    panel.show_steps(STEPS[:2])
    assert panel.step.step == 500
    panel.show_steps(STEPS)
    assert panel.step.step == 750
    panel.step.setValue(0)
    panel.show_steps((*STEPS, 1000))
    assert panel.step.step == 250


def test_best_and_last_are_marked_and_can_be_gone_to(panel: SamplesPanel) -> None:
    panel.show_steps(STEPS)
    best = named(panel, QPushButton, "Best")
    assert best.isHidden()
    panel.mark({"best": 260, "last": 750})
    assert panel.step.accessibleDescription() == "best: step 260; last: step 750"
    best.click()
    assert panel.step.step == 250
    named(panel, QPushButton, "Last").click()
    assert panel.step.step == 750
    panel.grab()
    panel.mark({})
    assert best.isHidden()


def test_samples_that_were_made_anew_are_read_anew(panel: SamplesPanel, trainer: Trainer, qtbot: Any) -> None:
    panel.show_steps(STEPS)
    qtbot.waitUntil(lambda: len(panel._reader._cache) == 4)
    trainer.sample(750, grey=99)
    panel.drop_after(500)
    assert len(panel._reader._cache) == 3
    panel.step.setValue(0)
    panel.step.setValue(2)
    qtbot.waitUntil(lambda: grey(panel) == 99)


def test_a_damaged_file_is_told(panel: SamplesPanel, trainer: Trainer, qtbot: Any) -> None:
    trainer.run.sample_file(750).write_bytes(b"no picture")
    panel.show_steps(STEPS)
    qtbot.waitUntil(lambda: any("⚠" in each for each in words(panel)))
    panel.step.setValue(0)
    qtbot.waitUntil(lambda: grey(panel) == 25)


def test_only_so_many_are_kept(panel: SamplesPanel, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_reader, "CACHE_BYTES", 2 * 2 * 30 * 8 * 8 * 3)
    panel.show_steps(STEPS)
    qtbot.waitUntil(lambda: panel._reader._reading is None and len(panel._reader._cache) == 2)


def test_the_nearest_steps_are_read_first() -> None:
    assert nearest((1, 2, 3, 4), 2) == [3, 4, 2, 1]
    assert nearest((7,), 0) == [7]


def test_a_pair_can_be_seen_alone(qtbot: Any) -> None:
    grid = SampleGrid()
    qtbot.addWidget(grid)
    grid.resize(600, 200)
    grid.grab()
    clips = np.zeros((2, 3, 8, 8, 3), np.uint8)
    clips[1] = 200
    grid.set_real(clips)
    grid.set_made(clips + np.uint8(20))
    grid.set_index(1)
    assert grid.pairs() == [0, 1]
    small = grid.cells()[1][2]
    assert grid.grab().toImage().pixelColor(small.center().toPoint()).red() == 220
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=small.center().toPoint())
    assert grid.pairs() == [1]
    (large,) = grid.cells()
    assert large[2].width() > small.width()
    assert grid.grab().toImage().pixelColor(large[2].center().toPoint()).red() == 220
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert grid.pairs() == [0, 1]
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(599, 199))
    assert grid.pairs() == [0, 1]


def test_marks_stand_at_their_steps(qtbot: Any) -> None:
    slider = StepSlider()
    qtbot.addWidget(slider)
    slider.resize(214, 36)
    assert slider.step == 0
    slider.go_to(5)
    slider.show_steps((0, 100, 200))
    slider.mark([Mark(50, "best"), Mark(200, "last")])
    assert (slider.x_of(0), slider.x_of(50), slider.x_of(200)) == (7, 57, 207)
    slider.grab()
    slider.go_to(60)
    assert slider.step == 100
