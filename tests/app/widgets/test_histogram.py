import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from f2v_app.widgets.bars import EMPTY, bars_of
from f2v_app.widgets.histogram import Histogram
from f2v_app.widgets.splits import split_hue


@pytest.fixture
def histogram(qtbot):
    made = Histogram()
    qtbot.addWidget(made)
    made.resize(300, 100)
    return made


def test_it_stacks_the_splits_in_their_hues(histogram):
    histogram.show_bars(bars_of({"train": np.array([1, 1]), "test": np.array([1, 2])}, log=False), "Length")
    image = histogram.grab().toImage()
    column = {image.pixelColor(75, y).name() for y in range(80)}
    assert split_hue("train").name() in column
    assert split_hue("test").name() in column
    assert histogram.accessibleName() == "Length"
    assert histogram.accessibleDescription() == "4 in all, the median is 1, most lie at 1."


def test_one_among_many_is_still_seen(histogram):
    many = np.concatenate([np.full(100_000, 1.0), [2.0]])
    histogram.show_bars(bars_of({"": many}, log=False), "Length")
    image = histogram.grab().toImage()
    ground = image.pixelColor(150, 50)
    assert any(image.pixelColor(225, y) != ground for y in range(70, 84))


def test_it_says_what_a_bar_counts(histogram, monkeypatch):
    shown = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, _widget: shown.append(words))
    histogram.show_bars(bars_of({"train": np.array([1, 1]), "": np.array([2])}, log=False), "Length")
    for x in (10, 290, 400):
        QApplication.sendEvent(histogram, QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(x, 5), QPoint(0, 0)))
    assert shown == ["1\ntrain: 2\nfiles: 0", "2\ntrain: 0\nfiles: 1", ""]


def test_nothing_is_drawn_and_said(histogram):
    histogram.show_bars(EMPTY, "")
    histogram.grab()
    assert histogram.accessibleDescription() == "Nothing to show."
    assert histogram.sizeHint().width() > 0


def test_numbers_below_never_touch(histogram):
    histogram.resize(120, 90)
    histogram.show_bars(bars_of({"": np.linspace(1000, 1007, 8)}, log=False), "")
    histogram.grab()  # eight numbers of four digits do not fit
