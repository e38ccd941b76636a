"""A list of the folders of one kind: read, searched, chosen from, opened in the file manager, moved to the trash."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.folder_files import show_folder
from f2v_app.widgets.folder_model import FolderEntry, FolderModel
from f2v_app.widgets.folder_search import FolderSearch
from f2v_app.widgets.folder_trash import TrashDialog
from f2v_app.widgets.folder_view import FolderView

MANY = 8
"""More rows than these can be searched."""


class HasFolder(Protocol):
    """What a kind of folder knows of one."""

    @property
    def folder(self) -> Path:
        """Where it lies."""


Row = TypeVar("Row", bound=HasFolder)


class FolderList(QWidget, Generic[Row]):
    """What lists of reports, datasets and runs have in common; each says what its rows are.

    Attributes:
        view: the rows.
        busy: the folder that the page works on; None: any may be chosen.

    Signals:
        chosen: the user chose a folder, or the one beside it went to the trash; it.
        listed: the folders were read; a list of rows.
        removed: the user moved a folder to the trash; it.
        ticked: other rows are ticked than before.
    """

    chosen = Signal(object)
    listed = Signal(object)
    removed = Signal(object)
    ticked = Signal()

    def __init__(
        self, heading: str, invitation: str, parent: QWidget | None = None, *, tickable: bool = False
    ) -> None:
        """`invitation` stands where there are none; `tickable` rows have a box, to pick several."""
        super().__init__(parent)
        self.busy: Path | None = None
        self._wanted: Path | None = None
        self._rows: dict[Path, Row] = {}
        self._invitation = invitation
        self._background = Background(self)
        self._background.answered.connect(self._on_read)
        self._heading = QLabel(heading, self)
        self._model = FolderModel(self, tickable=tickable)
        self.view = FolderView(self._model, self)
        self.view.setAccessibleName(heading)
        self._search = FolderSearch(self.view, self)
        self._empty = QLabel(invitation, self, wordWrap=True)
        theme.set_role(self._empty, "muted")
        self.head, self.foot = QHBoxLayout(), QHBoxLayout()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for label in (self._heading, self._empty):
            label.setIndent(theme.S)
        self.head.setSpacing(theme.S)
        self.head.addWidget(self._heading, stretch=1)
        self.head.addWidget(self._search, stretch=3)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.S)
        column.setSpacing(theme.S)
        column.addLayout(self.head)
        column.addWidget(self._empty)
        column.addWidget(self.view, stretch=1)
        column.addStretch(0)
        column.addLayout(self.foot)

    def _connect(self) -> None:
        self.view.marked.connect(self._on_marked)
        self.view.activated.connect(lambda index: self._choose(self._model.entry(index).folder))
        self.view.menu_wanted.connect(self._on_menu)
        self.view.remove_wanted.connect(self.ask_to_remove)
        self._model.modelReset.connect(lambda: self.view.mark(self._wanted))
        self._model.ticked.connect(self.ticked)
        self._search.textChanged.connect(lambda _text: self._on_searched())

    def _finds(self, event: QEvent) -> bool:
        """Whether a key asks for the search, and there is one."""
        wanted = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Find)
        return wanted and not self._search.isHidden()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._finds(event):
            event.accept()  # before a page's own search, with which a shortcut would be ambiguous
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._finds(event):
            self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def _question(self) -> Callable[[], Sequence[Row]]:
        """What reads the rows; it is called in a thread."""
        raise NotImplementedError

    def _entry(self, row: Row) -> FolderEntry:
        """How a row is shown."""
        raise NotImplementedError

    def _loss(self) -> str:
        """What is lost, and what is not, with a folder that goes to the trash."""
        raise NotImplementedError

    def _check(self, folder: Path) -> None:
        """Raise an F2vError where the folder must stay because somebody works in it; called in a thread."""

    def _add_actions(self, menu: QMenu, folder: Path) -> None:
        """Offer what else can be done with a folder."""

    def refresh(self) -> None:
        """Read the folders anew; `listed` tells when they are there."""
        self._background.ask(self._question())

    @property
    def rows(self) -> list[Row]:
        """What is known of the folders, in their order."""
        return list(self._rows.values())

    @property
    def compared(self) -> list[Row]:
        """The rows that are ticked."""
        return [row for folder, row in self._rows.items() if folder in self._model.ticks]

    def row(self, folder: Path) -> Row:
        """What is known of a folder that is listed."""
        return self._rows[folder]

    def select(self, folder: Path | None) -> None:
        """Mark a folder as the one that is shown, now or once it is listed; `chosen` is not emitted."""
        self._wanted = folder
        self.view.mark(folder)

    def set_busy(self, folder: Path | None, reason: str) -> None:
        """While a page works on `folder`, let no other be chosen, for this `reason`; None lets all be chosen."""
        self.busy = folder
        self._model.close_all_but(folder, reason if folder else "")
        self.view.set_choosing(possible=folder is None)

    def ask_to_remove(self, folder: Path) -> None:
        """Ask whether a folder shall go to the trash, or say why it cannot."""
        dialog = TrashDialog(folder, self._loss(), self._check, self)
        dialog.moved.connect(lambda: self._on_removed(folder))
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()

    def menu(self, folder: Path) -> QMenu:
        """What can be done with a folder."""
        menu = QMenu(self)
        menu.addAction(self.tr("Open folder"), lambda: show_folder(folder))
        self._add_actions(menu, folder)
        menu.addSeparator()
        remove = menu.addAction(self.tr("Move to trash…"), lambda: self.ask_to_remove(folder))
        remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        return menu

    def _on_menu(self, folder: Path, place: QPoint) -> None:
        menu = self.menu(folder)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _on_read(self, rows: Sequence[Row]) -> None:
        self._rows = {row.folder: row for row in rows}
        self._show_rows()
        self.listed.emit(rows)

    def _show_rows(self) -> None:
        self._model.show_entries([self._entry(row) for row in self._rows.values()])
        self._search.setVisible(self._model.total > MANY)
        self._on_searched()

    def _on_searched(self) -> None:
        self._model.search(self._search.text() if self._model.total > MANY else "")
        found = self._model.rowCount() > 0
        self._empty.setText(self.tr("None is like that.") if self._model.total else self._invitation)
        self._empty.setHidden(found)
        self.view.setVisible(found)

    def _on_marked(self, folder: Path) -> None:
        if folder != self._wanted:
            self._choose(folder)

    def _choose(self, folder: Path) -> None:
        if self.busy is None:
            self._wanted = folder
            self.chosen.emit(folder)

    def _on_removed(self, folder: Path) -> None:
        self.leave_out(folder)
        self.refresh()

    def follow(self, folder: Path, row: Row) -> None:
        """Show a folder that is called otherwise now: its row, chosen and ticked as it was."""
        self._rows = {row.folder if each == folder else each: self._rows[each] for each in self._rows}
        self._rows[row.folder] = row
        self._wanted = row.folder if self._wanted == folder else self._wanted
        self._model.move_tick(folder, row.folder)
        self._show_rows()

    def leave_out(self, folder: Path) -> None:
        """Show a folder no longer; where it was the chosen one, choose the next one after `removed`."""
        after = self._model.neighbour(folder)
        was_chosen = folder == self._wanted
        self._rows.pop(folder, None)
        self._wanted = None if was_chosen else self._wanted
        self._show_rows()
        self.removed.emit(folder)
        if was_chosen and after is not None:
            self.select(after)
            self._choose(after)
