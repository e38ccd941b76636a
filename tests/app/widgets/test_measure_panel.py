import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QLabel

from f2v_app.widgets.measure_panel import Measure, MeasurePanel


@pytest.fixture
def panel(qtbot):
    made = MeasurePanel()
    qtbot.addWidget(made)
    return made


def measures(*titles):
    return [
        Measure(title, f"about {title}", {"train": np.arange(n + 1.0)}, log=False)
        for n, title in enumerate(titles)
    ]


def test_it_begins_with_the_wanted_measure_and_keeps_what_is_seen(panel):
    panel.show_measures(measures("a", "b", "c"), 1)
    box = panel.findChild(QComboBox)
    assert box.currentText() == "b"
    assert box.toolTip() == "about b"
    box.setCurrentIndex(2)
    assert panel.histogram.accessibleName() == "c"
    assert panel.histogram.bars.total == 3
    panel.show_measures(measures("c", "b"), 1)
    assert box.currentText() == "c"


def test_one_measure_is_no_choice(panel):
    panel.show_measures(measures("only"), 1)
    assert panel.findChild(QComboBox).isHidden()
    assert panel.findChild(QLabel).text() == "only"


def test_no_measure_is_an_empty_histogram(panel):
    panel.show_measures(measures("a", "b"))
    panel.show_measures([])
    assert panel.histogram.bars.total == 0
