"""What stands where the clips will be: what to do next, and the offer of a sample."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme

MARK = 48
"""Width and height of the picture's outline, in pixels."""


class _Mark(QWidget):
    """The quiet outline of a picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(MARK, MARK)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            theme.icon("picture").paint(painter, self.rect(), mode=QIcon.Mode.Disabled)


class EmptyView(QWidget):
    """One sentence in the middle of the room.

    Signals:
        sample_wanted: the user wants the sample pair.
    """

    sample_wanted = Signal()

    def __init__(self, *, samples: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples = samples
        self._words = QLabel(self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._try = QPushButton(self.tr("Try the sample pair"), self)
        self._try.setAccessibleName(self._try.text())
        self._try.setToolTip(self.tr("Load two pictures that come with f2v"))
        self._try.clicked.connect(self.sample_wanted)
        column = QVBoxLayout(self)
        column.setSpacing(theme.L)
        column.addStretch()
        for widget in (_Mark(self), self._words, self._try):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.show_pictures(0)

    def show_pictures(self, count: int) -> None:
        """Say what to do next when `count` of the two pictures are there."""
        if count == 2:
            text = self.tr("Press Generate to see what comes between.")
        elif count == 1:
            text = self.tr("One picture is there. Drop the other one here.")
        elif self._samples:
            text = self.tr("Drop two pictures here, or try the sample pair.")
        else:
            text = self.tr("Drop two pictures here.")
        self._words.setText(text)
        self._try.setVisible(self._samples and count == 0)
