"""What to do with trainings that go on when the window is closed."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from f2v_core.runs import Run

Wish = Literal["keep", "pause", "stop", "stay"]
"""keep: train on without the window; pause, stop: ask for that, then close; stay: do not close."""


def ask_about_trainings(runs: Sequence[Run], waiting: Sequence[Run], parent: QWidget) -> Wish:
    """Ask what shall become of these runs, which train, and say what that means for those that wait in the queue."""
    box = QMessageBox(parent)
    box.setWindowTitle(_tr("A training is running"))
    names = ", ".join(each.folder.name for each in runs)
    box.setText(
        _tr("{0} is training.").format(names) if len(runs) == 1 else _tr("{0} are training.").format(names)
    )
    box.setInformativeText(_consequences(waiting))
    wishes: list[tuple[Wish, str, QMessageBox.ButtonRole]] = [
        ("keep", _tr("Keep training"), QMessageBox.ButtonRole.AcceptRole),
        ("pause", _tr("Pause and close"), QMessageBox.ButtonRole.AcceptRole),
        ("stop", _tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole),
        ("stay", _tr("Cancel"), QMessageBox.ButtonRole.RejectRole),
    ]
    buttons = {_button(box, text, role): wish for wish, text, role in wishes}
    keep, *_, stay = buttons
    box.setDefaultButton(keep)
    box.setEscapeButton(stay)
    box.exec()
    return buttons.get(box.clickedButton(), "stay")  # type: ignore[call-overload,no-any-return]


def _consequences(waiting: Sequence[Run]) -> str:
    text = _tr(
        "It can go on without the window: the next time you open it, you find it here. "
        "Pause and Stop save a checkpoint first."
    )
    if not waiting:
        return text
    follows = _tr(
        "{0} waits in the queue: it begins when the training ends or is stopped, not after a pause."
    )
    return f"{text}\n\n{follows.format(waiting[0].folder.name)}"


def really_discard(name: str, step: str, parent: QWidget) -> bool:
    """Ask before a run and all that it made is deleted."""
    box = QMessageBox(parent)
    box.setWindowTitle(_tr("Cancel and discard"))
    box.setText(_tr("Discard {0}?").format(name))
    box.setInformativeText(
        _tr(
            "The training ends, and its {0} steps, checkpoints and samples are deleted. This cannot be undone."
        ).format(step)
    )
    discard = _button(box, _tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
    keep = _button(box, _tr("Keep training"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.exec()
    return box.clickedButton() is discard


def _button(box: QMessageBox, text: str, role: QMessageBox.ButtonRole) -> QPushButton:
    button = box.addButton(text, role)
    button.setAccessibleName(text)
    return button


def _tr(text: str) -> str:
    return QCoreApplication.translate("Closing", text)
