"""The player's controls: step, play, scrub, range, loop, speed, with what the frames hold above them; and Export."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from f2v_app import theme
from f2v_app.actions import hint
from f2v_app.playhead import Playhead
from f2v_app.widgets.figure_strip import FigureStrip
from f2v_app.widgets.filmstrip import Filmstrip
from f2v_app.widgets.scrubber import Scrubber

SPEEDS = (0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 4.0)


class Transport(QFrame):
    """Drives a playhead and shows where it is.

    Attributes:
        scrubber: the slider over all frames.
        figures, film: a figure and a thumbnail of the frames, at the same places.
        export: the button that writes the clips to a file.

    Signals:
        export_wanted: Export was pressed.
    """

    export_wanted = Signal()

    def __init__(self, playhead: Playhead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playhead = playhead
        self.scrubber = Scrubber(self)
        self.figures, self.film = FigureStrip(playhead, self), Filmstrip(playhead, self)
        self._first = self._button(
            "first", self.tr("First frame"), "first", lambda: playhead.step(-playhead.count)
        )
        self._back = self._button("back", self.tr("Previous frame"), "previous", lambda: playhead.step(-1))
        self._play = self._button("play", self.tr("Play"), "play", playhead.toggle)
        self._forward = self._button("forward", self.tr("Next frame"), "next", lambda: playhead.step(1))
        self._last = self._button(
            "last", self.tr("Last frame"), "last", lambda: playhead.step(playhead.count)
        )
        self._loop = self._switch("loop", self.tr("Loop"), playhead.loop, playhead.set_loop)
        self._ping_pong = self._switch(
            "ping_pong", self.tr("Play there and back"), playhead.ping_pong, playhead.set_ping_pong
        )
        self._in = self._button("range_in", self.tr("Play from here"), "range_in", playhead.begin_range_here)
        self._out = self._button(
            "range_out", self.tr("Play up to here"), "range_out", playhead.end_range_here
        )
        self._whole = self._button(
            "close", self.tr("Play the whole clip"), "range_clear", playhead.clear_range
        )
        self._place = self._number("000 / 000")
        self._time = self._number("00.0 s")
        theme.set_role(self._time, "muted")
        self._speed = self._speeds()
        self.export = self._export_button()
        self._lay_out()
        self._connect()
        self._on_count_changed(playhead.count)
        self._on_range_changed(*playhead.range)

    def _switch(self, action: str, name: str, on: bool, handler: Callable[[bool], object]) -> QToolButton:
        button = self._button(action, name, action, None)
        button.setCheckable(True)
        button.setChecked(on)
        button.toggled.connect(handler)
        return button

    def _button(self, icon: str, name: str, action: str, handler: Callable[[], object] | None) -> QToolButton:
        button = QToolButton(self)
        theme.set_icon(button, icon)
        theme.set_role(button, "quiet")
        button.setAccessibleName(name)
        button.setToolTip(hint(name, action))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if handler is not None:
            button.clicked.connect(lambda _checked=False: handler())
        return button

    def _number(self, widest: str) -> QLabel:
        label = QLabel(self)
        label.setFont(theme.tabular(label.font()))
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest))
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return label

    def _speeds(self) -> QComboBox:
        box = QComboBox(self)
        for speed in SPEEDS:
            box.addItem(f"{speed:g}×", speed)
        box.setCurrentIndex(SPEEDS.index(1.0))
        box.setFixedWidth(76)
        box.setAccessibleName(self.tr("Speed"))
        box.setToolTip(self.tr("How fast it plays"))
        box.currentIndexChanged.connect(lambda _index: self._playhead.set_speed(box.currentData()))
        return box

    def _export_button(self) -> QPushButton:
        button = QPushButton(self.tr("Export"), self)
        theme.set_icon(button, "export")
        button.setAccessibleName(self.tr("Export"))
        button.clicked.connect(self.export_wanted)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        groups: tuple[tuple[QWidget, ...], ...] = (
            (self._first, self._back, self._play, self._forward, self._last),
            (self._loop, self._ping_pong, self._speed),
            (self._in, self._out, self._whole),
        )
        for group in groups:
            for widget in group:
                row.addWidget(widget)
            row.addSpacing(theme.M)
        row.addStretch(1)
        row.addWidget(self._place)
        row.addSpacing(theme.S)
        row.addWidget(self._time)
        row.addSpacing(theme.L)
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        column.setSpacing(theme.XS)
        column.addWidget(self.figures)
        column.addWidget(self.film)
        column.addWidget(self.scrubber)
        column.addLayout(row)

    def _connect(self) -> None:
        playhead = self._playhead
        playhead.count_changed.connect(self._on_count_changed)
        playhead.index_changed.connect(self._on_index_changed)
        playhead.playing_changed.connect(self._on_playing_changed)
        playhead.loop_changed.connect(self._loop.setChecked)
        playhead.ping_pong_changed.connect(self._ping_pong.setChecked)
        playhead.range_changed.connect(self._on_range_changed)
        self.scrubber.valueChanged.connect(self._on_scrubbed)

    def set_exportable(self, why_not: str) -> None:
        """Allow to export, or say why it cannot be done yet."""
        self.export.setEnabled(not why_not)
        self.export.setToolTip(why_not or hint(self.tr("Write the clips to files"), "export"))

    def _on_count_changed(self, count: int) -> None:
        self.scrubber.blockSignals(True)
        self.scrubber.setRange(0, max(0, count - 1))
        self.scrubber.blockSignals(False)
        steps = (self._first, self._back, self._play, self._forward, self._last)
        for widget in (*steps, self._in, self._out, self.scrubber):
            widget.setEnabled(count > 1)
        for strip in (self.figures, self.film):
            strip.setVisible(count > 1)
        self._on_index_changed(self._playhead.index)

    def _on_index_changed(self, index: int) -> None:
        count = self._playhead.count
        self.scrubber.blockSignals(True)
        self.scrubber.setValue(index)
        self.scrubber.blockSignals(False)
        self._place.setText(f"{index + 1} / {count}" if count else "")
        self._time.setText(self.tr("{0} s").format(f"{index / self._playhead.fps:.1f}") if count else "")

    def _on_range_changed(self, first: int, last: int) -> None:
        self.scrubber.show_range(first, last)
        self._whole.setVisible(self._playhead.ranged)

    def _on_playing_changed(self, playing: bool) -> None:
        theme.set_icon(self._play, "pause" if playing else "play")
        self._play.setToolTip(hint(self.tr("Pause") if playing else self.tr("Play"), "play"))

    def _on_scrubbed(self, index: int) -> None:
        self._playhead.pause()
        self._playhead.seek(index)


def player_handlers(playhead: Playhead) -> dict[str, Callable[[], object]]:
    """What the player's keys do, by the names of the table of actions."""
    return {
        "play": playhead.toggle,
        "shuttle_forward": lambda: playhead.shuttle(1),
        "shuttle_back": lambda: playhead.shuttle(-1),
        "next": lambda: playhead.step(1),
        "previous": lambda: playhead.step(-1),
        "next_ten": lambda: playhead.step(10),
        "previous_ten": lambda: playhead.step(-10),
        "first": lambda: playhead.step(-playhead.count),
        "last": lambda: playhead.step(playhead.count),
        "loop": lambda: playhead.set_loop(not playhead.loop),
        "ping_pong": lambda: playhead.set_ping_pong(not playhead.ping_pong),
        "range_in": playhead.begin_range_here,
        "range_out": playhead.end_range_here,
        "range_clear": playhead.clear_range,
    }
