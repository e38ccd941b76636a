"""One pane of the comparison: a generator's name, one small figure, and its picture."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.session import ClipState
from f2v_app.widgets.chip import Chip
from f2v_app.widgets.elided_label import ElidedLabel
from f2v_app.widgets.frame_view import FrameView
from f2v_app.widgets.viewport import Viewport

HEAD_ROOM = 160
"""Over narrower pictures the heading keeps the pane's whole width, in pixels."""


class ComparePane(QWidget):
    """Shows one clip at the playhead; while it is made, its newest frame.

    Attributes:
        view: the picture.
        model: the name that the worker knows.
    """

    def __init__(
        self, clip: ClipState, title: str, hue_name: str, viewport: Viewport, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = clip.model
        self._clip = clip
        self._index: int | None = None  # None: the newest frame
        self._title = title
        self.view = FrameView(viewport, self)
        self.view.setAccessibleName(title)
        self._figure = QLabel(self)
        self._figure.setFont(theme.small_font())
        theme.set_role(self._figure, "muted")
        self._error = QLabel(self)
        self._error.setWordWrap(True)
        self._error.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._error.setAccessibleName(self.tr("{0}: what went wrong").format(title))
        self._lay_out(hue_name)
        self.view.placed.connect(self._align_head)
        self.refresh()

    def _lay_out(self, hue_name: str) -> None:
        head = self._head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(theme.S)
        head.addWidget(Chip(theme.hue(hue_name), self))
        name = ElidedLabel(self._title, self)
        name.setToolTip(self._title)
        head.addWidget(name, stretch=1)
        head.addWidget(self._figure)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._error)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(head)
        column.addLayout(self._stack, stretch=1)

    def _align_head(self) -> None:
        """The heading stands over the picture's own edges."""
        target, ratio = self.view.target(), self.devicePixelRatioF()
        edge = max(0, round(target.x() / ratio)) if target.width() >= HEAD_ROOM * ratio else 0
        self._head.setContentsMargins(edge, 0, edge, 0)

    def show_index(self, index: int | None) -> None:
        """Show frame `index`; None follows the newest one."""
        self._index = index
        self.refresh()

    def refresh(self) -> None:
        """Show what the clip holds by now."""
        clip = self._clip
        newest = clip.made - 1
        height, width = clip.frames.shape[1:3]
        self.view.set_frame(
            clip.frame_at(newest if self._index is None else self._index), QSize(width, height)
        )
        self._figure.setText(self._figure_text())
        if clip.error:
            self._error.setText("\n\n".join(filter(None, ("⚠ " + clip.error[0], clip.error[1]))))
        self._stack.setCurrentIndex(1 if clip.error else 0)

    def _figure_text(self) -> str:
        clip = self._clip
        if clip.error:
            return self.tr("Failed")
        if clip.seconds is not None:
            return self.tr("{0} s").format(f"{clip.seconds:.1f}")
        if clip.ended and not clip.made:
            return self.tr("Not begun")
        if clip.ended:
            return self.tr("Stopped at {0} / {1}").format(clip.made, clip.count)
        return f"{clip.made} / {clip.count}" if clip.made else self.tr("Waiting")
