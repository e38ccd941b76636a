"""Which dataset, and which of its splits, an evaluation takes its clips from."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.dataset_files import DatasetRow
from f2v_app.widgets.elided_box import ElidedBox
from f2v_app.widgets.evaluate_files import Candidate, read_candidate
from f2v_app.widgets.run_state import count
from f2v_app.widgets.splits import Split, split_icon, split_name
from f2v_core.errors import F2vError


class EvaluateDataset(QWidget):
    """A box of known datasets, a button for others, a box of the splits with their numbers of clips.

    Signals:
        changed: another dataset or split is chosen; also when a dataset turns out to be of no use.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidate: Candidate | None = None
        self._wanted: str = ""
        self._box = ElidedBox(self)
        self._box.setAccessibleName(self.tr("Dataset"))
        self._box.currentIndexChanged.connect(self._on_chosen)
        self._split = ElidedBox(self)
        self._split.setAccessibleName(self.tr("Split"))
        self._split.setToolTip(self.tr("Whose clips are compared"))
        self._split.activated.connect(self._on_split)
        self._words = QLabel(self, wordWrap=True)
        self._words.setFont(theme.small_font())
        self._reader = Background(self)
        self._reader.answered.connect(self._on_read)
        self._reader.failed.connect(self._on_failed)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        browse = QToolButton(self)
        theme.set_icon(browse, "folder")
        browse.setFixedHeight(self._box.sizeHint().height())
        browse.setToolTip(self.tr("Choose a dataset that lies elsewhere"))
        browse.setAccessibleName(self.tr("Browse: {0}").format(self.tr("Dataset")))
        browse.clicked.connect(self._on_browse)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.XS)
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._caption(self.tr("Dataset"), self._box), 0, 0, 1, 2)
        grid.addWidget(self._box, 1, 0)
        grid.addWidget(browse, 1, 1)
        grid.setRowMinimumHeight(2, theme.S)
        grid.addWidget(self._caption(self.tr("Split"), self._split), 3, 0, 1, 2)
        grid.addWidget(self._split, 4, 0, 1, 2)
        grid.addWidget(self._words, 5, 0, 1, 2)

    def _caption(self, text: str, buddy: QWidget) -> QLabel:
        label = QLabel(text, self)
        label.setBuddy(buddy)
        return label

    @property
    def folder(self) -> Path | None:
        """The dataset that is chosen, be it of use or not."""
        return cast("Path | None", self._box.currentData())

    @property
    def split(self) -> Split:
        """The split that is chosen."""
        return cast("Split", self._split.currentData() or "test")

    @property
    def candidate(self) -> Candidate | None:
        """The chosen dataset, once it was looked at and is of use."""
        return self._candidate

    @property
    def offered(self) -> list[Path]:
        """All datasets of the box."""
        return [self._box.itemData(at) for at in range(self._box.count())]

    def set_rows(self, rows: Sequence[DatasetRow]) -> None:
        """Offer the datasets that are complete; the chosen one stays chosen, and offered."""
        chosen = self.folder
        folders = [row.folder for row in rows if row.state == "ready"]
        with QSignalBlocker(self._box):
            self._box.clear()
            for folder in folders if chosen is None or chosen in folders else [chosen, *folders]:
                self._offer(folder)
            self._box.setCurrentIndex(-1 if chosen is None else self.offered.index(chosen))
        if chosen is None and folders:
            self.choose(folders[0])
        elif chosen is not None:
            self._look(chosen)  # it may be another one of that name now

    def choose(self, folder: Path, split: str = "") -> None:
        """Choose a dataset, offered or not, and a split if it has it."""
        self._wanted = split
        with QSignalBlocker(self._box):
            if folder not in self.offered:
                self._offer(folder)
            self._box.setCurrentIndex(self.offered.index(folder))
        self._on_chosen()

    def complain(self) -> None:
        """Ask for a dataset where it is missing, and take the focus there."""
        if self.folder is None:
            self._say(self.tr("Choose a dataset first."), "error")
        self._box.setFocus()

    def _offer(self, folder: Path) -> None:
        self._box.addItem(folder.name, folder)
        self._box.setItemData(self._box.count() - 1, str(folder), Qt.ItemDataRole.ToolTipRole)

    def _on_browse(self) -> None:
        start = str(self.folder.parent if self.folder else "")
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a dataset"), start)
        if chosen:
            self.choose(Path(chosen))

    def _on_chosen(self) -> None:
        folder = self.folder
        self._candidate = None
        self._split.clear()
        self._box.setToolTip(str(folder or ""))
        self._show()
        if folder is not None:
            self._look(folder)
        self.changed.emit()

    def _look(self, folder: Path) -> None:
        self._reader.ask(lambda: read_candidate(folder))

    def _on_read(self, candidate: Candidate) -> None:
        self._candidate = candidate
        wanted = self._wanted if self._wanted in candidate.splits else candidate.splits[0]
        with QSignalBlocker(self._split):
            self._split.clear()
            for split in candidate.splits:
                clips = count(candidate.clips[split])
                words = self.tr("{0}, {1} clips").format(split_name(split), clips)
                self._split.addItem(split_icon(split), words, split)
            self._split.setCurrentIndex(candidate.splits.index(wanted))
        self._show()
        self.changed.emit()

    def _on_failed(self, error: F2vError) -> None:
        self._candidate = None
        self._split.clear()
        self._show()
        self._say(f"⚠ {error}", "error")
        self.changed.emit()

    def _on_split(self) -> None:
        self._wanted = self.split
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """Say what the chosen clips are good for."""
        self._split.setEnabled(self._candidate is not None)
        self._say(self._advice(), "muted")

    def _advice(self) -> str:
        if self._candidate is None:
            return self.tr("Looking…") if self.folder else self.tr("Datasets are made on the Data page.")
        if self._candidate.procedural:
            return self.tr("Procedural scenes: they say nothing about real videos.")
        advice: dict[Split, str] = {
            "test": self.tr("For the last word: choose models on val, not on test."),
            "val": self.tr("To choose models; the last word is test."),
            "train": self.tr("Seen in training: shows what was learned by heart."),
        }
        return advice[self.split]

    def _say(self, words: str, role: str) -> None:
        self._words.setText(words)
        self._box.setAccessibleDescription(words)
        theme.set_role(self._words, role)
