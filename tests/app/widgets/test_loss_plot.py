from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtWidgets import QToolButton

from f2v_app import theme
from f2v_app.widgets.loss_legend import number_text
from f2v_app.widgets.loss_plot import LossPlot
from f2v_app.widgets.loss_series import LossHistory


@pytest.fixture
def history() -> LossHistory:
    made = LossHistory(0.5)
    for step in range(10, 500, 10):
        made.append(step, {"loss": 1000.0 / step, "kl": step / 100 - 1})
    return made


@pytest.fixture
def plot(qtbot: Any, history: LossHistory) -> LossPlot:
    made = LossPlot(history)
    qtbot.addWidget(made)
    made.resize(600, 300)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: list(made._curves) == list(history.series))
    return made


def chip(plot: LossPlot, text: str) -> QToolButton:
    return next(each for each in plot.findChildren(QToolButton) if each.text() == text)


def values(plot: LossPlot) -> dict[str, str]:
    return {name: label.text() for name, label in plot._legend._values.items()}


def test_draws_raw_behind_smoothed(plot: LossPlot, history: LossHistory) -> None:
    curve = plot._curves["loss"]
    np.testing.assert_allclose(curve._smooth.getOriginalDataset()[1], history.series["loss"].smooth)
    np.testing.assert_allclose(curve._raw.getOriginalDataset()[1], history.series["loss"].raw)
    assert curve._raw.isVisible()


def test_without_smoothing_there_is_one_line(plot: LossPlot, history: LossHistory) -> None:
    plot.set_smoothing(0.0)
    assert not plot._curves["loss"]._raw.isVisible()
    np.testing.assert_allclose(
        plot._curves["loss"]._smooth.getOriginalDataset()[1], history.series["loss"].raw
    )


def test_log_leaves_gaps_for_zero_and_less(plot: LossPlot, history: LossHistory) -> None:
    plot.set_log(True)
    drawn = plot._curves["kl"]._smooth.getOriginalDataset()[1]
    assert np.isnan(drawn[history.series["kl"].smooth <= 0]).all()
    plot.set_log(False)
    assert np.isfinite(plot._curves["kl"]._smooth.getOriginalDataset()[1]).all()


def test_log_gives_no_room_to_rounding_errors(plot: LossPlot, history: LossHistory) -> None:
    history.append(500, {"loss": 2.0, "ends": 1e-9})
    plot.set_log(True)
    assert np.isnan(plot._curves["ends"]._smooth.getOriginalDataset()[1]).all()


def test_a_chip_hides_its_curve(plot: LossPlot) -> None:
    chip(plot, "loss").click()
    assert not plot._curves["loss"]._smooth.isVisible()
    assert plot._curves["kl"]._smooth.isVisible()


def test_legend_reads_the_newest_values_and_those_under_the_pointer(qtbot: Any, plot: LossPlot) -> None:
    assert values(plot) == {"loss": "2.041", "kl": "3.900"}
    box = plot._plot.getViewBox()
    with qtbot.waitSignal(plot.hovered) as hovered:
        plot._on_mouse_moved(box.mapViewToScene(QPointF(100, 5)))
    assert hovered.args[0] == pytest.approx(100, abs=1)
    assert values(plot)["loss"] == "10.00"
    plot.leaveEvent(QEvent(QEvent.Type.Leave))
    assert values(plot)["loss"] == "2.041"
    plot._on_mouse_moved(QPointF(-10, -10))
    assert values(plot)["loss"] == "2.041"


def test_rows_that_come_fast_are_drawn_together(
    qtbot: Any, plot: LossPlot, history: LossHistory, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    draw = plot._curves["loss"].draw
    monkeypatch.setattr(plot._curves["loss"], "draw", lambda *a, **k: (drawn.append(1), draw(*a, **k)))
    for step in range(500, 600, 10):
        history.append(step, {"loss": 1.0})
        plot.refresh()
    qtbot.waitUntil(lambda: values(plot)["loss"] == "1.000")
    assert len(drawn) == 1


def test_another_run_has_other_curves(qtbot: Any, plot: LossPlot, history: LossHistory) -> None:
    history.load({"step": [1.0], "generator": [0.7]})
    plot.refresh()
    qtbot.waitUntil(lambda: list(plot._curves) == ["generator"])
    assert list(values(plot)) == ["generator"]


def test_follows_light_and_dark(qtbot: Any, plot: LossPlot, monkeypatch: pytest.MonkeyPatch) -> None:
    for scheme in (theme.DARK, theme.LIGHT):
        monkeypatch.setattr(theme, "colors", lambda scheme=scheme: scheme)
        plot.changeEvent(QEvent(QEvent.Type.PaletteChange))
        assert plot._plot.getAxis("left").textPen().color().name() == scheme.muted


def test_numbers_keep_their_width() -> None:
    assert [number_text(v) for v in (1792.4, 338.0, 0.925, 1e-5, float("nan"))] == [
        "1792",
        "338.0",
        "0.9250",
        "1.000e-05",
        "–",
    ]
