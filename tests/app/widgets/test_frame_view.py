import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent

from f2v_app.widgets.compare_view import best_columns
from f2v_app.widgets.frame_view import FrameView
from f2v_app.widgets.pictures import borrowed_image, frame_from_image
from f2v_app.widgets.viewport import Viewport

COLOURS = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 0]]], np.uint8)


@pytest.fixture
def view(qtbot) -> FrameView:
    viewport = Viewport()
    made = FrameView(viewport)
    viewport.setParent(made)
    qtbot.addWidget(made)
    made.resize(100, 64)
    viewport.set_picture(QSize(2, 2))
    made.set_frame(COLOURS, QSize(2, 2))
    made.show()
    return made


def colour_at(view: FrameView, x: int, y: int) -> tuple[int, ...]:
    return view.grab().toImage().pixelColor(x, y).getRgb()[:3]


def wheel(view: FrameView, at: QPoint, notches: float) -> None:
    view.wheelEvent(
        QWheelEvent(
            QPointF(at), QPointF(at), QPoint(), QPoint(0, round(notches * 120)), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )
    )  # fmt: skip


def test_enlarged_pixels_are_crisp(view):
    assert view.target().getRect() == (18, 0, 64, 64)
    for x, y, colour in ((49, 31, 0), (50, 31, 1), (49, 32, 2), (50, 32, 3)):
        assert colour_at(view, x, y) == tuple(COLOURS.reshape(4, 3)[colour])


def test_pictures_made_smaller_show_the_mean_of_all_pixels(view):
    stripes = np.zeros((640, 1000, 3), np.uint8)
    stripes[:, ::2] = 200
    view._viewport.set_picture(QSize(1000, 640))
    view.set_frame(stripes, QSize(1000, 640))
    assert abs(colour_at(view, 50, 32)[0] - 100) <= 3


def test_a_frame_to_come_is_an_outline_of_its_size(view):
    view.set_frame(None, QSize(2, 2))
    assert colour_at(view, 50, 32) != colour_at(view, 2, 32)


def test_wheel_drag_and_double_click(view, qtbot):
    wheel(view, QPoint(50, 32), 0.5)
    assert view._viewport.fitted
    wheel(view, QPoint(50, 32), -0.5 - 2)
    assert view._viewport.zoom == 16.0
    before = view._viewport.middle
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 32))
    qtbot.mouseMove(view, QPoint(58, 32))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(58, 32))
    assert view._viewport.middle.x() == before.x() - 0.5
    qtbot.mouseMove(view, QPoint(70, 32))
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert view._viewport.fitted


def test_images_borrow_the_frames_memory():
    frame = COLOURS.copy()
    image = borrowed_image(frame)
    frame[0, 0] = (1, 2, 3)
    assert image.pixelColor(0, 0).getRgb()[:3] == (1, 2, 3)


def test_transparency_is_laid_over_white():
    image = QImage(3, 1, QImage.Format.Format_ARGB32)
    for x, alpha in enumerate((255, 128, 0)):
        image.setPixelColor(x, 0, QColor(0, 0, 0, alpha))
    assert frame_from_image(image)[0, :, 0].tolist() == [0, 127, 255]
    opaque = frame_from_image(borrowed_image(COLOURS))
    np.testing.assert_array_equal(opaque, COLOURS)


@pytest.mark.parametrize(
    ("count", "room", "picture", "columns"),
    [
        (4, (1600, 900), (16, 9), 2),
        (3, (1600, 500), (4, 3), 3),
        (2, (600, 900), (16, 9), 1),
        (0, (9, 9), (1, 1), 1),
    ],
)
def test_the_grid_shows_pictures_as_large_as_it_can(count, room, picture, columns):
    assert best_columns(count, QSize(*room), QSize(*picture)) == columns
