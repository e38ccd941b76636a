from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from f2v_app.widgets.sheet_view import SheetView, frame_image


def test_frame_image_keeps_every_pixel() -> None:
    frame = np.random.default_rng(0).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    image = frame_image(frame)
    assert (image.width(), image.height()) == (7, 5)
    assert QColor(image.pixel(6, 4)).getRgb()[:3] == tuple(frame[4, 6])


@pytest.mark.parametrize(
    ("room", "size"),
    [((100, 100), (80, 40)), ((400, 100), (160, 80)), ((40, 40), (40, 20)), ((79, 400), (79, 39))],
)
def test_whole_zooms_above_full_size_and_any_below(
    qtbot: Any, room: tuple[int, int], size: tuple[int, int]
) -> None:
    view = SheetView()
    qtbot.addWidget(view)
    view.resize(*room)
    view.set_image(frame_image(np.zeros((40, 80, 3), np.uint8)))
    assert (view.target().width(), view.target().height()) == pytest.approx(size, abs=1)


@pytest.mark.parametrize("width", [100, 30])
def test_paints_the_picture(qtbot: Any, width: int) -> None:
    view = SheetView()
    qtbot.addWidget(view)
    view.resize(width, width)
    assert view.image.isNull()
    view.grab()
    view.set_image(frame_image(np.full((50, 50, 3), (255, 0, 0), np.uint8)))
    assert view.grab().toImage().pixelColor(3, 3) == QColor(255, 0, 0)
    view.set_image(QImage())
    assert view.grab().toImage().pixelColor(3, 3) != QColor(255, 0, 0)
