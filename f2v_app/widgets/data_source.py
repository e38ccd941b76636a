"""What a dataset is made from: a folder of videos, or procedural scenes."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.checks import Checks
from f2v_app.widgets.choice import Choice
from f2v_app.widgets.dataset_files import check_videos
from f2v_app.widgets.folder_field import FolderField
from f2v_app.widgets.knob_editor import WIDTH
from f2v_app.widgets.number_box import IntBox
from f2v_core.config import PrepareConfig
from f2v_core.data.scenes import SCENES


class DataSource(QWidget):
    """Videos or scenes.

    Attributes:
        folder: the videos.

    Signals:
        changed: the user chose otherwise; the folder tells by itself.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = Choice(
            self.tr("Clips from"),
            [
                ("videos", self.tr("Videos"), self.tr("Short pieces of your own videos.")),
                (
                    "scenes",
                    self.tr("Procedural scenes"),
                    self.tr("Simulated eruptions and ski runs: no videos needed."),
                ),
            ],
            self,
        )
        self._kind.changed.connect(self._on_kind)
        self.folder = FolderField(
            self.tr("Videos"),
            self.tr("A folder of videos, or Moments in Time as it is downloaded."),
            check_videos,
            self,
        )
        self._make_scenes()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.L)
        for widget in (self._kind, self.folder, self._scenes):
            column.addWidget(widget)
        self._show_kind()

    def _make_scenes(self) -> None:
        self._scenes = QWidget(self)
        titles = {"erupting": self.tr("Erupting"), "skiing": self.tr("Skiing")}
        tips = {
            "erupting": self.tr("A volcano: plume, lava, glow."),
            "skiing": self.tr("A skier on a slalom run."),
        }
        options = [(name, titles.get(name, name.capitalize()), tips.get(name, "")) for name in SCENES]
        self._names = Checks(self.tr("Scenes"), options, self._scenes)
        self._names.set_value(",".join(SCENES))
        self._names.changed.connect(self.changed)
        self._problem = QLabel(self.tr("Choose at least one scene."), self._scenes)
        self._problem.setFont(theme.small_font())
        theme.set_role(self._problem, "error")
        self._problem.hide()
        self._count = self._count_box()
        caption = QLabel(self.tr("Clips of each"), self._scenes)
        caption.setBuddy(self._count)
        row = QHBoxLayout()
        row.addWidget(caption, stretch=1)
        row.addWidget(self._count)
        column = QVBoxLayout(self._scenes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._names)
        column.addWidget(self._problem)
        column.addLayout(row)

    def _count_box(self) -> IntBox:
        knob = next(each for each in PrepareConfig.knobs() if each.name == "count")
        box = IntBox(int(knob.low or 1), int(knob.high or 1), parent=self._scenes)
        box.setValue(cast("int", knob.default))
        box.setFixedWidth(WIDTH)
        box.setAccessibleName(self.tr("Clips of each scene"))
        box.setToolTip(knob.help)
        return box

    @property
    def scenes(self) -> bool:
        """Whether it is to be scenes."""
        return self._kind.value == "scenes"

    def settings(self) -> dict[str, str | int]:
        """The knobs that say so, by name."""
        if self.scenes:
            return {"scenes": self._names.value, "count": self._count.value()}
        path = self.folder.path
        return {"videos": str(Path(path).expanduser().absolute()) if path else ""}

    def show_config(self, config: PrepareConfig) -> None:
        """Choose what a config says."""
        self._kind.set_value("scenes" if config.scenes else "videos")
        if config.scenes:
            self._names.set_value(config.scenes)
            self._count.setValue(config.count)
        elif config.videos != self.folder.path:
            self.folder.set_path(config.videos)
        self._show_kind()

    def choose_scenes(self) -> None:
        """Choose the scenes, as if the user had."""
        self._kind.set_value("scenes")
        self._on_kind()
        self._count.setFocus()

    def choose_folder(self, path: str) -> None:
        """Choose a folder of videos, as if the user had."""
        self._kind.set_value("videos")
        self._on_kind()
        self.folder.set_path(path)

    def ready(self) -> bool:
        """Whether there is something to make a dataset from; where not, the cause is told in its place."""
        if self.scenes:
            missing = not self._names.value
            self._problem.setVisible(missing)
            if missing:
                self._names.take_focus()
            return not missing
        if not self.folder.good:
            self.folder.complain()
        return self.folder.good

    def _on_kind(self) -> None:
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        self.folder.setVisible(not self.scenes)
        self._scenes.setVisible(self.scenes)
