"""The line at the bottom: what is being made, how far it is, how long it still takes, how it ended."""

from collections.abc import Callable
from math import isfinite
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from f2v_app import theme
from f2v_core.messages import (
    ClipFailed,
    ClipStarted,
    Event,
    FrameReady,
    JobCancelled,
    JobDone,
    JobFailed,
    StageProgress,
)

HEIGHT = 36
"""Pixels; always there, so that nothing jumps."""


class JobBar(QFrame):
    """Follows a job by its events."""

    def __init__(self, parent: QWidget | None = None, *, clock: Callable[[], float] = perf_counter) -> None:
        super().__init__(parent)
        theme.set_role(self, "bar")
        self.setFixedHeight(HEIGHT)
        self._clock = clock
        self._titles: dict[str, str] = {}
        self._begun_s, self._first_s = 0.0, 0.0
        self._made, self._all, self._failed = 0, 0, 0
        self._details = ""
        self._text = QLabel(self)
        self._text.setAccessibleName(self.tr("State of the work"))
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._figures = QLabel(self)
        self._figures.setFont(theme.tabular(self._figures.font()))
        theme.set_role(self._figures, "muted")
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(240)
        self._progress.setAccessibleName(self.tr("Progress"))
        self._copy = QPushButton(self.tr("Copy details"), self)
        self._copy.setAccessibleName(self._copy.text())
        self._copy.setToolTip(self.tr("Copy what a bug report needs"))
        theme.set_role(self._copy, "quiet")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, 0, theme.L, 0)
        row.setSpacing(theme.L)
        row.addWidget(self._text, stretch=1)
        row.addWidget(self._copy)
        row.addWidget(self._figures)
        row.addWidget(self._progress, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._show_running(running=False)

    def begin(self, titles: dict[str, str], count: int) -> None:
        """A job starts: the titles of its models by name, and how many frames each makes."""
        self._titles, self._made, self._all, self._failed = titles, 0, count * len(titles), 0
        self._begun_s, self._first_s, self._details = self._clock(), 0.0, ""
        self._progress.setRange(0, self._all)
        self._progress.setValue(0)
        self._figures.clear()
        self.say(self.tr("Starting the worker"))
        self._show_running(running=True)

    def begin_stages(self) -> None:
        """A job starts that makes no clips for the eye: it tells of its stages."""
        self.begin({}, 0)

    def say(self, text: str, role: str = "") -> None:
        """Show a sentence."""
        theme.set_role(self._text, role)
        self._text.setText(text)
        self._text.setToolTip(text)

    def take(self, event: Event) -> None:
        """Go on by one event of the job."""
        match event:
            case ClipStarted(model, count):
                self._on_frame(model, 0, count)
            case FrameReady(model, index, count):
                self._made += 1
                self._on_frame(model, index + 1, count)
            case ClipFailed():
                self._failed += 1
            case StageProgress():
                self._on_stage(event)
            case JobDone() | JobCancelled() | JobFailed():
                self._on_end(event)
            case _:
                pass  # nothing that moves the bar

    def _on_frame(self, model: str, done: int, count: int) -> None:
        title = self._titles.get(model, model)
        self.say(self.tr("{0}: {1} / {2} frames").format(title, done, count))
        self._progress.setValue(self._made)
        self._first_s = self._first_s or self._clock()
        passed_s = self._clock() - self._first_s
        if self._made > 1 and passed_s > 0.2:  # earlier than that a rate is noise
            rate = self._made / passed_s
            left_s = (self._all - self._made) / rate
            self._figures.setText(self.tr("{0} frames/s, {1} left").format(f"{rate:.0f}", duration(left_s)))

    def _on_stage(self, event: StageProgress) -> None:
        stage = self.tr(event.stage)
        steps = self.tr("{0}: {1} of {2}").format(stage, event.done, event.total)
        self.say(steps if event.total else stage)
        self._progress.setRange(0, event.total)  # 0 to 0 is a bar that only moves
        self._progress.setValue(event.done)
        known = event.total > 0 and isfinite(event.eta_s) and event.rate > 0
        self._figures.setText(self.tr("{0} left").format(duration(event.eta_s)) if known else "")

    def _on_end(self, event: JobDone | JobCancelled | JobFailed) -> None:
        took = duration(self._clock() - self._begun_s)
        clips = len(self._titles) - self._failed
        match event:
            case JobDone() if self._failed:
                self.say(
                    self.tr("{0} of {1} clips failed, see above.").format(self._failed, len(self._titles)),
                    "error",
                )
            case JobDone() if not self._titles:
                self.say(self.tr("Done in {0}").format(took), "muted")
            case JobDone():
                text = self.tr("1 clip in {1}") if clips == 1 else self.tr("{0} clips in {1}")
                self.say(text.format(clips, took), "muted")
            case JobCancelled():
                self.say(self.tr("Cancelled after {0}").format(took), "muted")
            case JobFailed(message, remedy, details):
                self._details = details
                self.say(f"⚠ {message} {remedy}", "error")
        self._show_running(running=False)

    def _show_running(self, *, running: bool) -> None:
        self._progress.setVisible(running)
        self._figures.setVisible(running)
        self._copy.setVisible(bool(self._details))


def duration(seconds: float) -> str:
    """A time as people say it: 0.4 s, 12 s, 3 min 20 s."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"
