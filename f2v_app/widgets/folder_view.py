"""The rows of a list of folders, with a button for more that stands at the end of one of them."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QToolButton, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.folder_delegate import BUTTON, FolderDelegate
from f2v_app.widgets.folder_model import AnyIndex, FolderModel
from f2v_app.widgets.folder_ticks import TickDelegate, tick_area

_REMOVE = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
SIDE = 24
"""Pixels of the button."""


class FolderView(QListView):
    """Choosing by the left button and the arrows; Delete, the right button and the menu key do not choose.

    Signals:
        marked: another row is chosen; its folder.
        menu_wanted: the user wants to know what can be done with a folder; it, and a place on the screen.
        remove_wanted: the user wants to be rid of a folder.
        rename_wanted: the user wants a folder to be called otherwise.
    """

    marked = Signal(object)
    menu_wanted = Signal(object, QPoint)
    remove_wanted = Signal(object)
    rename_wanted = Signal(object)

    def __init__(self, model: FolderModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders = model
        self._pointed = QPersistentModelIndex()
        self.more = QToolButton(self.viewport())  # before the model: the first layout places it
        self.setModel(model)
        self.setItemDelegate(TickDelegate(self) if model.tickable else FolderDelegate(self))
        self.more.setFixedSize(SIDE, SIDE)
        self.more.setToolTip(self.tr("What can be done with it"))
        self.more.clicked.connect(self._on_more)
        self.more.hide()
        theme.set_icon(self.more, "more")
        theme.set_role(self.more, "quiet")
        theme.set_role(self, "plain")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.entered.connect(self._on_pointed)
        self.viewportEntered.connect(lambda: self._on_pointed(QModelIndex()))

    def mark(self, folder: Path | None) -> None:
        """Mark the row of a folder, or none."""
        index = self._folders.index_of(folder)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            self.selectionModel().clear()
        self._place_more()

    def set_choosing(self, *, possible: bool) -> None:
        """Whether another row may be chosen."""
        mode = self.SelectionMode.SingleSelection if possible else self.SelectionMode.NoSelection
        self.setSelectionMode(mode)
        self.viewport().update()

    def _folder(self, index: AnyIndex) -> Path:
        return self._folders.entry(index).folder

    def _on_pointed(self, index: QModelIndex) -> None:
        self._pointed = QPersistentModelIndex(index)
        self._place_more()

    def _row_for_more(self) -> AnyIndex:
        """The row under the pointer, else the keyboard's, else the chosen one."""
        chosen = self.selectionModel().selectedIndexes()
        if self._pointed.isValid():
            return self._pointed
        if self.currentIndex().isValid() and (self.hasFocus() or not chosen):
            return self.currentIndex()
        return chosen[0] if chosen else QModelIndex()

    def _place_more(self) -> None:
        index = self._row_for_more()
        self.more.setVisible(index.isValid())
        if index.isValid():
            area = self.visualRect(cast("QModelIndex", index))
            gap = (BUTTON - SIDE) // 2
            self.more.move(area.right() + 1 - SIDE - gap, area.center().y() - SIDE // 2 + 1)
            name = self.tr("More about {0}").format(self._folders.entry(index).title)
            self.more.setAccessibleName(name)

    def _on_more(self) -> None:
        index = self._row_for_more()
        if index.isValid():
            self.menu_wanted.emit(self._folder(index), self.more.mapToGlobal(self.more.rect().bottomLeft()))

    @override
    def selectionCommand(
        self, index: AnyIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        if self._folders.tickable and isinstance(event, QMouseEvent) and index.isValid():
            row = self.visualRect(cast("QModelIndex", index))
            if tick_area(row).contains(event.position().toPoint()):
                return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._place_more()
        for index in selected.indexes():
            self.marked.emit(self._folder(index))

    @override
    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self._place_more()

    @override
    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_more()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._place_more()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._on_pointed(QModelIndex())
        return super().viewportEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._place_more()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        index = self.indexAt(event.position().toPoint())
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = self.indexAt(event.pos()), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        if index.isValid():
            self.menu_wanted.emit(self._folder(index), place)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._on_pointed(QModelIndex())  # the keyboard's row counts now
        if event.key() in _REMOVE and self.currentIndex().isValid():
            self.remove_wanted.emit(self._folder(self.currentIndex()))
        elif event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self.rename_wanted.emit(self._folder(self.currentIndex()))
        else:
            super().keyPressEvent(event)
