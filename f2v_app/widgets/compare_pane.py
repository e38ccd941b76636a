"""One pane of the comparison: a generator's name, its figures, and its picture."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.clip_state import ClipState
from f2v_app.comparison import Comparison
from f2v_app.widgets.chip import Chip
from f2v_app.widgets.compared_view import ComparedView
from f2v_app.widgets.elided_label import ElidedLabel
from f2v_app.widgets.viewport import Viewport

HEAD_ROOM = 160
"""Over narrower pictures the heading keeps the pane's whole width, in pixels."""


class ComparePane(QWidget):
    """Shows one clip at the playhead, against the reference's where that is wanted; while it is made, its newest frame.

    Attributes:
        view: the picture.
        model: the name that the worker knows.
        title: what the clip is called.
    """

    def __init__(
        self,
        clip: ClipState,
        title: str,
        hue_name: str,
        viewport: Viewport,
        comparison: Comparison,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model, self.title = clip.model, title
        self._clip, self._comparison = clip, comparison
        self._reference: ClipState | None = None
        self._reference_title = ""
        self._index: int | None = None  # None: the newest frame
        self.view = ComparedView(viewport, comparison, self)
        self.view.setAccessibleName(title)
        self._name = ElidedLabel(title, self)
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
        comparison.changed.connect(self._name_sides)
        self._name_sides()
        self.refresh()

    def _lay_out(self, hue_name: str) -> None:
        head = self._head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(theme.S)
        head.addWidget(Chip(theme.hue(hue_name), self))
        head.addWidget(self._name, stretch=1)
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

    def set_reference(self, clip: ClipState | None, title: str) -> None:
        """Compare with another clip; None: with nothing."""
        self._reference, self._reference_title = clip, title
        self._name_sides()
        self.refresh()

    def _name_sides(self) -> None:
        """Say which clip is where in the picture."""
        sides = [self._reference_title, self.title]
        if self._comparison.swapped:
            sides.reverse()
        words = {
            "wipe": self.tr("{0} | {1}").format(*sides),
            "difference": self.tr("{0} − {1}").format(self.title, self._reference_title),
            "flip": sides[0] if self._comparison.flipped else sides[1],
            "onion": self.tr("{1} over {0}").format(*sides),
        }
        name = words.get(self._comparison.mode, self.title) if self._reference else self.title
        self._name.setText(name)
        self._name.setToolTip(name)

    def show_index(self, index: int | None) -> None:
        """Show frame `index`; None follows the newest one."""
        self._index = index
        self._show_frame()

    def refresh(self) -> None:
        """Show what the clip holds by now."""
        self._show_frame()
        self._figure.setText(self._figure_text())
        self._figure.setToolTip(self._figure_tip())
        if error := self._clip.error:
            self._error.setText("\n\n".join(filter(None, ("⚠ " + error[0], error[1]))))
        self._stack.setCurrentIndex(1 if self._clip.error else 0)

    def _show_frame(self) -> None:
        clip, reference = self._clip, self._reference
        height, width = clip.frames.shape[1:3]
        index = clip.made - 1 if self._index is None else self._index
        other = reference.frame_at(index) if reference is not None and index >= 0 else None
        self.view.set_frames(clip.frame_at(index), other, QSize(width, height))

    def _figure_text(self) -> str:
        clip = self._clip
        if clip.error:
            return self.tr("Failed")
        if clip.complete:
            distance, change = clip.distance, clip.change
            if distance is not None:
                return self.tr("L2 {0}").format(f"{distance:.1f}")
            return "" if change is None else self.tr("change {0}").format(f"{change:.2f}")
        if clip.ended and not clip.made:
            return self.tr("Not begun")
        if clip.ended:
            return self.tr("Stopped at {0} / {1}").format(clip.made, clip.count)
        return f"{clip.made} / {clip.count}" if clip.made else self.tr("Waiting")

    def _figure_tip(self) -> str:
        clip = self._clip
        lines = []
        if clip.distance is not None:
            lines.append(self.tr("L2: distance to the real video, as in the reports. Less is closer."))
        if clip.change is not None:
            words = self.tr("Change: {0} levels of 255 from frame to frame, in the mean.")
            lines.append(words.format(f"{clip.change:.2f}"))
        if clip.seconds is not None:
            lines.append(self.tr("Made in {0} s.").format(f"{clip.seconds:.1f}"))
        return "\n".join(lines)
