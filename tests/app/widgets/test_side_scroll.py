from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.side_scroll import SideScroll


def test_the_bar_does_not_move_the_controls(qtbot):
    content, control = QWidget(), QFrame()
    control.setFixedHeight(400)
    column = QVBoxLayout(content)
    column.setContentsMargins(theme.XL, theme.S, theme.XL, theme.M)
    column.addWidget(control)
    area = SideScroll(content)
    qtbot.addWidget(area)
    rights = []
    for height in (500, 200, 500):
        area.resize(300, height)
        with qtbot.waitExposed(area):
            area.show()
        qtbot.waitUntil(lambda height=height: area.verticalScrollBar().isVisible() == (height < 400))
        rights.append((control.x(), control.geometry().right()))
    assert rights == [(theme.XL, 300 - theme.XL - 1)] * 3
