"""The comparison: a grid of panes, one a generator, all at the same frame, zoom and place; or a contact sheet."""

from math import ceil

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.clip_state import ClipState
from f2v_app.comparison import Comparison
from f2v_app.widgets.compare_pane import ComparePane
from f2v_app.widgets.frame_view import FrameView
from f2v_app.widgets.viewport import Viewport
from f2v_core.frames import Clip

HEAD = 28
"""Height of a pane's heading with the space below it, in pixels."""
COLUMNS = 6
"""Frames in a row of the contact sheet: as many as leave its words large enough to read."""


class CompareView(QWidget):
    """Lays the panes out so that the pictures get as large as they can.

    Attributes:
        viewport: the zoom and place that the panes share.
        comparison: how the panes compare.
    """

    def __init__(self, comparison: Comparison, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport, self.comparison = Viewport(self), comparison
        self._sheet_viewport = Viewport(self)
        self._panes: list[ComparePane] = []
        self._clips: dict[str, ClipState] = {}
        self._picture = QSize(16, 9)
        self._room = QWidget(self)
        self._grid = QGridLayout(self._room)
        self._grid.setContentsMargins(theme.L, theme.S, theme.L, theme.L)
        self._grid.setSpacing(theme.L)
        self._sheet = FrameView(self._sheet_viewport, self)
        self._sheet.setAccessibleName(self.tr("Contact sheet"))
        self._sheet_drawn = False
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._room)
        self._stack.addWidget(self._paper())
        comparison.arranged.connect(self._arrange)

    def _paper(self) -> QWidget:
        """The contact sheet with room around it."""
        paper = QWidget(self)
        column = QVBoxLayout(paper)
        column.setContentsMargins(theme.L, theme.S, theme.L, theme.L)
        column.addWidget(self._sheet)
        return paper

    @property
    def panes(self) -> list[ComparePane]:
        """All panes in reading order, also those that are not shown now."""
        return self._panes

    @property
    def shown_panes(self) -> list[ComparePane]:
        """The panes that the mode and the pick let be seen."""
        how = self.comparison
        if how.picked is not None:
            return [pane for pane in self._panes if pane.model == how.picked]
        hidden = how.reference if how.against and len(self._panes) > 1 else None
        return [pane for pane in self._panes if pane.model != hidden]

    @property
    def viewports(self) -> tuple[Viewport, Viewport]:
        """The zoom of the panes and that of the sheet."""
        return self.viewport, self._sheet_viewport

    @property
    def shown_viewport(self) -> Viewport:
        """The zoom of what is seen now."""
        return self._sheet_viewport if self._stack.currentIndex() else self.viewport

    def fit(self) -> None:
        """Show the whole of what is seen now."""
        self.shown_viewport.fit()

    def show_actual(self) -> None:
        """Show one pixel of the picture on one of the screen."""
        self.shown_viewport.zoom_to(1.0)

    def set_clips(self, clips: list[tuple[ClipState, str, str]]) -> None:
        """Show other clips: (clip, title, name of its hue) each."""
        for pane in self._panes:
            self._grid.removeWidget(pane)
            pane.deleteLater()
        self._clips = {clip.model: clip for clip, _, _ in clips}
        self._panes = [
            ComparePane(clip, title, hue, self.viewport, self.comparison, self._room)
            for clip, title, hue in clips
        ]
        if clips:
            height, width = clips[0][0].frames.shape[1:3]
            self._picture = QSize(width, height)
            self.viewport.set_picture(self._picture)
        self.comparison.take_models(list(self._clips))

    def refresh(self, model: str) -> None:
        """Show what one clip holds by now."""
        for pane in self._panes:
            if model in {pane.model, self.comparison.reference}:
                pane.refresh()
        self._sheet_drawn = False
        self._show_sheet()

    def show_index(self, index: int | None) -> None:
        """Show one frame in all panes; None lets each follow its newest one."""
        for pane in self._panes:
            pane.show_index(index)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _arrange(self) -> None:
        """Follow the mode, the reference and the pick."""
        how = self.comparison
        reference = self._clips.get(how.reference) if how.against else None
        title = next((pane.title for pane in self._panes if pane.model == how.reference), "")
        for pane in self._panes:
            alone = reference is None or pane.model == how.reference
            pane.set_reference(None if alone else reference, title)
        self._stack.setCurrentIndex(1 if how.mode == "sheet" else 0)
        self._place()
        self._sheet_drawn = False
        self._show_sheet()

    def _place(self) -> None:
        shown = self.shown_panes
        columns = best_columns(len(shown), self.size(), self._picture)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for pane in self._panes:
            self._grid.removeWidget(pane)
            pane.setVisible(pane in shown)
        for place, pane in enumerate(shown):
            row, column = divmod(place, columns)
            self._grid.addWidget(pane, row, column)
            self._grid.setRowStretch(row, 1)
            self._grid.setColumnStretch(column, 1)

    def _show_sheet(self) -> None:
        """Draw the contact sheet of the clips that are complete, if it is to be seen and not drawn yet."""
        if not self._stack.currentIndex() or self._sheet_drawn:
            return
        from f2v_core.media.sheet import contact_sheet  # noqa: PLC0415 - the window shows before it is needed

        rows = [(pane.title, clip) for pane in self.shown_panes if (clip := self._clips[pane.model]).complete]
        if rows:
            sheet = contact_sheet(
                [Clip(clip.frames, clip.fps) for _, clip in rows], [title for title, _ in rows], COLUMNS
            )
            size = QSize(sheet.shape[1], sheet.shape[0])
            self._sheet_viewport.set_picture(size)
            self._sheet.set_frame(sheet, size)
            self._sheet_drawn = True
        else:
            self._sheet.set_frame(None, QSize())


def best_columns(count: int, room: QSize, picture: QSize) -> int:
    """How many columns show `count` pictures of one shape largest; fewer columns where that is the same."""

    def scale(columns: int) -> float:
        rows = max(1, ceil(count / columns))
        width = room.width() / columns - theme.L
        height = room.height() / rows - theme.L - HEAD
        return min(width / picture.width(), height / picture.height())

    return max(range(1, max(count, 1) + 1), key=lambda columns: (scale(columns), -columns))
