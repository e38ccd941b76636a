import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor

from f2v_app.comparison import Comparison
from f2v_app.widgets.compared_view import ComparedView
from f2v_app.widgets.viewport import Viewport

SIDE = 200


@pytest.fixture
def view(qtbot) -> ComparedView:
    viewport, comparison = Viewport(), Comparison()
    made = ComparedView(viewport, comparison)
    for each in (viewport, comparison):
        each.setParent(made)
    qtbot.addWidget(made)
    made.resize(SIDE, SIDE)
    viewport.set_picture(QSize(SIDE, SIDE))
    viewport.set_pane(QSize(SIDE, SIDE))
    own = np.full((SIDE, SIDE, 3), (200, 100, 40), np.uint8)
    other = np.full((SIDE, SIDE, 3), (190, 100, 60), np.uint8)
    made.set_frames(own, other, QSize(SIDE, SIDE))
    return made


def colors(view: ComparedView) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The colours at the left and at the right."""
    image = view.grab().toImage()
    left, right = (QColor(image.pixel(x, 20)).getRgb()[:3] for x in (20, SIDE - 20))
    return left, right


OWN, OTHER = (200, 100, 40), (190, 100, 60)


def test_the_grid_shows_the_clip_alone(view):
    assert colors(view) == (OWN, OWN)


def test_a_wipe_shows_the_reference_left_of_its_line(view):
    view._comparison.set_mode("wipe")
    assert colors(view) == (OTHER, OWN)
    view._comparison.swap()
    assert colors(view) == (OWN, OTHER)
    view._comparison.set_divider(0.0)
    assert colors(view) == (OTHER, OTHER)


def test_the_line_follows_the_mouse_and_the_picture_stays(view, qtbot):
    view._comparison.set_mode("wipe")
    view.show()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(SIDE // 2 + 2, 50))
    qtbot.mouseMove(view, QPoint(150, 50))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(150, 50))
    assert view._comparison.divider == pytest.approx(0.75, abs=0.01)
    assert view.target().x() == 0
    qtbot.mouseMove(view, QPoint(151, 60))
    assert view.cursor().shape() == Qt.CursorShape.SplitHCursor
    qtbot.mouseMove(view, QPoint(20, 60))
    assert view.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_difference_is_brightened_by_the_gain(view):
    view._comparison.set_mode("difference")
    assert colors(view)[0] == (40, 0, 80)
    view._comparison.set_gain(1)
    assert colors(view)[0] == (10, 0, 20)
    view._comparison.set_gain(32)
    assert colors(view)[0] == (255, 0, 255)


def test_a_flip_lasts_as_long_as_the_button_is_held(view, qtbot):
    view._comparison.set_mode("flip")
    assert colors(view)[0] == OWN
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert colors(view)[0] == OTHER
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert colors(view)[0] == OWN


def test_an_onion_skin_mixes_both(view):
    view._comparison.set_mode("onion")
    mixed = colors(view)[0]
    assert all(abs(m - (a + b) / 2) <= 1 for m, a, b in zip(mixed, OWN, OTHER, strict=True))
    view._comparison.set_opacity(1.0)
    assert colors(view)[0] == OWN
    view._comparison.swap()
    assert colors(view)[0] == OTHER


def test_without_a_reference_every_mode_shows_the_clip(view):
    view.set_frames(view.frame, None, QSize(SIDE, SIDE))
    for mode in ("wipe", "difference", "flip", "onion"):
        view._comparison.set_mode(mode)
        assert colors(view) == (OWN, OWN)
