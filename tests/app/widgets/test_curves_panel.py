from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QSlider, QWidget

from f2v_app.widgets.curves_panel import CurvesPanel, grid, smoothing_at
from f2v_app.widgets.loss_tile import LossTile
from f2v_app.widgets.loss_view import HUES, Mark
from f2v_app.widgets.run_watcher import Columns


def columns(*steps: float, **losses: float) -> Columns:
    values = losses or {"loss": 2.0, "kl": 0.5}
    rows = np.array(steps)
    return {
        "step": rows,
        **{name: np.full(len(rows), value) for name, value in values.items()},
        "seconds": rows / 2,
    }


@pytest.fixture
def panel(qtbot: Any) -> CurvesPanel:
    made = CurvesPanel()
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show_run("mine")
    with qtbot.waitExposed(made):
        made.show()
    return made


def named(panel: CurvesPanel, kind: type[QWidget], name: str) -> Any:
    return next(each for each in panel.findChildren(kind) if each.accessibleName() == name)


def tile(panel: CurvesPanel, name: str = "loss") -> LossTile:
    return next(each for each in panel.tiles.tiles if each.name == name)


def point(on: LossTile, step: float) -> QPoint:
    """The pixel of a step on a plot that shows 0 to 100."""
    area = on.area()
    return QPoint(round(area.left() + step / 100 * area.width()), round(area.center().y()))


def test_the_slider_goes_from_nothing_to_a_long_memory() -> None:
    assert smoothing_at(0) == 0
    assert smoothing_at(100) == pytest.approx(0.999)


def test_without_rows_it_says_when_curves_begin(panel: CurvesPanel) -> None:
    words = [each.text() for each in panel.findChildren(QLabel) if each.isVisible()]
    assert "Curves begin with the first steps." in words
    assert panel.tiles.tiles == []


def test_each_loss_has_its_plot_or_one_stands_alone(panel: CurvesPanel) -> None:
    panel.append(columns(50, 100), afresh=True)
    assert [each.name for each in panel.tiles.tiles] == ["loss", "kl"]
    assert tile(panel).accessibleName() == "Curve of Loss"
    choice = named(panel, QComboBox, "Losses")
    assert [choice.itemText(i) for i in range(choice.count())] == ["All losses", "Loss", "KL"]
    choice.setCurrentIndex(2)
    assert [each.name for each in panel.tiles.tiles if each.isVisible()] == ["kl"]
    panel.append(columns(110, ends=1.0), afresh=False)
    assert choice.currentText() == "KL"
    assert [each.name for each in panel.tiles.tiles] == ["loss", "kl", "ends"]


def test_a_run_that_went_back_begins_anew(panel: CurvesPanel) -> None:
    panel.append(columns(50, 100), afresh=True)
    panel.append(columns(60), afresh=False)
    assert panel.history.steps.tolist() == [50, 100, 60]
    panel.append(columns(50), afresh=True)
    assert panel.history.steps.tolist() == [50]


def test_other_runs_lie_over_it_with_a_legend(panel: CurvesPanel) -> None:
    panel.append(columns(50, 100), afresh=True)
    assert panel._legend.isHidden()
    panel.compare({"other": columns(20, 200, loss=7.0)})
    assert panel._legend.names == ("mine", "other")
    assert panel._legend.isVisible()
    assert tile(panel).values() == [2.0, 7.0]
    assert tile(panel, "kl").values()[0] == 0.5
    assert np.isnan(tile(panel, "kl").values()[1])
    assert panel.view.window == (0, 200)
    picture = tile(panel).grab().toImage()
    assert {HUES[0], HUES[1]} <= colours(picture)
    panel.compare({})
    assert panel._legend.isHidden()


def colours(picture: QImage) -> set[str]:
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def test_smoothing_keeps_the_raw_values_behind(panel: CurvesPanel) -> None:
    rows = columns(*range(1, 101))
    panel.append({**rows, "loss": np.tile([1.0, 3.0], 50)}, afresh=True)
    slider = named(panel, QSlider, "Smoothing")
    slider.setValue(100)
    assert panel.history.series["loss"].smooth[-1] == pytest.approx(2, abs=0.1)
    assert panel.view.smoothed
    slider.setValue(0)
    assert not panel.view.smoothed
    assert panel.history.series["loss"].smooth.tolist() == panel.history.series["loss"].raw.tolist()
    tile(panel).grab()


def test_the_axis_is_steps_or_time_and_values_even_or_logarithmic(panel: CurvesPanel) -> None:
    panel.append(columns(50, 100), afresh=True)
    named(panel, QComboBox, "Axis").setCurrentIndex(1)
    named(panel, QCheckBox, "Logarithmic").setChecked(False)
    assert panel.view.window == (0, 50)
    assert not panel.view.log
    panel.mark([Mark(100, "last")])
    assert panel.view.place_of(100) == 50
    assert panel.view.step_at(25) == 50
    panel.view.point_at(30.0)
    assert panel._place.text() == "after 30 s"
    tile(panel).grab()


def test_the_pointer_reads_values_and_a_click_points_at_a_step(panel: CurvesPanel, qtbot: Any) -> None:
    rows = columns(10, 50, 100)
    panel.append({**rows, "loss": np.array([1.0, 2.0, 3.0])}, afresh=True)
    panel.mark([Mark(50, "best")])
    on = tile(panel)
    assert on.values() == [3.0]
    qtbot.mouseMove(on, point(on, 45))
    assert on.values() == [2.0]
    assert panel._place.text().startswith("step 4")
    on.grab()
    with qtbot.waitSignal(panel.view.step_wanted) as wanted:
        qtbot.mouseClick(on, Qt.MouseButton.LeftButton, pos=point(on, 45))
    assert abs(wanted.args[0] - 45) <= 1
    QApplication.sendEvent(on, QEvent(QEvent.Type.Leave))
    assert on.values() == [3.0]
    assert panel._place.text() == ""


def test_the_wheel_zooms_a_drag_moves_and_a_double_click_shows_all(panel: CurvesPanel, qtbot: Any) -> None:
    panel.append(columns(*range(1, 101)), afresh=True)
    on = tile(panel)
    wheel = QWheelEvent(
        QPointF(point(on, 50)), QPointF(), QPoint(), QPoint(0, 480),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(on, wheel)
    left, right = panel.view.window
    assert panel.view.zoomed
    assert right - left == pytest.approx(41, abs=1)
    qtbot.mousePress(on, Qt.MouseButton.LeftButton, pos=point(on, 50))
    qtbot.mouseMove(on, point(on, 30))
    qtbot.mouseRelease(on, Qt.MouseButton.LeftButton, pos=point(on, 30))
    assert panel.view.window[0] > left
    on.grab()
    qtbot.mouseDClick(on, Qt.MouseButton.LeftButton, pos=point(on, 50))
    assert panel.view.window == (0, 100)
    panel.view.pan(50)
    assert panel.view.window == (0, 100)


@pytest.mark.parametrize(
    ("count", "room", "across"), [(1, (600, 300), 1), (6, (600, 300), 3), (9, (650, 210), 5)]
)
def test_plots_are_about_as_wide_as_high(count: int, room: tuple[int, int], across: int) -> None:
    places = grid(count, QSize(*room))
    assert len(places) == count
    assert len({each.x() for each in places}) == across
    assert all(each.right() < room[0] and each.bottom() < room[1] for each in places)
