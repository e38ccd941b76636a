"""The head of the Data page's centre: whose state this is, the state as one sentence, what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.data_state import DataState, sentence
from f2v_app.widgets.elided_label import ElidedLabel

PARTS = 1000
"""Steps of the progress bar."""


class DataHeader(QWidget):
    """Name, sentence, progress, and the buttons of a dataset that nothing works on.

    Signals:
        stop_wanted: the user does not want to wait for the folder's scan.
        open_wanted: the user wants to see the dataset's files.
        train_wanted: the user wants to train on the dataset.
    """

    stop_wanted = Signal()
    open_wanted = Signal()
    train_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(self)
        self._title.setFont(theme.title_font())
        self._sentence = QLabel(self, wordWrap=True)
        self._sentence.setFont(theme.tabular(self._sentence.font()))
        self._sentence.setAccessibleName(self.tr("State"))
        theme.set_role(self._sentence, "muted")
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setAccessibleName(self.tr("Progress"))
        keep_place = self._bar.sizePolicy()
        keep_place.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(keep_place)
        self._problem = QLabel(self, wordWrap=True)
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_role(self._problem, "error")
        self._make_buttons()
        self._lay_out()
        self.show_state(DataState())

    def _make_buttons(self) -> None:
        self._stop = push_button(
            self.tr("Stop looking"), self, tip=self.tr("Preparing works all the same; it looks again.")
        )
        self._stop.clicked.connect(self.stop_wanted)
        self._open = push_button(self.tr("Open folder"), self, tip=self.tr("Show the dataset's files."))
        self._open.clicked.connect(self.open_wanted)
        self._train = push_button(
            self.tr("Train on this"), self, tip=self.tr("Go to the Train page with this dataset.")
        )
        self._train.clicked.connect(self.train_wanted)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.XS)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addLayout(words, stretch=1)
        for button in (self._stop, self._open, self._train):
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addWidget(self._problem)

    def show_name(self, name: str, tip: str) -> None:
        """Show whose state this is; `tip` says where it lies."""
        self._title.setText(name)
        self._title.setToolTip(tip)

    def show_state(self, state: DataState) -> None:
        """Show where it stands."""
        self._sentence.setText(sentence(state))
        known = state.share >= 0 and state.phase in {"scanning", "preparing"}
        self._bar.setRange(0, PARTS if known or not state.moving else 0)
        self._bar.setValue(max(0, round(state.share * PARTS)))
        self._bar.setVisible(state.moving)
        self._stop.setVisible(state.phase == "scanning")
        self._open.setVisible(state.phase in {"ready", "unfinished"})
        self._train.setVisible(state.phase == "ready")
        self.show_problem(state.error)

    def show_problem(self, words: str) -> None:
        """Say what went wrong and what to do; empty hides it."""
        self._problem.setText(f"⚠ {words}" if words else "")
        self._problem.setVisible(bool(words))
