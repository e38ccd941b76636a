"""The Library page: the models on the left, all that is known about one beside them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.actions import add_actions
from f2v_app.settings import Settings
from f2v_app.widgets.background import Background
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.folder_drop import FolderDrop
from f2v_app.widgets.job_bar import JobBar
from f2v_app.widgets.model_files import ModelRow, bring_in, duplicate
from f2v_app.widgets.model_list import ModelList
from f2v_app.widgets.model_view import ModelView
from f2v_core.errors import F2vError
from f2v_core.library import ENDING, ModelCard, export_model, read_card, set_default

WIDTH = 320
"""Of the list, in pixels."""
FOLDER = "library/folder"
"""Where the settings keep the folder of the last export or import."""


class LibraryPage(QWidget):
    """Looks at models, and keeps them in order.

    Attributes:
        models: the list.
        view: what is known about the chosen one.

    Signals:
        changed: models were added, renamed, removed, or are a default now.
        use_wanted: the user wants to generate with a model; its name.
        default_chosen: a model is the default of its kind now; its name.
    """

    changed = Signal()
    use_wanted = Signal(str)
    default_chosen = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.models = ModelList(self)
        self.view = ModelView(self)
        self._bar = JobBar(self)
        self._work = Background(self)
        self._drop = FolderDrop(self, self.view, ENDING)
        self._import = push_button(
            self.tr("Import…"), self, "", self.tr("Add the model in a file to the library; or drop it here")
        )
        self._then: Callable[[object], None] = lambda _answer: None
        self._lay_out()
        self._connect()
        self._bar.say(self.tr("Models can be dropped here: files, model folders, training runs."), "muted")

    def _lay_out(self) -> None:
        side = QFrame(self)
        theme.set_role(side, "side")
        side.setFixedWidth(WIDTH)
        self.models.foot.addWidget(self._import, stretch=1)
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, theme.S)
        inside.addWidget(self.models)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self.view, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, stretch=1)
        column.addWidget(self._bar)

    def _connect(self) -> None:
        models, view = self.models, self.view
        models.chosen.connect(self.show_model)
        models.listed.connect(self._on_listed)
        models.removed.connect(lambda _folder: self.changed.emit())
        models.renamed.connect(self._on_renamed)
        models.problem.connect(self._complain)
        models.duplicate_wanted.connect(self._duplicate)
        for part in (models, view):
            part.use_wanted.connect(lambda folder: self.use_wanted.emit(models.row(folder).card.name))
            part.default_wanted.connect(self._make_default)
            part.export_wanted.connect(self._export)
        self._import.clicked.connect(self._ask_for_file)
        self._drop.dropped.connect(self.bring_in)
        self._work.answered.connect(self._on_done)
        self._work.failed.connect(self._complain)
        add_actions(self, {"export": self._export_shown})

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Look again at what other pages may have made."""
        super().showEvent(event)
        self.models.refresh()

    def show_model(self, folder: Path) -> None:
        """Show all about a model that is listed."""
        self.models.select(folder)
        self.view.show_row(self.models.row(folder))

    def bring_in(self, path: Path) -> None:
        """Add a model's file, a model folder or a run to the library."""
        self._bar.say(self.tr("Importing {0}").format(path.name))
        self._do(lambda: bring_in(path), self._on_added)

    def _do(self, work: Callable[[], object], then: Callable[[object], None]) -> None:
        """Work in a thread; one thing at a time, or the newer would make the older worthless."""
        if self._work.asking:
            self._bar.say(self.tr("Wait until the last one is done."))
            return
        self._then = then
        self._work.ask(work)

    def _on_done(self, answer: object) -> None:
        self._then(answer)

    def _on_listed(self, rows: Sequence[ModelRow]) -> None:
        folders = [row.folder for row in rows]
        if self.view.folder in folders:
            self.show_model(self.view.folder)
        elif rows:
            self.show_model(folders[0])

    def _on_added(self, answer: object) -> None:
        assert isinstance(answer, ModelCard)  # noqa: S101 - what the work above returns
        self._bar.say(self.tr("Added {0}").format(answer.name), "muted")
        self._look_again(answer.folder)

    def _on_renamed(self, folder: Path) -> None:
        self._bar.say(self.tr("Renamed to {0}").format(folder.name), "muted")
        self._look_again(folder)

    def _look_again(self, folder: Path) -> None:
        """Read the models anew, and show one of them once it is listed."""
        self.view.wait_for(folder)
        self.models.refresh()
        self.changed.emit()

    def _make_default(self, folder: Path) -> None:
        card = self.models.row(folder).card

        def told(_answer: object) -> None:
            self._bar.say(self.tr("{0} is the default {1} now").format(card.name, card.kind.upper()), "muted")
            self._look_again(folder)
            self.default_chosen.emit(card.name)

        self._do(lambda: set_default(card), told)

    def _duplicate(self, folder: Path) -> None:
        self._do(lambda: duplicate(folder), self._on_added)

    def _export_shown(self) -> None:
        if self.view.folder is not None:
            self._export(self.view.folder)

    def _export(self, folder: Path) -> None:
        start = self._start() / f"{folder.name}{ENDING}"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Export"), str(start), f"*{ENDING}")
        if not chosen:
            return
        typed = Path(chosen)
        target = typed if typed.suffix == ENDING else Path(f"{typed}{ENDING}")
        self._settings.write(FOLDER, str(target.parent))
        asked = target == typed  # the dialog asked about another name otherwise
        self._bar.say(self.tr("Writing {0}").format(target.name))
        self._do(
            lambda: export_model(read_card(folder), target, force=asked),
            lambda _answer: self._bar.say(self.tr("Written to {0}").format(target), "muted"),
        )

    def _ask_for_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import a model"), str(self._start()), self.tr("Models (*{0})").format(ENDING)
        )
        if chosen:
            self._settings.write(FOLDER, str(Path(chosen).parent))
            self.bring_in(Path(chosen))

    def _start(self) -> Path:
        return Path(self._settings.read(FOLDER, "") or Path.home())

    def _complain(self, error: F2vError) -> None:
        self._bar.say(f"⚠ {error}", "error")
