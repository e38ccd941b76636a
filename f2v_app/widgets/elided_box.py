"""A box of choices that shows as much of a long name as there is room for, and whole names in its list."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget
from typing_extensions import override

from f2v_app import theme

SHORT = 8
"""Letters that always have room."""


class ElidedBox(QComboBox):
    """Leaves out the middle of a name that is too long; it asks for no more room because of one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(SHORT)

    def shown_text(self) -> str:
        """What stands in the box."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideMiddle, room.width())

    def widen_list(self) -> None:
        """Let the list be as wide as its longest name."""
        names = (self.itemText(index) for index in range(self.count()))
        widest = max((self.fontMetrics().horizontalAdvance(name) for name in names), default=0)
        self.view().setMinimumWidth(widest + 2 * theme.XL)

    @override
    def showPopup(self) -> None:
        self.widen_list()
        super().showPopup()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_text()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
