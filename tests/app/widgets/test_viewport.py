import pytest
from PySide6.QtCore import QPointF, QSize

from f2v_app.widgets.viewport import Viewport


@pytest.fixture
def viewport(qtbot) -> Viewport:
    made = Viewport()
    made.set_picture(QSize(100, 50))
    made.set_pane(QSize(50, 50))
    return made


@pytest.mark.parametrize(
    ("picture", "pane", "zoom"),
    [
        ((100, 50), (50, 50), 0.5),
        ((64, 64), (400, 500), 6.0),
        ((100, 100), (250, 250), 2.5),
        ((0, 0), (9, 9), 1.0),
    ],
)
def test_fitting_is_whole_where_pixels_are_large(qtbot, picture, pane, zoom):
    viewport = Viewport()
    viewport.set_picture(QSize(*picture))
    viewport.set_pane(QSize(*pane))
    assert viewport.zoom == zoom
    assert viewport.fitted


def test_zooming_keeps_the_point_under_the_cursor(viewport):
    viewport.zoom_to(1.0)
    offset = QPointF(10, -5)
    point = viewport.middle + offset / viewport.zoom
    viewport.zoom_step(2, offset)
    assert viewport.zoom == 3.0
    assert viewport.middle + offset / viewport.zoom == point


def test_the_wheel_stops_at_the_ends_of_the_ladder(viewport):
    viewport.zoom_step(99, QPointF())
    assert viewport.zoom == 32.0
    viewport.zoom_step(-99, QPointF())
    assert viewport.zoom == 0.05


def test_panning_stops_at_the_pictures_edge(viewport):
    viewport.zoom_to(2.0)
    viewport.pan(QPointF(20, 0))
    assert viewport.middle == QPointF(40, 25)
    viewport.pan(QPointF(9999, -9999))
    assert viewport.middle == QPointF(0, 50)


def test_a_picture_of_the_same_size_keeps_zoom_and_place(viewport):
    viewport.zoom_to(4.0)
    viewport.set_picture(QSize(100, 50))
    assert viewport.zoom == 4.0
    viewport.set_picture(QSize(10, 50))
    assert viewport.fitted
