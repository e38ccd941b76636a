"""A histogram: stacked bars by split, a few numbers below, and what a bar counts under the pointer."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.bars import EMPTY, Bars
from f2v_app.widgets.run_state import count
from f2v_app.widgets.splits import SPLITS, Split, split_hue, split_name

WIDEST = 48
"""Pixels that a bar takes at most: few bars are not walls."""
MARK = 4
"""Pixels of the short line at a tick."""


class Histogram(QWidget):
    """Draws `Bars`; groups named like a split have its hue, others the text's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = EMPTY
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 72)

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, 120)

    @property
    def bars(self) -> Bars:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Bars, title: str) -> None:
        """Show other bars; `title` names them to those who cannot see them."""
        self._bars = bars
        self.setAccessibleName(title)
        self.setAccessibleDescription(self._in_words())
        self.update()

    def _in_words(self) -> str:
        if not self._bars.total:
            return self.tr("Nothing to show.")
        stacks = sum(self._bars.counts.values())
        most = self._bars.spans[int(stacks.argmax())]  # type: ignore[union-attr]
        return self.tr("{0} in all, the median is {1}, most lie at {2}.").format(
            count(self._bars.total), f"{self._bars.middle:.3g}", most
        )

    def _room(self) -> QRectF:
        """Where the bars stand."""
        below = QFontMetrics(theme.small_font()).height() + MARK + 2
        return QRectF(0, 2, self.width(), self.height() - below - 2)

    def _bar_at(self, x: float) -> int:
        """The bar under a place; -1 when there is none."""
        number = int(x / max(1, self.width()) * len(self._bars.spans))
        return number if 0 <= number < len(self._bars.spans) else -1

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        room = self._room()
        with QPainter(self) as painter:
            painter.setFont(theme.small_font())
            painter.setPen(QColor(theme.colors().line))
            painter.drawLine(QPointF(0, room.bottom() + 0.5), QPointF(self.width(), room.bottom() + 0.5))
            for number in range(len(self._bars.spans)):
                self._paint_bar(painter, room, number)
            self._paint_ticks(painter, room)

    def _paint_bar(self, painter: QPainter, room: QRectF, number: int) -> None:
        step = room.width() / len(self._bars.spans)
        width = max(1.0, min(WIDEST, step - 1))
        left, bottom = number * step + (step - width) / 2, room.bottom()
        for name, counts in self._bars.counts.items():
            height = room.height() * float(counts[number]) / max(1, self._bars.tallest)
            if counts[number]:
                height = max(1.0, height)  # one clip among a million is still to be seen
            painter.fillRect(QRectF(left, bottom - height, width, height), _hue(name))
            bottom -= height

    def _paint_ticks(self, painter: QPainter, room: QRectF) -> None:
        metrics, end = QFontMetrics(theme.small_font()), -float(theme.XS)
        for place, text in self._bars.ticks:
            x, width = place * room.width(), metrics.horizontalAdvance(text)
            left = min(max(0.0, x - width / 2), room.width() - width)
            if left < end + theme.XS:
                continue  # two numbers never touch
            end = left + width
            painter.setPen(QColor(theme.colors().line))
            painter.drawLine(QPointF(x, room.bottom() + 1), QPointF(x, room.bottom() + MARK))
            painter.setPen(QColor(theme.colors().muted))
            area = QRectF(left, room.bottom() + MARK, width + 1, metrics.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, text)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            number = self._bar_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self.words_of(number), self)
            return True
        return super().event(event)

    def words_of(self, number: int) -> str:
        """What a bar counts; empty for no bar."""
        if number < 0:
            return ""
        lines = [self._bars.spans[number]]
        for name, counts in self._bars.counts.items():
            said = split_name(_split(name)) if name in SPLITS else self.tr("files")
            lines.append(f"{said}: {count(int(counts[number]))}")
        return "\n".join(lines)


def _split(name: str) -> Split:
    return next(each for each in SPLITS if each == name)


def _hue(name: str) -> QColor:
    return split_hue(_split(name)) if name in SPLITS else QColor(theme.colors().faint)
