"""The models of the library: those that ship with f2v, then the user's."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from f2v_app.widgets import model_files
from f2v_app.widgets.folder_list import FolderList
from f2v_app.widgets.folder_model import FolderEntry
from f2v_app.widgets.folder_rename import RenameDialog
from f2v_app.widgets.model_files import ModelRow, read_shelf
from f2v_app.widgets.model_words import row_words
from f2v_core.errors import F2vError


class ModelList(FolderList[ModelRow]):
    """A list to choose a model from.

    Signals:
        use_wanted, default_wanted, duplicate_wanted, export_wanted: what the user wants of a model; its folder.
        renamed: a model is called otherwise now; its folder now.
        problem: a model cannot be read, or all of them cannot; an F2vError.
    """

    use_wanted = Signal(object)
    default_wanted = Signal(object)
    duplicate_wanted = Signal(object)
    export_wanted = Signal(object)
    renamed = Signal(object)
    problem = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Models"), self.tr("Models that you train or import are kept here."), parent)
        self._problems: Sequence[F2vError] = []
        self.view.rename_wanted.connect(self.ask_to_rename)
        self.listed.connect(self._tell_problems)
        self._background.failed.connect(self.problem)

    @override
    def _question(self) -> Callable[[], Sequence[ModelRow]]:
        def read() -> Sequence[ModelRow]:
            shelf = read_shelf()
            self._problems = shelf.problems
            return shelf.rows

        return read

    def _tell_problems(self) -> None:
        for error in self._problems:
            self.problem.emit(error)

    @override
    def _entry(self, row: ModelRow) -> FolderEntry:
        return FolderEntry(row.folder, row.card.name, row_words(row), hint=row.card.description)

    @override
    def _check(self, folder: Path) -> None:
        model_files.check_own(folder)

    @override
    def _loss(self) -> str:
        return self.tr("Clips that it made stay; the run that it came from stays too.")

    def ask_to_rename(self, folder: Path) -> None:
        """Ask for another name of one of the user's models."""
        if self.row(folder).card.embedded:
            return
        dialog = RenameDialog(
            folder, model_files.name_problem, lambda name: model_files.rename(folder, name), self
        )
        dialog.renamed.connect(self.renamed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()

    @override
    def _add_actions(self, menu: QMenu, folder: Path) -> None:
        row = self.row(folder)
        use = menu.addAction(self.tr("Use on the Generate page"), lambda: self.use_wanted.emit(folder))
        menu.insertAction(menu.actions()[0], use)
        default = menu.addAction(self.tr("Make it the default"), lambda: self.default_wanted.emit(folder))
        default.setEnabled(not row.default)
        menu.addAction(self.tr("Export…"), lambda: self.export_wanted.emit(folder))
        menu.addAction(self.tr("Duplicate"), lambda: self.duplicate_wanted.emit(folder))
        rename = menu.addAction(self.tr("Rename…"), lambda: self.ask_to_rename(folder))
        rename.setShortcut(QKeySequence(Qt.Key.Key_F2))
        rename.setEnabled(not row.card.embedded)
