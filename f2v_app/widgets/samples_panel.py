"""What the shown run made of its fixed pairs, step by step: two sliders, one over training and one over the video."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.actions import hint
from f2v_app.playhead import Playhead
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.elided_label import ElidedLabel
from f2v_app.widgets.loss_view import Mark
from f2v_app.widgets.run_state import count
from f2v_app.widgets.sample_grid import SampleGrid
from f2v_app.widgets.sample_reader import Clips, SampleReader, nearest
from f2v_app.widgets.scrubber import Scrubber
from f2v_app.widgets.step_slider import StepSlider
from f2v_core.errors import F2vError
from f2v_core.runs import Run


class SamplesPanel(QWidget):
    """A small player for the samples.

    Attributes:
        playhead: the place in the video.
        time, step: the two sliders.
        grid: the pictures.
        now: the button that asks for samples at once.

    Signals:
        step_chosen: another step is shown.
    """

    step_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._ratios: dict[int, float] = {}
        self._marks: dict[str, int] = {}
        self.playhead = Playhead(self)
        self.grid = SampleGrid(self)
        self.time = Scrubber(self)
        self.step = StepSlider(self)
        self._reader = SampleReader(self)
        self._caption = ElidedLabel(self)
        self._make_controls()
        self._lay_out()
        self._connect()
        self.show_run(None)

    def _make_controls(self) -> None:
        self.time.setAccessibleName(self.tr("Time in the video"))
        self._play = QToolButton(self)
        self._play.setAccessibleName(self.tr("Play"))
        self._play.setToolTip(hint(self.tr("Play or pause"), "play"))
        theme.set_icon(self._play, "play")
        theme.set_role(self._play, "quiet")
        self._place, self._step_words = self._number(), self._number()
        self.now = push_button(
            self.tr("Sample now"), self, tip=self.tr("Make clips of the same pairs at this step.")
        )
        self._jumps: dict[str, QPushButton] = {}
        for name, text in (("best", self.tr("Best")), ("last", self.tr("Last"))):
            button = self._jumps[name] = push_button(text, self)
            button.clicked.connect(lambda _on=False, name=name: self.step.go_to(self._marks.get(name, 0)))
            button.hide()

    def _number(self) -> QLabel:
        label = QLabel(self, alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setFont(theme.tabular(label.font()))
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance("1\u202f000\u202f000"))
        return label

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.XS)
        head.addWidget(self._caption, stretch=1)
        for button in (*self._jumps.values(), self.now):
            head.addWidget(button)
        sliders = QGridLayout()
        sliders.setHorizontalSpacing(theme.S)
        sliders.setVerticalSpacing(0)
        sliders.setColumnStretch(2, 1)
        sliders.addWidget(self._play, 0, 0)
        rows = (
            (self.tr("Video"), self.time, self._place),
            (self.tr("Training"), self.step, self._step_words),
        )
        for line, (text, slider, words) in enumerate(rows):
            label = QLabel(text, self)
            label.setBuddy(slider)
            theme.set_role(label, "muted")
            for place, widget in enumerate((label, slider, words), start=1):
                sliders.addWidget(widget, line, place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, theme.XS)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addWidget(self.grid, stretch=1)
        column.addLayout(sliders)

    def _connect(self) -> None:
        self._play.clicked.connect(lambda _on=False: self.playhead.toggle())
        self.playhead.index_changed.connect(self._on_index_changed)
        self.playhead.playing_changed.connect(
            lambda playing: theme.set_icon(self._play, "pause" if playing else "play")
        )
        self.time.valueChanged.connect(self._on_scrubbed)
        self.step.valueChanged.connect(lambda _place: self._on_step())
        self._reader.arrived.connect(self._on_arrived)
        self._reader.failed.connect(self._on_failed)

    def show_run(self, run: Run | None) -> None:
        """Show another run's samples; `show_steps` tells which there are."""
        self._run = run
        self._ratios.clear()
        self.mark({})
        self._reader.set_run(run)
        self.grid.set_real(None)
        self.grid.set_made(None)
        frames = run.config.frames if run is not None else 0
        self.time.setRange(0, max(0, frames - 1))
        self.playhead.set_clip(frames, frames / run.config.seconds if run is not None else 1.0)
        self.show_steps(())

    def show_steps(self, steps: Sequence[int]) -> None:
        """There are samples of these steps."""
        if tuple(steps) == self.step.steps and steps:
            return
        began = bool(steps) and not self.step.steps
        self.step.show_steps(steps)
        for widget in (self.time, self._play):
            widget.setEnabled(bool(steps))
        if began and not theme.reduced_motion():
            self.playhead.play()

    def learn_ratios(self, ratios: Mapping[int, float]) -> None:
        """Know what samples are worth: their distance over that of linear interpolation, by step."""
        self._ratios.update(ratios)
        self._show_words()

    def mark(self, checkpoints: Mapping[str, int]) -> None:
        """Mark checkpoints ("best", "last") by their step."""
        if dict(checkpoints) == self._marks and checkpoints:
            return
        self._marks = dict(checkpoints)
        marks = [Mark(step, self._jumps[name].text().lower()) for name, step in checkpoints.items()]
        self.step.mark(marks)
        for name, button in self._jumps.items():
            button.setVisible(name in checkpoints)
            button.setToolTip(
                self.tr("Go to the samples at step {0}.").format(count(checkpoints.get(name, 0)))
            )

    def drop_after(self, step: int) -> None:
        """The run went back to a step: samples of later ones are made anew."""
        self._reader.drop_after(step)

    def _on_step(self) -> None:
        self._show_words()
        if self._run is None or not self.step.steps:
            return
        around = nearest(self.step.steps, self.step.value())
        files = [self._run.sample_file(step) for step in around]
        self._reader.want([files[0], self._run.real_file, *files[1:]])
        self.step_chosen.emit(self.step.step)

    def _on_arrived(self, path: Path, clips: Clips) -> None:
        if self._run is None:
            return
        if path == self._run.real_file:
            self.grid.set_real(clips)
        elif path == self._run.sample_file(self.step.step):
            self.grid.set_made(clips)

    def _on_failed(self, error: F2vError) -> None:
        self._caption.setText(f"⚠ {error}")

    def _on_index_changed(self, index: int) -> None:
        self.time.blockSignals(True)
        self.time.setValue(index)
        self.time.blockSignals(False)
        self.grid.set_index(index)
        self._place.setText(self.tr("{0} s").format(f"{index / self.playhead.fps:.1f}"))

    def _on_scrubbed(self, index: int) -> None:
        self.playhead.pause()
        self.playhead.seek(index)

    def _show_words(self) -> None:
        step = self.step.step
        self._step_words.setText(count(step) if self.step.steps else "–")
        words = self.tr("Samples come with the first validation")
        if self.step.steps:
            words = self.tr("Samples at step {0}").format(count(step))
            ratio = self._ratios.get(step)
            if ratio is not None:
                words = self.tr("{0}: {1} of linear's distance").format(words, f"{ratio:.3f}")
        self._caption.setText(words)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.playhead.pause()
        super().hideEvent(event)
