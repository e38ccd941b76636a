"""Earlier results as small pictures that move under the pointer; a click brings one back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.pictures import borrowed_image
from f2v_core.results.records import Result

if TYPE_CHECKING:
    from f2v_core.results.store import ResultStore

HEIGHT = 44
"""Pixels of a picture."""
BEAT_MS = 160
"""How long each of its frames is seen."""
MOST = 60
"""Results that are shown; older ones stay kept as long as there is room."""


class HistoryThumb(QAbstractButton):
    """One result.

    Signals:
        delete_wanted: it is to be forgotten.
    """

    delete_wanted = Signal()

    def __init__(self, result: Result, images: list[QImage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result = result
        self._images, self._place, self._current = images, 0, False
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._on_beat)
        first, last = (name for name, _ in result.pictures)
        made = datetime.strptime(result.name, "%Y%m%d-%H%M%S-%f")
        words = self.tr("{0} to {1}, {2}").format(first, last, f"{made:%Y-%m-%d %H:%M}")
        self.setAccessibleName(self.tr("Result: {0}").format(words))
        models = ", ".join(clip.model for clip in result.clips)
        size = self.tr("{0} × {1}, {2} frames").format(result.shape[2], result.shape[1], result.shape[0])
        self.setToolTip("\n".join((words, models, size)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        _, height, width, _ = self.result.shape
        return QSize(min(3 * HEIGHT, max(HEIGHT // 2, round(HEIGHT * width / height))), HEIGHT)

    def set_current(self, *, current: bool) -> None:
        """Mark the result that is shown now."""
        self._current = current
        self.update()

    def _on_beat(self) -> None:
        self._place = (self._place + 1) % max(1, len(self._images))
        self.update()

    def _move(self, *, moving: bool) -> None:
        if moving and not theme.reduced_motion():
            self._beat.start()
        else:
            self._beat.stop()
            self._place = 0
            self.update()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._move(moving=True)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._move(moving=self.hasFocus())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._move(moving=True)
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._move(moving=False)
        super().focusOutEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Show with its settings"), self.click)
        menu.addAction(self.tr("Forget this result"), self.delete_wanted.emit)
        menu.exec(event.globalPos())
        menu.deleteLater()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self._images:
                painter.drawImage(self.rect(), self._images[self._place])
            else:
                painter.fillRect(self.rect(), QColor(theme.colors().pressed))
            if self._current or self.hasFocus():
                accent = QColor(theme.colors().accent if self.hasFocus() else theme.colors().text)
                painter.setPen(QPen(accent, 2))
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))


class HistoryBar(QFrame):
    """The newest results first.

    Signals:
        wanted: a result is to be shown with its settings.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "bar")
        self.setAccessibleName(self.tr("Earlier results"))
        self._store: ResultStore | None = None
        self._thumbs: dict[str, HistoryThumb] = {}
        self._current = ""
        inside = QWidget(self)
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.S)
        self._row.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFixedHeight(HEIGHT)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        whole.addWidget(scroll)
        self._scroll = scroll
        self.hide()

    @property
    def thumbs(self) -> list[HistoryThumb]:
        """What is shown, the newest first."""
        return list(self._thumbs.values())

    def show_results(self, store: ResultStore, current: str = "") -> None:
        """Show what is kept now; `current` names the result on the page."""
        self._store, self._current = store, current or self._current
        results = {result.name: result for result in store.results()[:MOST]}
        for name in [name for name in self._thumbs if name not in results]:
            self._thumbs.pop(name).deleteLater()
        self._thumbs = {
            name: self._thumbs.get(name) or self._made(result) for name, result in results.items()
        }
        for place, (name, thumb) in enumerate(self._thumbs.items()):
            self._row.insertWidget(place, thumb)
            thumb.set_current(current=name == self._current)
        self.setVisible(len(self._thumbs) > 1)

    def _made(self, result: Result) -> HistoryThumb:
        assert self._store is not None  # noqa: S101 - it holds the result
        frames = self._store.thumbnails(result)
        images = [] if frames is None else [borrowed_image(frame) for frame in frames]
        thumb = HistoryThumb(result, images, self)
        thumb.clicked.connect(lambda: self.wanted.emit(result))
        thumb.delete_wanted.connect(lambda: self._delete(result))
        return thumb

    def _delete(self, result: Result) -> None:
        if self._store is not None:
            self._store.delete(result)
            self.show_results(self._store)

    def mark(self, name: str) -> None:
        """Say which result is on the page."""
        self._current = name
        for each, thumb in self._thumbs.items():
            thumb.set_current(current=each == name)
