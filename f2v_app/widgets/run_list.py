"""The runs on disk, newest first, each with what it is and where it stands."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from f2v_app.widgets.folder_list import FolderList
from f2v_app.widgets.folder_model import FolderEntry
from f2v_app.widgets.folder_rename import RenameDialog
from f2v_app.widgets.run_actions import Action, possible
from f2v_app.widgets.run_files import RunRow, check_run_idle, read_run_rows
from f2v_app.widgets.run_name import name_problem
from f2v_app.widgets.run_state import row_words
from f2v_core.runs import Run, open_run
from f2v_core.runs.names import rename_run


class RunList(FolderList[RunRow]):
    """A list to choose a run from, and to tick those that are compared with it.

    Signals:
        wanted: the user wants an `Action` of a run; it, and the run's folder.
        renaming: a run is being renamed, or (False) could not be; its folder, and whether it is.
        renamed: it is called otherwise now; its folder before and now.
    """

    wanted = Signal(str, object)
    renaming = Signal(object, bool)
    renamed = Signal(object, object)

    def __init__(self, root: Path, parent: QWidget | None = None) -> None:
        """Runs lie below `root`."""
        super().__init__(
            self.tr("Runs"),
            self.tr("Runs that you start are kept here, to go on from or to use."),
            parent,
            tickable=True,
        )
        self._root = root
        self.view.rename_wanted.connect(self.ask_to_rename)

    def run(self, folder: Path) -> Run:
        """A run that is listed."""
        return Run(folder, self._rows[folder].config)

    def look(self) -> None:
        """Read the runs anew, unless they are being read: an answer that is slow to come is waited for."""
        if not self._background.asking:
            self.refresh()

    def ask_to_rename(self, folder: Path) -> None:
        """Ask for another name of a run."""

        def rename(name: str) -> Path:
            return rename_run(open_run(folder), name).folder

        dialog = RenameDialog(folder, lambda name: name_problem(folder.parent, name), rename, self)
        dialog.begun.connect(lambda: self.renaming.emit(folder, True))
        dialog.renamed.connect(lambda to: self._on_renamed(folder, to))
        dialog.refused.connect(lambda _error: self.renaming.emit(folder, False))
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()

    def _on_renamed(self, folder: Path, to: Path) -> None:
        if folder in self._rows:
            self.follow(folder, replace(self._rows[folder], folder=to))
        self.renamed.emit(folder, to)
        self.refresh()

    @override
    def _question(self) -> Callable[[], Sequence[RunRow]]:
        return lambda: read_run_rows(self._root)

    @override
    def _entry(self, row: RunRow) -> FolderEntry:
        hint = self.tr("Tick it to compare its curves.")
        if row.place and row.held:
            hint = self.tr("The queue is on hold because a training was paused: Start now goes on with it.")
        words = row_words(row.state, row.place, held=row.held)
        return FolderEntry(row.folder, row.folder.name, words, hint=hint)

    @override
    def _check(self, folder: Path) -> None:
        check_run_idle(folder)

    @override
    def _loss(self) -> str:
        return self.tr(
            "Its checkpoints, losses and samples go with it; a model that you added to the library stays."
        )

    @override
    def _add_actions(self, menu: QMenu, folder: Path) -> None:
        row = self._rows[folder]
        rename = menu.addAction(self.tr("Rename…"), lambda: self.ask_to_rename(folder))
        rename.setShortcut(QKeySequence(Qt.Key.Key_F2))
        rename.setEnabled(not row.state.active)
        self._add_action(menu, self.tr("Duplicate with changes"), "duplicate", folder)
        ticked = folder in self._model.ticks
        words = self.tr("Compare no longer") if ticked else self.tr("Compare with the shown run")
        menu.addAction(words, lambda: self._model.tick(folder)).setShortcut(QKeySequence(Qt.Key.Key_Space))
        menu.addSeparator()
        texts: dict[Action, str] = {
            "start": self.tr("Start now"),
            "up": self.tr("Move up"),
            "unqueue": self.tr("Take off the queue"),
            "resume": self.tr("Resume") if row.state.step else self.tr("Start now"),
            "queue": self.tr("Add to queue"),
        }
        for action, text in texts.items():
            if action in possible(row.state) and (action != "up" or row.place > 1):
                self._add_action(menu, text, action, folder)

    def _add_action(self, menu: QMenu, text: str, action: Action, folder: Path) -> None:
        menu.addAction(text, lambda: self.wanted.emit(action, folder))
