from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage

from f2v_app.widgets.sheet_view import SheetView


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
    view.set_image(QImage(80, 40, QImage.Format.Format_RGB888))
    assert (view.target().width(), view.target().height()) == pytest.approx(size, abs=1)


@pytest.mark.parametrize("width", [100, 30])
def test_paints_the_picture(qtbot: Any, width: int) -> None:
    view = SheetView()
    qtbot.addWidget(view)
    view.resize(width, width)
    assert view.image.isNull()
    view.grab()
    red = QImage(50, 50, QImage.Format.Format_RGB888)
    red.fill(QColor(255, 0, 0))
    view.set_image(red)
    assert view.grab().toImage().pixelColor(3, 3) == QColor(255, 0, 0)
    view.set_image(QImage())
    assert view.grab().toImage().pixelColor(3, 3) != QColor(255, 0, 0)
