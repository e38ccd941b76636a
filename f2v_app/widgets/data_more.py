"""The rarely used settings of a dataset."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.checks import Checks
from f2v_app.widgets.config_form import ConfigForm
from f2v_app.widgets.folder_field import FolderField
from f2v_app.widgets.text_field import TextField
from f2v_core.config import PrepareConfig, prepare_preset
from f2v_core.errors import DataError
from f2v_core.knobs import Value

KNOBS = ("room", "static_per_video", "split", "val_share", "test_share", "seed")
"""Those that need no field of their own."""
OF_VIDEOS = frozenset({"static_per_video"})
"""Knobs without effect on scenes: not shown with them."""


class DataMore(QWidget):
    """What stands in the fold.

    Signals:
        changed: the user changed a setting.
        root_changed: the folder of all datasets is another; its path.
    """

    changed = Signal()
    root_changed = Signal(str)

    def __init__(self, root: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._root = root
        self._categories = TextField(
            self.tr("Categories"),
            self.tr("Names with commas between, such as erupting, skiing."),
            self.tr("all"),
            self,
        )
        self._pattern = TextField(
            self.tr("Source pattern"),
            self.tr("Regular expression: videos in which it finds the same text stay in one split."),
            self.tr("each file by itself"),
            self,
        )
        self._make_form()
        self._place = FolderField(
            self.tr("Folder of the datasets"),
            self.tr("Each dataset is a new folder in it."),
            _check_root,
            self,
        )
        self._place.set_path(str(root))
        self._lay_out()
        self._connect()

    def _make_form(self) -> None:
        knobs = {each.name: each for each in PrepareConfig.knobs()}
        preset = prepare_preset("windows").to_json()
        self._form = ConfigForm([knobs[name] for name in KNOBS], preset, self)
        titles = {
            "static": (self.tr("Static"), self.tr("Nothing moves in them.")),
            "frozen": (self.tr("Frozen"), self.tr("They end in copies of one frame.")),
            "letterboxed": (self.tr("Letterboxed"), self.tr("They have black bars.")),
        }
        options = [(name, *words) for name, words in titles.items()]
        self._keep = Checks(self.tr("Keep clips that are"), options, self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.L)
        for widget in (self._categories, self._keep, self._form, self._pattern, self._place):
            column.addWidget(widget)

    def _connect(self) -> None:
        for part in (self._categories, self._keep, self._form, self._pattern):
            part.changed.connect(self.changed)
        self._place.checked.connect(self._on_place)

    def values(self, *, scenes: bool) -> dict[str, Value]:
        """The knobs that stand here, by name; for scenes those of videos have their defaults."""
        values = self._form.values()
        if scenes:
            return {name: value for name, value in values.items() if name not in OF_VIDEOS}
        return {
            **values,
            "keep": self._keep.value,
            "categories": self._categories.text,
            "source_pattern": self._pattern.text,
        }

    def set_defaults(self, preset: PrepareConfig) -> None:
        """Take another recipe."""
        self._form.set_defaults(preset.to_json())
        self._keep.set_value(preset.keep)

    def show_config(self, config: PrepareConfig) -> None:
        """Show the settings of a dataset."""
        self._form.set_values(config.to_json())
        self._keep.set_value(config.keep)
        self._categories.set_text(config.categories)
        self._pattern.set_text(config.source_pattern)

    def show_for(self, *, scenes: bool) -> None:
        """Show what has an effect."""
        for widget in (self._categories, self._keep, self._pattern):
            widget.setHidden(scenes)
        self._form.hide_knobs(OF_VIDEOS if scenes else ())

    def set_root(self, root: Path) -> None:
        """Show another folder of datasets; `root_changed` is not emitted."""
        if root != self._root:
            self._root = root
            self._place.set_path(str(root))

    def _on_place(self, good: bool) -> None:
        path = Path(self._place.path).expanduser().absolute()
        if good and path != self._root:
            self._root = path
            self.root_changed.emit(str(path))


def _check_root(folder: Path) -> str:
    """A sentence about a folder that datasets are to lie in.

    Raises:
        DataError: there is something else.
    """
    if folder.is_dir():
        return _tr("Each dataset is a new folder in it.")
    if folder.exists():
        raise DataError(_tr("{0} is not a folder.").format(folder), _tr("Choose one."))
    return _tr("It will be made.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("DataMore", text)
