"""The name of a run that is to be: suggested, and checked in words."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import count
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_core.runs.names import NameFault, name_fault

_FAULTS: dict[NameFault, object] = {
    "empty": QT_TRANSLATE_NOOP("RunName", "Give the run a name."),
    "odd": QT_TRANSLATE_NOOP("RunName", "Use letters, digits, spaces and dashes, not a dot at the start."),
    "taken": QT_TRANSLATE_NOOP("RunName", "There is a run of this name: choose another, or resume that one."),
}


def fresh_name(root: Path, model: str, architecture: str, today: date) -> str:
    """A name such as "cvae-motion-2026-11-23-1" that no folder below `root` has."""
    start = f"{model}-{architecture}-{today.isoformat()}"
    return next(name for i in count(1) if not (root / (name := f"{start}-{i}")).exists())


def name_problem(root: Path, name: str) -> str:
    """Why a run cannot have this name, in a sentence; empty when it can."""
    fault = name_fault(root, name)
    return _tr(str(_FAULTS[fault])) if fault else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunName", text)


class RunNameField(QWidget):
    """A labelled name; a suggestion moves with the settings until the user types a name of their own."""

    def __init__(self, root: Path, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._root, self._clock = root, clock
        self._suggested = ""
        self._line = QLineEdit(self)
        self._line.setAccessibleName(self.tr("Run name"))
        self._line.setToolTip(self.tr("The run's folder lies in {0}").format(root))
        self._line.textChanged.connect(self._on_changed)
        self._words = QLabel(self, wordWrap=True)
        self._words.hide()
        self._words.setFont(theme.small_font())
        theme.set_role(self._words, "error")
        caption = QLabel(self.tr("Run name"), self)
        caption.setBuddy(self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        for widget in (caption, self._line, self._words):
            column.addWidget(widget)

    @property
    def name(self) -> str:
        """What stands there."""
        return self._line.text().strip()

    @property
    def line(self) -> QLineEdit:
        """What has the focus here, for the order of it."""
        return self._line

    def suggest(self, model: str, architecture: str) -> None:
        """Suggest the next free name, unless the user has given one."""
        if self._line.text() in {self._suggested, ""}:
            self._suggested = fresh_name(self._root, model, architecture, self._clock().date())
            self._line.setText(self._suggested)

    def good(self) -> bool:
        """Whether a run can have the name; where not, the focus goes there and the cause is told."""
        problem = self._on_changed()
        if problem:
            self._line.setFocus()
        return not problem

    def _on_changed(self) -> str:
        problem = name_problem(self._root, self.name)
        self._words.setText(problem)
        self._words.setVisible(bool(problem))
        self._line.setAccessibleDescription(problem)
        return problem
