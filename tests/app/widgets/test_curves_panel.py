from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QSlider

from f2v_app.widgets.curves_panel import CurvesPanel, smoothing_at


@pytest.mark.parametrize(("mark", "weight"), [(0, 0.0), (33, 0.898), (67, 0.990), (100, 0.999)])
def test_the_slider_is_even_in_the_length_of_memory(mark: int, weight: float) -> None:
    assert smoothing_at(mark) == pytest.approx(weight, abs=1e-3)


def test_controls_act_before_and_after_the_curves_are_seen(qtbot: Any) -> None:
    panel = CurvesPanel()
    qtbot.addWidget(panel)
    log, slider = panel.findChildren(QCheckBox)[0], panel.findChildren(QSlider)[0]
    slider.setValue(100)
    log.click()
    panel.append(10, {"loss": 1.0})
    assert panel.plot is None
    with qtbot.waitExposed(panel):
        panel.show()
    plot = panel.plot
    assert plot is not None
    assert (panel.history.smoothing, plot._log) == (pytest.approx(0.999), False)
    slider.setValue(0)
    log.click()
    assert (panel.history.smoothing, plot._log) == (0, True)
    panel.hide()
    panel.show()
    assert panel.plot is plot
