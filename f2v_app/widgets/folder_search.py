"""The line that searches a long list of folders."""

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget
from typing_extensions import override

_INTO_LIST = {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FolderSearch(QLineEdit):
    """Down and Return lead to the first row that is found, Escape back to all of them."""

    def __init__(self, rows: QListView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setPlaceholderText(self.tr("Search"))
        self.setAccessibleName(self.tr("Search"))
        self.setToolTip(self.tr("Names, dates and states that have these words"))
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)  # what is dropped is a folder, and for the whole page
        self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _INTO_LIST and self._rows.model().rowCount():
            self._rows.setFocus()
            first = self._rows.model().index(0, 0)
            if not self._rows.selectionModel().hasSelection():
                flag = QItemSelectionModel.SelectionFlag
                chooses = event.key() != Qt.Key.Key_Down
                self._rows.selectionModel().setCurrentIndex(
                    first, flag.ClearAndSelect if chooses else flag.NoUpdate
                )
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
