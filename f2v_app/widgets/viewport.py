"""The one zoom and place that all panes share."""

from PySide6.QtCore import QObject, QPointF, QSize, QSizeF, Signal

LADDER = (
    0.05,
    0.1,
    0.125,
    1 / 6,
    0.25,
    1 / 3,
    0.5,
    2 / 3,
    1.0,
    2.0,
    3.0,
    4.0,
    6.0,
    8.0,
    12.0,
    16.0,
    24.0,
    32.0,
)
"""The zooms that the wheel stops at: whole numbers above 1, where pixels are crisp."""


class Viewport(QObject):
    """Zoom in screen pixels per picture pixel, and the picture's point in the middle of each pane.

    Signals:
        changed: the panes are to be drawn anew.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._picture, self._pane = QSize(), QSize()
        self._zoom: float | None = None  # None: as large as fits
        self._middle = QPointF()

    @property
    def fitted(self) -> bool:
        """Whether the picture is as large as fits."""
        return self._zoom is None

    @property
    def zoom(self) -> float:
        """Screen pixels per picture pixel."""
        return self._fitting() if self._zoom is None else self._zoom

    @property
    def middle(self) -> QPointF:
        """The point in the middle of the panes, in picture pixels."""
        if self._zoom is None:
            return QPointF(self._picture.width() / 2, self._picture.height() / 2)
        return self._middle

    def set_picture(self, size: QSize) -> None:
        """Take up pictures of another size in pixels; a picture of the same size keeps its place."""
        if size != self._picture:
            self._picture = size
            self.fit()

    def set_pane(self, size: QSize) -> None:
        """Say how large the panes are, in screen pixels."""
        if size != self._pane:
            self._pane = size
            self.changed.emit()

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom = None
        self.changed.emit()

    def zoom_to(self, zoom: float, offset: QPointF | None = None) -> None:
        """Zoom while the picture's point at `offset` (screen pixels from the pane's middle) stands still."""
        offset = offset or QPointF()
        point = self.middle + offset / self.zoom
        self._zoom = zoom
        self._go_to(point - offset / zoom)

    def zoom_step(self, steps: int, offset: QPointF) -> None:
        """Go up or down the ladder of zooms."""
        wanted = self.zoom
        for _ in range(abs(steps)):
            higher = [z for z in LADDER if z > wanted * 1.01]
            lower = [z for z in LADDER if z < wanted * 0.99]
            wanted = (higher[0] if higher else wanted) if steps > 0 else (lower[-1] if lower else wanted)
        self.zoom_to(wanted, offset)

    def pan(self, delta: QPointF) -> None:
        """Move the picture by `delta` screen pixels."""
        zoom, middle = self.zoom, self.middle
        self._zoom = zoom
        self._go_to(middle - delta / zoom)

    def _go_to(self, middle: QPointF) -> None:
        """Move there, but keep the middle of the panes on the picture."""
        size = QSizeF(self._picture)
        self._middle = QPointF(
            min(max(middle.x(), 0.0), size.width()), min(max(middle.y(), 0.0), size.height())
        )
        self.changed.emit()

    def _fitting(self) -> float:
        """Small pictures grow to a whole multiple, where that wastes little room."""
        if self._picture.isEmpty() or self._pane.isEmpty():
            return 1.0
        zoom = min(self._pane.width() / self._picture.width(), self._pane.height() / self._picture.height())
        return float(int(zoom)) if zoom >= 3 else zoom
