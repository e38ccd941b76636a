"""A window of its own for the newest preview, at full size where the screen has room."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.sheet_view import SheetView

ROOM = 0.9
"""The share of the screen that the window takes at most."""


class SheetWindow(QDialog):
    """Stands beside the main window and follows the training.

    Attributes:
        sheet: the picture.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preview"))
        self.sheet = SheetView(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.addWidget(self.sheet)

    def open_with(self, image: QImage) -> None:
        """Show a picture at its own size, or as large as the screen allows."""
        self.sheet.set_image(image)
        if not self.isVisible():
            wanted = image.size() / self.devicePixelRatioF() + QSize(2 * theme.L, 2 * theme.L)
            self.resize(wanted.boundedTo(self.screen().availableSize() * ROOM))
            self.show()
            self.activateWindow()
