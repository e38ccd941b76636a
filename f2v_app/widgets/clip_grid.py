"""A grid of clips, any number of them; only what is in view is read, and the one under the pointer plays."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QToolTip, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.clip_cell import GAP, WORDS, ClipCell, caption_height
from f2v_app.widgets.clip_pictures import ClipPictures
from f2v_app.widgets.clip_player import ClipPlayer
from f2v_app.widgets.clip_table import Clips, Rows
from f2v_app.widgets.clip_words import ClipWords, words_of
from f2v_core.errors import F2vError

CELL = 128
"""Pixels that a cell is wide at least, its gap included."""
NOTHING: Rows = np.empty(0, np.int64)
AnyIndex = QModelIndex | QPersistentModelIndex


class ClipModel(QAbstractTableModel):
    """Clips in reading order, so many in a line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model: Clips | None = None
        self._rows = NOTHING
        self._columns = 1

    def set_clips(self, clips: Clips | None, rows: Rows) -> None:
        """Show these clips, in this order."""
        self.beginResetModel()
        self._source, self._rows = clips, rows
        self.endResetModel()

    def set_columns(self, columns: int) -> None:
        """Lay so many in a line."""
        if columns != self._columns:
            self.beginResetModel()
            self._columns = columns
            self.endResetModel()

    @property
    def count(self) -> int:
        """How many clips are shown."""
        return len(self._rows)

    def number_at(self, index: AnyIndex) -> int:
        """The place of a cell in the order; at or beyond `count` behind the last clip."""
        return index.row() * self._columns + index.column()

    def cell(self, number: int) -> QModelIndex:
        """The cell of a place in the order; the nearest one there is."""
        line, column = divmod(max(0, min(number, self.count - 1)), self._columns)
        return self.index(line, column)

    def clip_at(self, index: AnyIndex) -> int:
        """The number of the clip that a cell shows; -1 for none."""
        number = self.number_at(index) if index.isValid() else self.count
        return int(self._rows[number]) if number < self.count else -1

    @override
    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return -(-self.count // self._columns)

    @override
    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - as above
        return self._columns

    @override
    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return super().flags(index) if self.clip_at(index) >= 0 else Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.clip_at(index)
        if row < 0:
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.ToolTipRole:
                return self._words(row).details
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._words(row).spoken
        return self._words(row) if role == WORDS else None

    def _words(self, row: int) -> ClipWords:
        assert self._source is not None  # noqa: S101 - it has rows
        try:
            return words_of(self._source.record(row))
        except F2vError as error:
            return ClipWords(self.tr("unreadable"), "", str(error))


class ClipGrid(QTableView):
    """Clips; plays what the pointer rests on, or what the keyboard has chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ClipModel(self)
        self.pictures, self.player = ClipPictures(self), ClipPlayer(self)
        self._hovered = -1
        self.setModel(self._model)
        self.setItemDelegate(ClipCell(self.pictures, self.player, self))
        self.setAccessibleName(self.tr("Clips"))
        self._prepare_view()
        self.pictures.arrived.connect(self.viewport().update)
        self.player.moved.connect(lambda _row: self.viewport().update())
        self.entered.connect(self._on_entered)
        self.viewportEntered.connect(self._on_left)

    def _prepare_view(self) -> None:
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        theme.set_role(self, "plain")

    @property
    def clips(self) -> ClipModel:
        """What is shown, cell by cell."""
        return self._model

    def show_clips(self, clips: Clips | None, rows: Rows) -> None:
        """Show these clips, in this order, from the start."""
        self.player.set_clips(clips)
        self.pictures.set_clips(clips)
        self._hovered = -1
        self._model.set_clips(clips, rows)
        self.scrollToTop()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width() + GAP  # the last gap of a line lies outside
        columns = max(2, width // CELL)
        kept = self._model.number_at(self.currentIndex()) if self.currentIndex().isValid() else -1
        self._model.set_columns(columns)
        if kept >= 0 and not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.cell(kept))
        side = width // columns
        self.horizontalHeader().setDefaultSectionSize(side)
        self.verticalHeader().setDefaultSectionSize(side + caption_height())
        self.verticalScrollBar().setSingleStep((side + caption_height()) // 3)
        self.pictures.set_side(round((side - GAP) * self.devicePixelRatioF()))

    @override
    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Left and right run on over the ends of the lines; Home and End go to the first and the last clip."""
        moves = QAbstractItemView.CursorAction
        here = self._model.number_at(self.currentIndex()) if self.currentIndex().isValid() else -1
        match action:
            case moves.MoveLeft | moves.MovePrevious:
                return self._model.cell(here - 1)
            case moves.MoveRight | moves.MoveNext:
                return self._model.cell(here + 1)
            case moves.MoveHome:
                return self._model.cell(0)
            case moves.MoveEnd:
                return self._model.cell(self._model.count - 1)
        return super().moveCursor(action, modifiers)

    @override
    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self._hovered = -1  # the keyboard goes on until the pointer reaches another clip
        self._play()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            current = self._model.clip_at(self.currentIndex())
            self.player.stop() if self.player.row == current else self.player.play(current)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.count:
            self.setCurrentIndex(self._model.cell(0))
        self._play()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._play()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """The tooltip stands below its clip, not on it."""
        if isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            area = self.visualRect(index)
            QToolTip.showText(below - QPoint(0, theme.XL), self._tip(index), self.viewport(), area)
            return True
        return super().viewportEvent(event)

    def _tip(self, index: AnyIndex) -> str:
        """All about a clip, and why it cannot be shown where it cannot."""
        row = self._model.clip_at(index)
        if row < 0:
            return ""
        still = self.pictures.still(row)
        words = str(index.data(Qt.ItemDataRole.ToolTipRole))
        return f"{words}\n⚠ {still}" if isinstance(still, str) else words

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._on_left()

    def _on_entered(self, index: QModelIndex) -> None:
        self._hovered = self._model.clip_at(index)
        self._play()

    def _on_left(self) -> None:
        self._hovered = -1
        self._play()

    def _play(self) -> None:
        """The pointer goes before the focus; where less motion is wanted, only the pointer starts it."""
        chosen = self.hasFocus() and not theme.reduced_motion()
        row = self._model.clip_at(self.currentIndex()) if chosen else -1
        row = self._hovered if self._hovered >= 0 else row
        self.player.play(row) if row >= 0 else self.player.stop()
