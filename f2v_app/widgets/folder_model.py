"""What a list of folders shows: those that a search leaves, and which of them may be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from f2v_app.widgets.folder_delegate import SECOND_LINE

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True)
class FolderEntry:
    """A row.

    Attributes:
        title, words: its first line and its second.
        problem: what is wrong with the folder, in a sentence.
        hint: what can be done with it, in a sentence.
    """

    folder: Path
    title: str
    words: str
    problem: str = ""
    hint: str = ""

    def has(self, wanted: str) -> bool:
        """Whether each word of a search stands in it somewhere, in any case."""
        said = f"{self.title} {self.words} {self.folder.name}".casefold()
        return all(word in said for word in wanted.casefold().split())


class FolderModel(QAbstractListModel):
    """The rows of a list of folders.

    Attributes:
        tickable: whether rows have a box to tick.
        ticks: the folders that are ticked, also those that the search leaves out.

    Signals:
        ticked: other folders are ticked than before.
    """

    ticked = Signal()

    def __init__(self, parent: QObject | None = None, *, tickable: bool = False) -> None:
        super().__init__(parent)
        self.tickable = tickable
        self.ticks: set[Path] = set()
        self._all: list[FolderEntry] = []
        self._shown: list[FolderEntry] = []
        self._search = ""
        self._kept: Path | None = None
        self._closed = ""

    @property
    def total(self) -> int:
        """How many there are, also those that the search leaves out."""
        return len(self._all)

    def show_entries(self, entries: Sequence[FolderEntry]) -> None:
        """Show other rows; nothing moves where the folders are the same, and who is gone is not ticked."""
        if list(entries) != self._all:
            self._all = list(entries)
            self._filter()
        gone = self.ticks - {each.folder for each in entries}
        if gone:
            self.ticks -= gone
            self.ticked.emit()

    def move_tick(self, folder: Path, to: Path) -> None:
        """A folder lies elsewhere now: it is ticked if it was."""
        if folder in self.ticks:
            self.ticks = self.ticks - {folder} | {to}

    def tick(self, folder: Path) -> None:
        """Tick a row, or no longer."""
        on = folder in self.ticks
        state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        self.setData(self.index_of(folder), state.value, Qt.ItemDataRole.CheckStateRole)

    def search(self, text: str) -> None:
        """Leave only the rows that have each word of `text`; empty: all."""
        if text != self._search:
            self._search = text
            self._filter()

    def close_all_but(self, kept: Path | None, reason: str) -> None:
        """Let no row but that of a folder be chosen; `reason` says why, and empty lets all be chosen."""
        self._kept, self._closed = kept, reason
        self._tell_changed()

    def entry(self, index: AnyIndex) -> FolderEntry:
        """A row."""
        return self._shown[index.row()]

    def index_of(self, folder: Path | None) -> QModelIndex:
        """Where a folder stands; an invalid index where it is not shown."""
        lines = (line for line, each in enumerate(self._shown) if each.folder == folder)
        line = next(lines, None)
        return QModelIndex() if line is None else self.index(line)

    def neighbour(self, folder: Path) -> Path | None:
        """The folder below one that is shown, else the one above it."""
        folders = [each.folder for each in self._shown]
        if folder not in folders or len(folders) == 1:
            return None
        line = folders.index(folder)
        return folders[line + 1] if line + 1 < len(folders) else folders[line - 1]

    def _filter(self) -> None:
        shown = [each for each in self._all if each.has(self._search)]
        if [each.folder for each in shown] == [each.folder for each in self._shown]:
            self._shown = shown
            self._tell_changed()
            return
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def _tell_changed(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    @override
    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | int | None:
        entry = self.entry(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.ToolTipRole:
                return entry.problem or self._tip(entry)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{entry.title}, {entry.words}"
            case Qt.ItemDataRole.CheckStateRole if self.tickable:
                on = entry.folder in self.ticks
                return int((Qt.CheckState.Checked if on else Qt.CheckState.Unchecked).value)
            case _ if role == SECOND_LINE:
                return entry.words
        return None

    def _tip(self, entry: FolderEntry) -> str:
        lines = [str(entry.folder), entry.hint] if self._open(entry) else [self._closed]
        return "\n".join(filter(None, lines))

    @override
    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not self.tickable or role != Qt.ItemDataRole.CheckStateRole:
            return False
        folder = self.entry(index).folder
        if (Qt.CheckState(value) == Qt.CheckState.Checked) != (folder in self.ticks):
            self.ticks ^= {folder}
            self.dataChanged.emit(index, index)
            self.ticked.emit()
        return True

    @override
    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if self.tickable:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsSelectable if self._open(self.entry(index)) else flags

    def _open(self, entry: FolderEntry) -> bool:
        return not self._closed or entry.folder == self._kept
