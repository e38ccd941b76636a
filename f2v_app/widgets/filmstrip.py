"""Thumbnails of one clip, over the same places as the scrubber."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.clip_state import ClipState
from f2v_app.playhead import Playhead
from f2v_app.widgets.pictures import borrowed_image
from f2v_app.widgets.time_strip import TimeStrip

HEIGHT = 36
"""Pixels."""
OUTSIDE = 150
"""How much of 255 hides what lies outside the range."""


class Filmstrip(TimeStrip):
    """As many thumbnails side by side as there is room for; a click goes to the frame."""

    def __init__(self, playhead: Playhead, parent: QWidget | None = None) -> None:
        super().__init__(playhead, HEIGHT, parent)
        self._clip: ClipState | None = None
        self._made: dict[tuple[int, int, int], QImage] = {}  # by frame, width and height
        self.setAccessibleName(self.tr("Filmstrip"))

    def show_clip(self, clip: ClipState | None, title: str) -> None:
        """Show a clip as far as it is made."""
        if clip is not self._clip:
            self._made.clear()
        self._clip = clip
        self.setToolTip(self.tr("Frames of {0}").format(title) if clip is not None else "")
        self.update()

    def places(self) -> list[tuple[QRectF, int]]:
        """Where the thumbnails stand, and which frame each shows: the one nearest to its middle."""
        if self._clip is None:
            return []
        height, width = self._clip.frames.shape[1:3]
        number = max(1, round(self.width() / (self.height() * width / height)))
        step = self.width() / number
        rooms = [QRectF(place * step, 0, step, self.height()) for place in range(number)]
        return [(room, self.index_at(room.center().x())) for room in rooms]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.colors().pressed))
            for room, index in self.places():
                if image := self._thumbnail(index, (room.size() * ratio).toSize()):
                    painter.drawImage(room, image)
            if self._playhead.count < 2:
                return
            if self._playhead.ranged:
                first, last = (self.place(index) for index in self._playhead.range)
                hidden = QColor(theme.colors().room)
                hidden.setAlpha(OUTSIDE)
                painter.fillRect(QRectF(0, 0, first, self.height()), hidden)
                painter.fillRect(QRectF(last, 0, self.width() - last, self.height()), hidden)
            self.paint_playhead(painter)

    def _thumbnail(self, index: int, size: QSize) -> QImage | None:
        """Frame `index` filling `size` pixels, its sides cut off where it is wider; None before it is made."""
        clip = self._clip
        if clip is None or index >= clip.made or size.isEmpty():
            return None
        key = index, size.width(), size.height()
        if key not in self._made:
            from f2v_core.media.fitting import fit_frame  # noqa: PLC0415 - the window shows before OpenCV is there

            frame = fit_frame(clip.frames[index], (size.width(), size.height()), "fill")
            self._made[key] = borrowed_image(frame)
        return self._made[key]
