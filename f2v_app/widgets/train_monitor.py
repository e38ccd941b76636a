"""One run as it goes: its state, its curves over its samples, its log; or what to do when there is none."""

import math
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.curves_panel import CurvesPanel
from f2v_app.widgets.loss_view import Mark
from f2v_app.widgets.run_actions import Action, possible
from f2v_app.widgets.run_events import RunEvents
from f2v_app.widgets.run_header import RunHeader
from f2v_app.widgets.run_watcher import Columns, RunTold
from f2v_app.widgets.samples_panel import SamplesPanel
from f2v_core.runs import Run
from f2v_core.runs.state import RunState

CURVES, SAMPLES, LOG = 300, 340, 56
"""Heights that the panes begin with, in pixels: what is missing or left over, curves and samples share."""


class TrainMonitor(QStackedWidget):
    """The page's centre.

    Attributes:
        header: name, state and actions.
        curves: the losses.
        samples: what it makes of its fixed pairs.
        log: what happened.

    Signals:
        wanted: the user wants an `Action` of the run.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = RunHeader(self)
        self.curves = CurvesPanel(self)
        self.samples = SamplesPanel(self)
        self.log = RunEvents(self)
        self.addWidget(self._invitation())
        self.addWidget(self._content())
        self.header.wanted.connect(self.wanted)
        self.samples.now.clicked.connect(lambda _on=False: self.wanted.emit("sample"))
        self.curves.view.step_wanted.connect(self.samples.step.go_to)

    def _invitation(self) -> QWidget:
        page = QWidget(self)
        title = QLabel(self.tr("Train a model of your own"), page, alignment=Qt.AlignmentFlag.AlignCenter)
        title.setFont(theme.title_font())
        words = QLabel(
            self.tr(
                "Choose a folder of short videos on the left and press Start training.\n"
                "Curves and samples appear here while it learns; pause whenever you like and go on later."
            ),
            page,
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        theme.set_role(words, "muted")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.XXL, theme.XXL, theme.XXL, theme.XXL)
        column.setSpacing(theme.S)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(words)
        column.addStretch(3)
        return page

    def _content(self) -> QWidget:
        page = QWidget(self)
        panes = QSplitter(Qt.Orientation.Vertical, page)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        for stretch, pane in ((3, self.curves), (3, self.samples), (0, self.log)):
            panes.addWidget(pane)
            panes.setStretchFactor(panes.count() - 1, stretch)
        panes.setSizes([CURVES, SAMPLES, LOG])
        self.log.setMinimumHeight(LOG)
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.S)
        column.setSpacing(theme.M)
        column.addWidget(self.header)
        column.addWidget(panes, stretch=1)
        return page

    def show_invitation(self) -> None:
        """Show no run."""
        self.samples.show_run(None)
        self.setCurrentIndex(0)

    def show_run(self, run: Run, state: RunState) -> None:
        """Show a run in place of the invitation or of the run before it; `take` fills it."""
        self.header.show_name(run.folder.name, str(run.folder))
        self.curves.show_run(run.folder.name)
        self.samples.show_run(run)
        self.log.clear()
        self.show_state(state)
        self.setCurrentIndex(1)

    def show_state(self, state: RunState) -> None:
        """Show where the run stands."""
        self.header.show_state(state)
        self.samples.now.setVisible("sample" in possible(state))
        self.samples.now.setEnabled(True)

    def show_asked(self, action: Action) -> None:
        """What was asked cannot be asked again before the next state is told."""
        self.header.show_asked(action)
        if action == "sample":
            self.samples.now.setEnabled(False)

    def take(self, told: RunTold) -> None:
        """Show what is new."""
        if told.afresh:
            self.samples.drop_after(told.state.saved)
        self.show_state(told.state)
        self.header.use.show_checkpoints(told)
        self.curves.append(told.columns, afresh=told.afresh)
        self.log.take(told.events)
        self._mark(told)
        self.samples.show_steps(told.samples)
        self.samples.learn_ratios(_ratios(told))

    def _mark(self, told: RunTold) -> None:
        steps = {"best": told.best, "last": told.last if told.last != told.best else 0}
        marks = {name: step for name, step in steps.items() if step}
        self.samples.mark(marks)
        words = {"best": self.tr("best"), "last": self.tr("last")}
        self.curves.mark([Mark(step, words[name]) for name, step in marks.items()])

    def compare(self, others: Mapping[str, Columns]) -> None:
        """Show other runs' curves over this one's."""
        self.curves.compare(others)


def _ratios(told: RunTold) -> dict[int, float]:
    """What the samples are worth that were told, by step."""
    found = ((each.step, each.facts.get("ratio")) for each in told.events if each.kind == "sample")
    return {step: float(ratio) for step, ratio in found if ratio is not None and math.isfinite(ratio)}
