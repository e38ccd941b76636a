"""One run as it goes: its state, its curves over its newest preview, its log; or what to do when there is none."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from f2v_app import theme
from f2v_app.widgets.curves_panel import CurvesPanel
from f2v_app.widgets.run_header import RunHeader
from f2v_app.widgets.run_log import RunLog
from f2v_app.widgets.run_state import count
from f2v_app.widgets.sheet_view import SheetView
from f2v_app.widgets.sheet_window import SheetWindow

CURVES, PREVIEW, LOG = 360, 440, 64
"""Heights that the panes begin with, in pixels: what is missing or left over, curves and preview share."""


class TrainMonitor(QStackedWidget):
    """The page's centre.

    Attributes:
        header: name, state and actions.
        curves: the losses.
        sheet: the newest preview.
        log: notices and checkpoints.
    """

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = RunHeader(self)
        self.curves = CurvesPanel(self)
        self.sheet = SheetView(self)
        self.log = RunLog(clock, self)
        self._caption = QLabel(self)
        self._enlarge = QPushButton(self.tr("Enlarge"), self)
        self._enlarge.setAccessibleName(self.tr("Enlarge the preview"))
        self._enlarge.setToolTip(self.tr("Show the preview at full size in a window of its own."))
        self._enlarge.clicked.connect(self._on_enlarge)
        theme.set_role(self._enlarge, "quiet")
        self._window = SheetWindow(self)
        self.addWidget(self._invitation())
        self.addWidget(self._content())
        self.show_preview(0, QImage())

    def _invitation(self) -> QWidget:
        page = QWidget(self)
        title = QLabel(self.tr("Train a model of your own"), page, alignment=Qt.AlignmentFlag.AlignCenter)
        title.setFont(theme.title_font())
        words = QLabel(
            self.tr(
                "Choose a folder of short videos on the left and press Start training.\n"
                "Curves and previews appear here while it learns; stop whenever you like and go on later."
            ),
            page,
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        theme.set_role(words, "muted")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.XXL, theme.XXL, theme.XXL, theme.XXL)
        column.setSpacing(theme.S)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(words)
        column.addStretch(3)
        return page

    def _content(self) -> QWidget:
        page = QWidget(self)
        panes = QSplitter(Qt.Orientation.Vertical, page)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        for stretch, pane in ((3, self.curves), (3, self._previews()), (0, self.log)):
            panes.addWidget(pane)
            panes.setStretchFactor(panes.count() - 1, stretch)
        panes.setSizes([CURVES, PREVIEW, LOG])
        self.log.setMinimumHeight(LOG)
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.S)
        column.setSpacing(theme.M)
        column.addWidget(self.header)
        column.addWidget(panes, stretch=1)
        return page

    def _previews(self) -> QWidget:
        pane = QWidget(self)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, theme.S, 0, theme.M)
        column.setSpacing(theme.XS)
        row = QHBoxLayout()
        row.addWidget(self._caption, stretch=1)
        row.addWidget(self._enlarge)
        column.addLayout(row)
        column.addWidget(self.sheet, stretch=1)
        return pane

    def show_invitation(self) -> None:
        """Show what to do first."""
        self.setCurrentIndex(0)

    def show_run(self, name: str) -> None:
        """Show a run in place of the invitation or of the run before it."""
        self.header.show_name(name)
        self.curves.load({})
        self.show_preview(0, QImage())
        self.log.clear()
        self.setCurrentIndex(1)

    def show_preview(self, step: int, image: QImage) -> None:
        """Show the contact sheet of a step; a null image says that there is none yet."""
        words = self.tr("Preview: comes with the first validation")
        if not image.isNull():
            words = self.tr("Preview at step {0}: real frames above the ones it makes").format(count(step))
        self._caption.setText(words)
        self._enlarge.setVisible(not image.isNull())
        if self._window.isVisible():
            self._window.open_with(image)
        self.sheet.set_image(image)

    def _on_enlarge(self) -> None:
        self._window.open_with(self.sheet.image)
