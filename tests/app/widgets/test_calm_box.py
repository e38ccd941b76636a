from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from f2v_app.widgets.calm_box import CalmBox


def roll(box: CalmBox) -> None:
    centre = QPointF(box.rect().center())
    event = QWheelEvent(
        centre,
        box.mapToGlobal(centre),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)


def test_the_wheel_changes_it_only_where_it_has_the_focus(qtbot) -> None:
    box = CalmBox()
    qtbot.addWidget(box)
    box.addItems(["one", "two"])
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    box.clearFocus()
    roll(box)
    assert box.currentText() == "one"
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    roll(box)
    assert box.currentText() == "two"
