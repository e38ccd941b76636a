"""The head of the run that is shown: its name, its state as one sentence, what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.run_state import RunState, sentence

PARTS = 1000
"""Steps of the progress bar."""


class RunHeader(QWidget):
    """Name, sentence, progress, and the buttons of a run that nothing works on.

    Signals:
        resumed: the user wants the run to go on.
        used: the user wants its newest model in the library.
    """

    resumed = Signal()
    used = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = RunState()
        self._title = QLabel(self)
        self._title.setFont(theme.title_font())
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence = QLabel(self)
        self._sentence.setFont(theme.tabular(self._sentence.font()))
        self._sentence.setAccessibleName(self.tr("State"))
        theme.set_role(self._sentence, "muted")
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setRange(0, PARTS)
        self._bar.setAccessibleName(self.tr("Training progress"))
        self._problem = QLabel(self, wordWrap=True)
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_role(self._problem, "error")
        self._make_buttons()
        self._lay_out()
        self.show_state(RunState())

    def _make_buttons(self) -> None:
        self._resume = push_button(
            self.tr("Resume"),
            self,
            tip=self.tr("Go on from the newest checkpoint, with the run's own settings."),
        )
        self._resume.clicked.connect(self.resumed)
        self._use = push_button(
            self.tr("Use this model"),
            self,
            tip=self.tr("Add the newest checkpoint to the library, to generate with it."),
        )
        self._use.clicked.connect(self.used)
        self._copy = push_button(self.tr("Copy details"), self, tip=self.tr("Copy what a bug report needs."))
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._state.details))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.XS)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addLayout(words, stretch=1)
        for button in (self._resume, self._use):
            top.addWidget(button)
        trouble = QHBoxLayout()
        trouble.addWidget(self._problem, stretch=1)
        trouble.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addLayout(trouble)

    def show_name(self, name: str) -> None:
        """Show whose state this is."""
        self._title.setText(name)

    def show_state(self, state: RunState) -> None:
        """Show where the run stands."""
        self._state = state
        self._sentence.setText(sentence(state))
        busy_without_figures = state.phase in {"starting", "stopping"} or (
            state.phase == "preparing" and not state.total
        )
        self._bar.setRange(0, 0 if busy_without_figures else PARTS)
        self._bar.setValue(round(state.share * PARTS))
        self._resume.setVisible(not state.busy and state.phase != "none" and state.step < state.steps)
        self._use.setVisible(not state.busy and state.saved > 0)
        self.say_used("")
        self.show_problem(state.error)
        self._copy.setVisible(bool(state.details))

    def show_problem(self, words: str) -> None:
        """Say what went wrong and what to do; empty hides it."""
        self._problem.setText(f"⚠ {words}" if words else "")
        self._problem.setVisible(bool(words))

    def say_used(self, name: str) -> None:
        """Say under which name the model lies in the library; empty offers to add it."""
        self._use.setEnabled(not name)
        self._use.setText(self.tr("In the library") if name else self.tr("Use this model"))
        if name:
            self._sentence.setText(self.tr("Added to the library as {0}.").format(name))
