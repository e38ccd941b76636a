"""The datasets that there are, the newest first."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from typing_extensions import override

from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.dataset_files import DatasetRow, check_dataset_idle, read_rows
from f2v_app.widgets.folder_list import FolderList
from f2v_app.widgets.folder_model import FolderEntry
from f2v_app.widgets.run_state import count


class DatasetList(FolderList[DatasetRow]):
    """A list to choose a dataset from; `chosen` also tells of one that lies elsewhere and is opened.

    Attributes:
        others: datasets that lie elsewhere and were opened.

    Signals:
        new_wanted: the user wants to make another one.
    """

    new_wanted = Signal()

    def __init__(self, root: Path, others: Sequence[Path], parent: QWidget | None = None) -> None:
        """Datasets lie below `root`, and `others` elsewhere."""
        super().__init__(
            self.tr("Datasets"),
            self.tr("Datasets that you prepare are kept here, to look at or to train on."),
            parent,
        )
        self._root, self.others = root, list(others)
        self._new = push_button(self.tr("New"), self, "quiet", self.tr("Make another dataset"))
        self._new.clicked.connect(self.new_wanted)
        self._open = push_button(
            self.tr("Open another…"), self, "quiet", self.tr("Look at a dataset that lies elsewhere")
        )
        self._open.clicked.connect(self._on_open)
        self.head.addWidget(self._new)
        self.foot.addWidget(self._open)
        self.foot.addStretch(1)

    def set_root(self, root: Path) -> None:
        """List the datasets below another folder."""
        self._root = root
        self.refresh()

    def add(self, folder: Path) -> None:
        """List a dataset, wherever it lies."""
        if folder.parent != self._root and folder not in self.others:
            self.others.append(folder)
        self.refresh()

    @override
    def leave_out(self, folder: Path) -> None:
        if folder in self.others:
            self.others.remove(folder)
        super().leave_out(folder)

    @override
    def set_busy(self, folder: Path | None, reason: str) -> None:
        super().set_busy(folder, reason)
        for button in (self._new, self._open):
            button.setEnabled(folder is None)

    @override
    def _question(self) -> Callable[[], Sequence[DatasetRow]]:
        root, others = self._root, list(self.others)
        return lambda: read_rows(root, others)

    @override
    def _entry(self, row: DatasetRow) -> FolderEntry:
        return FolderEntry(row.folder, row.folder.name, self._state_words(row), row.problem)

    def _state_words(self, row: DatasetRow) -> str:
        match row.state:
            case "ready":
                return self.tr("1 clip") if row.clips == 1 else self.tr("{0} clips").format(count(row.clips))
            case "unfinished":
                return self.tr("Not complete yet")
            case "damaged":
                return self.tr("⚠ Damaged")

    @override
    def _check(self, folder: Path) -> None:
        check_dataset_idle(folder, busy=folder == self.busy)

    @override
    def _loss(self) -> str:
        return self.tr(
            "The videos that it was made of stay. Trainings on it cannot be resumed without it, "
            "nor models evaluated on it."
        )

    @override
    def _add_actions(self, menu: QMenu, folder: Path) -> None:
        if folder in self.others and folder != self.busy:
            menu.addAction(self.tr("Take off this list"), lambda: self.leave_out(folder))

    def _on_open(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Open a dataset"), str(self._root))
        if chosen:
            self.chosen.emit(Path(chosen))
