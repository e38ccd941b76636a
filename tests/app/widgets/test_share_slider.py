from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from f2v_app.widgets.share_slider import ShareSlider


@pytest.fixture
def slider(qtbot: Any) -> ShareSlider:
    made = ShareSlider("Detail", "How much")
    qtbot.addWidget(made)
    return made


def said(slider: ShareSlider) -> str:
    label = slider.findChild(QLabel)
    assert label is not None
    return label.text()


def test_begins_with_each_models_own(slider: ShareSlider) -> None:
    assert (slider.value, said(slider)) == (-1.0, "Model's own")
    assert (slider.slider.accessibleName(), slider.slider.toolTip()) == ("Detail", "How much")


def test_says_what_it_stands_at(qtbot: Any, slider: ShareSlider) -> None:
    with qtbot.waitSignal(slider.changed):
        slider.slider.setValue(5)
    assert (slider.value, said(slider)) == (0.25, "0.25")


@pytest.mark.parametrize("value", [-1.0, 0.0, 0.35, 1.0])
def test_shows_any_value(slider: ShareSlider, value: float) -> None:
    slider.set_value(value)
    assert slider.value == value
