"""The head of the run that is shown: its name, its state as one sentence, what can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QProgressBar, QPushButton, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.checkpoint_menu import CheckpointMenu
from f2v_app.widgets.elided_label import ElidedLabel
from f2v_app.widgets.run_actions import Action, possible
from f2v_app.widgets.run_problem import RunProblem
from f2v_app.widgets.run_state import figures, sentence
from f2v_core.runs.state import RunState

PARTS = 1000
"""Steps of the progress bar."""
_IN_QUEUE: frozenset[Action] = frozenset({"queue", "up"})
"""Lines of the menu that are there only when they make sense."""


class RunHeader(QWidget):
    """Name, sentence, progress, figures, and what can be done: each thing there exactly when it makes sense.

    Attributes:
        use: the button that takes a checkpoint's model.
        problem: what went wrong.

    Signals:
        wanted: the user wants an `Action` of the run.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(self)
        self._title.setFont(theme.title_font())
        self._sentence = QLabel(self, wordWrap=True)
        self._sentence.setFont(theme.tabular(self._sentence.font()))
        self._sentence.setAccessibleName(self.tr("State"))
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setRange(0, PARTS)
        self._bar.setAccessibleName(self.tr("Training progress"))
        self._figures = ElidedLabel(self)
        self._figures.setFont(theme.small_font())
        self._figures.setAccessibleName(self.tr("Figures"))
        theme.set_role(self._figures, "muted")
        self.problem = RunProblem(self)
        self.use = CheckpointMenu(self)
        self._make_buttons()
        self._make_menu()
        self._lay_out()

    def _make_buttons(self) -> None:
        texts: dict[Action, tuple[str, str]] = {
            "pause": (
                self.tr("Pause"),
                self.tr("Save a checkpoint and free the memory; Resume goes on exactly there."),
            ),
            "stop": (
                self.tr("Stop and keep"),
                self.tr("Save a checkpoint and end; what was made so far is kept."),
            ),
            "resume": (
                self.tr("Resume"),
                self.tr("Go on from the newest checkpoint, with the run's own settings."),
            ),
            "start": (
                self.tr("Start now"),
                self.tr("Train it now, beside whatever trains already."),
            ),
            "unqueue": (
                self.tr("Take off the queue"),
                self.tr("Do not train it by itself; the run and its settings stay."),
            ),
        }
        self._buttons: dict[Action, QPushButton] = {}
        for action, (text, tip) in texts.items():
            button = self._buttons[action] = push_button(text, self, tip=tip)
            button.clicked.connect(self._wants(action))

    def _make_menu(self) -> None:
        texts: dict[Action, str] = {
            "save": self.tr("Save a checkpoint now"),
            "sample": self.tr("Make samples now"),
            "queue": self.tr("Add to queue"),
            "up": self.tr("Move up in the queue"),
            "duplicate": self.tr("Duplicate with changes"),
            "discard": self.tr("Cancel and discard…"),
        }
        self._more = push_button(self.tr("More"), self)
        menu = QMenu(self._more)
        self.actions_by_name: dict[Action, QAction] = {}
        for name, text in texts.items():
            if name in {"queue", "duplicate", "discard"}:
                menu.addSeparator()
            action = self.actions_by_name[name] = QAction(text, menu)
            action.triggered.connect(self._wants(name))
            menu.addAction(action)
        self._more.setMenu(menu)

    def _wants(self, action: Action) -> Callable[[], None]:
        return lambda: self.wanted.emit(action)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self._title, stretch=1)
        for button in (*self._buttons.values(), self.use, self._more):
            top.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(top)
        column.addWidget(self._sentence)
        column.addSpacing(theme.XS)
        column.addWidget(self._bar)
        column.addWidget(self._figures)
        column.addWidget(self.problem)

    def show_name(self, name: str, place: str) -> None:
        """Show whose state this is, and where it lies."""
        self._title.setText(name)
        self._title.setToolTip(place)
        self.problem.clear()

    def show_state(self, state: RunState) -> None:
        """Show where the run stands."""
        self._sentence.setText(sentence(state))
        without_figures = state.phase in {"starting", "pausing", "stopping", "discarding"} or (
            state.phase == "preparing" and not state.total
        )
        self._bar.setRange(0, 0 if without_figures else PARTS)
        self._bar.setValue(round(state.share * PARTS))
        self._figures.setText(figures(state))
        self._figures.setVisible(bool(self._figures.text()))
        self.problem.show_state(state)
        can = possible(state)
        for name, button in self._buttons.items():
            button.setVisible(name in can)
            button.setEnabled(True)
        for name, action in self.actions_by_name.items():
            action.setEnabled(name in can)
            action.setVisible(name in can or name not in _IN_QUEUE)
        self.use.setVisible("use" in can)

    def show_asked(self, action: Action) -> None:
        """What was asked cannot be asked again before the next state is told."""
        if action in self._buttons:
            self._buttons[action].setEnabled(False)
        if action in self.actions_by_name:
            self.actions_by_name[action].setEnabled(False)

    def say(self, words: str) -> None:
        """Say something in the sentence's place, until the next state is told."""
        self._sentence.setText(words)
