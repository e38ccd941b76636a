"""The comparison: a grid of panes, one a generator, all at the same frame, zoom and place."""

from math import ceil

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.session import ClipState
from f2v_app.widgets.compare_pane import ComparePane
from f2v_app.widgets.viewport import Viewport

HEAD = 28
"""Height of a pane's heading with the space below it, in pixels."""


class CompareView(QWidget):
    """Lays the panes out so that the pictures get as large as they can.

    Attributes:
        viewport: the zoom and place that the panes share.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport = Viewport(self)
        self._panes: list[ComparePane] = []
        self._picture = QSize(16, 9)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.L, theme.S, theme.L, theme.L)
        self._grid.setSpacing(theme.L)

    @property
    def panes(self) -> list[ComparePane]:
        """The panes in reading order."""
        return self._panes

    def set_clips(self, clips: list[tuple[ClipState, str, str]]) -> None:
        """Show other clips: (clip, title, name of its hue) each."""
        for pane in self._panes:
            self._grid.removeWidget(pane)
            pane.deleteLater()
        self._panes = [ComparePane(clip, title, hue, self.viewport, self) for clip, title, hue in clips]
        if clips:
            height, width = clips[0][0].frames.shape[1:3]
            self._picture = QSize(width, height)
            self.viewport.set_picture(self._picture)
        self._place()

    def refresh(self, model: str) -> None:
        """Show what one clip holds by now."""
        for pane in self._panes:
            if pane.model == model:
                pane.refresh()

    def show_index(self, index: int | None) -> None:
        """Show one frame in all panes; None lets each follow its newest one."""
        for pane in self._panes:
            pane.show_index(index)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        columns = best_columns(len(self._panes), self.size(), self._picture)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for place, pane in enumerate(self._panes):
            row, column = divmod(place, columns)
            self._grid.addWidget(pane, row, column)
            self._grid.setRowStretch(row, 1)
            self._grid.setColumnStretch(column, 1)
            pane.show()


def best_columns(count: int, room: QSize, picture: QSize) -> int:
    """How many columns show `count` pictures of one shape largest; fewer columns where that is the same."""

    def scale(columns: int) -> float:
        rows = max(1, ceil(count / columns))
        width = room.width() / columns - theme.L
        height = room.height() / rows - theme.L - HEAD
        return min(width / picture.width(), height / picture.height())

    return max(range(1, max(count, 1) + 1), key=lambda columns: (scale(columns), -columns))
