"""The fixed pairs of a run side by side: first, real, generated, last; one frame of each at a time."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.pictures import borrowed_image

Clips = NDArray[np.uint8]
PICTURES = 4
"""Pictures of a pair."""
PAIRS = 4
"""Pairs that a skeleton shows."""
CRISP = 3.0
"""From this zoom on pictures grow to whole multiples only."""


def cell_side(count: int, columns: int, room: QSize, head: float) -> float:
    """How wide a picture may be when `count` pairs lie in so many columns."""
    rows = -(-count // columns)
    across = (
        (room.width() - (columns - 1) * theme.L - columns * (PICTURES - 1) * theme.XS) / columns / PICTURES
    )
    down = (room.height() - head - (rows - 1) * theme.XS) / rows
    return max(8.0, min(across, down))


class SampleGrid(QWidget):
    """Draws frame `index` of the clips; a click on a pair shows it alone, another one shows all again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._real: Clips | None = None
        self._made: Clips | None = None
        self._index = 0
        self._alone: int | None = None
        self.setFont(theme.small_font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Samples on fixed pairs"))
        self.setToolTip(self.tr("Click a pair to see it alone, and again to see all."))

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, 220)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 96)

    @property
    def made(self) -> Clips | None:
        """The generated clips, (n, T, H, W, 3) uint8; None while there are none."""
        return self._made

    def set_real(self, clips: Clips | None) -> None:
        """Show these real clips, (n, T, H, W, 3) uint8."""
        self._real = clips
        self.update()

    def set_made(self, clips: Clips | None) -> None:
        """Show these generated clips, of the same shape."""
        self._made = clips
        self.update()

    def set_index(self, index: int) -> None:
        """Show this frame of the clips."""
        self._index = index
        self.update()

    def pairs(self) -> list[int]:
        """The pairs that are shown."""
        count = PAIRS if self._real is None else len(self._real)
        return list(range(count)) if self._alone is None or self._alone >= count else [self._alone]

    def cells(self) -> list[list[QRectF]]:
        """Where the pictures of each shown pair lie."""
        count, head = len(self.pairs()), self.fontMetrics().height() + theme.XS
        columns = max(range(1, count + 1), key=lambda each: cell_side(count, each, self.size(), head))
        side = self._side(cell_side(count, columns, self.size(), head))
        apart, down = PICTURES * (side + theme.XS) - theme.XS + theme.L, side + theme.XS
        corners = [(i % columns * apart, head + i // columns * down) for i in range(count)]
        return [
            [QRectF(x + picture * down, y, side, side) for picture in range(PICTURES)] for x, y in corners
        ]

    def _side(self, side: float) -> float:
        """A side that shows pixels crisply where they are large."""
        pixels = self._real.shape[3] if self._real is not None else 64
        zoom = side * self.devicePixelRatioF() / pixels
        return float(int(zoom)) * pixels / self.devicePixelRatioF() if zoom >= CRISP else float(int(side))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        cells, pairs = self.cells(), self.pairs()
        with QPainter(self) as painter:
            self._paint_heads(painter, [row for row in cells if row[0].top() == cells[0][0].top()])
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=not self._crisp(cells[0][0]))
            for pair, row in zip(pairs, cells, strict=True):
                for take, cell in zip(self._takes(pair), row, strict=True):
                    frame = take()
                    if frame is None:
                        painter.fillRect(cell, QColor(theme.colors().hover))
                    else:
                        painter.drawImage(cell, borrowed_image(frame))

    def _takes(self, pair: int) -> list[Callable[[], NDArray[np.uint8] | None]]:
        """What gives each picture of a pair."""

        def frame(clips: Clips | None, index: int) -> NDArray[np.uint8] | None:
            if clips is None or pair >= len(clips):
                return None
            picture: NDArray[np.uint8] = clips[pair, min(index, clips.shape[1] - 1)]
            return picture

        return [
            lambda: frame(self._real, 0),
            lambda: frame(self._real, self._index),
            lambda: frame(self._made, self._index),
            lambda: None if self._real is None else frame(self._real, self._real.shape[1] - 1),
        ]

    def _crisp(self, cell: QRectF) -> bool:
        pixels = self._real.shape[3] if self._real is not None else 64
        return (cell.width() * self.devicePixelRatioF() / pixels) % 1 == 0

    def _paint_heads(self, painter: QPainter, rows: list[list[QRectF]]) -> None:
        texts = (self.tr("First"), self.tr("Real"), self.tr("Generated"), self.tr("Last"))
        chosen = theme.colors()
        for row in rows:
            for place, (text, cell) in enumerate(zip(texts, row, strict=True)):
                painter.setPen(QColor(chosen.text if place == 2 else chosen.muted))
                fits = painter.fontMetrics().elidedText(
                    text, Qt.TextElideMode.ElideRight, int(cell.width()) + theme.XS
                )
                painter.drawText(QPointF(cell.left(), painter.fontMetrics().ascent()), fits)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._alone is not None:
            self._alone = None
        else:
            hit = (
                pair
                for pair, row in zip(self.pairs(), self.cells(), strict=True)
                if any(cell.contains(event.position()) for cell in row)
            )
            self._alone = next(hit, None) if self._real is not None else None
        self.update()
