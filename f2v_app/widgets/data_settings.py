"""The settings of a dataset that is to be made: from what, what its clips look like, its name, and the rest."""

from collections.abc import Collection
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.choice import Choice
from f2v_app.widgets.config_form import ConfigForm
from f2v_app.widgets.data_more import DataMore
from f2v_app.widgets.data_source import DataSource
from f2v_app.widgets.dataset_name import DatasetName
from f2v_app.widgets.fold import Fold
from f2v_core.config import FIXED, PrepareConfig, Recipe, prepare_preset
from f2v_core.data.dataset import is_dataset

PLAIN = ("seconds", "fps", "size", "crop")
"""Knobs that stand above the fold."""
OF_VIDEOS = frozenset({"crop"})
"""Knobs without effect on scenes: not shown with them."""


class DataSettings(QWidget):
    """Everything that a `PrepareConfig` needs, and where the dataset goes.

    Attributes:
        source: videos or scenes.
        name: what the dataset is to be called.
        fold, more: the rarely used settings, and the fold around them.

    Signals:
        changed: the settings or the name are others.
        root_changed: the folder of all datasets is another; its path.
    """

    changed = Signal()
    root_changed = Signal(str)

    def __init__(self, root: Path, parent: QWidget | None = None) -> None:
        """Datasets lie below `root`."""
        super().__init__(parent)
        self.source = DataSource(self)
        self._recipe = self._recipe_choice()
        knobs = {each.name: each for each in PrepareConfig.knobs()}
        preset = prepare_preset("windows")
        self._form = ConfigForm([knobs[name] for name in PLAIN], preset.to_json(), self)
        self.name = DatasetName(root, self)
        self.more = DataMore(root, self)
        self.fold = Fold(self.tr("More"), self.more, self)
        self._lay_out()
        self._connect()
        self._on_changed()

    def _recipe_choice(self) -> Choice:
        windows = self.tr("As many clips as lie within one shot; recommended.")
        poster = self.tr("The first 90 frames, every third: as in 2019.")
        options = [("windows", self.tr("Windows"), windows), ("poster", self.tr("Poster"), poster)]
        return Choice(self.tr("Recipe"), options, self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.L)
        for widget in (self.source, self._recipe, self._form, self.name, self.fold):
            column.addWidget(widget)
        column.addStretch(1)

    def _connect(self) -> None:
        self._recipe.changed.connect(self._on_recipe)
        self.source.folder.checked.connect(self._on_changed)
        for part in (self.source, self._form, self.name, self.more):
            part.changed.connect(self._on_changed)
        self.more.root_changed.connect(self._on_root)

    def config(self) -> PrepareConfig:
        """The settings as they stand."""
        scenes = self.source.scenes
        values = {**self._form.values(), **self.more.values(scenes=scenes), **self.source.settings()}
        recipe: Recipe = "windows" if scenes else self._recipe_of()
        without = self._hidden()
        return prepare_preset(recipe, **{name: v for name, v in values.items() if name not in without})

    def _hidden(self) -> Collection[str]:
        """The settings without an effect as things stand."""
        return OF_VIDEOS if self.source.scenes else FIXED[self._recipe_of()]

    def _recipe_of(self) -> Recipe:
        return cast("Recipe", self._recipe.value)

    @property
    def continues(self) -> bool:
        """Whether an unfinished dataset of these very settings has the name."""
        return self.name.continues(self.config())

    def ready(self) -> bool:
        """Whether preparing can start; where it cannot, the cause is told in its place."""
        if not self.source.ready():
            return False
        problem = self.name.look(self.config())
        if problem:
            self.name.take_focus()
        return not problem

    def show_config(self, config: PrepareConfig, folder: Path) -> None:
        """Show the settings of the dataset that was begun in `folder`, to go on with it."""
        self.name.take(folder)
        self.more.set_root(folder.parent)
        self._recipe.set_value("poster" if config.sampling == "poster" else "windows")
        self._show_recipe()
        self._form.set_values(config.to_json())
        self.more.show_config(config)
        self.source.show_config(config)
        self._on_changed()

    def refresh(self) -> None:
        """Look at the disk again: whether the name is still free, or to be gone on with."""
        if is_dataset(self.name.folder):
            self.name.let_go()
        self._on_changed()

    def _on_recipe(self) -> None:
        self._show_recipe()
        self._on_changed()

    def _show_recipe(self) -> None:
        preset = prepare_preset(self._recipe_of())
        self._form.set_defaults(preset.to_json())
        self.more.set_defaults(preset)

    def _on_root(self, root: str) -> None:
        self.name.root = Path(root)
        self._on_changed()
        self.root_changed.emit(root)

    def _on_changed(self) -> None:
        """Show what has an effect, suggest a name, say whether it will do."""
        scenes, config = self.source.scenes, self.config()
        self._recipe.setHidden(scenes)
        self._form.hide_knobs(self._hidden())
        self.more.show_for(scenes=scenes)
        start = self.tr("scenes") if scenes else Path(self.source.folder.path).name
        self.name.suggest(start or self.tr("videos"), config)
        self.name.look(config)
        self.changed.emit()
