from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QRadioButton, QWidget

from f2v_app.widgets.data_settings import DataSettings
from f2v_app.widgets.number_box import FloatBox, IntBox
from f2v_core.config import PrepareConfig, prepare_preset
from tests.app.made_datasets import make_dataset, make_unfinished


class Room:
    def __init__(self, qtbot, folder: Path) -> None:
        self.qtbot, self.root = qtbot, folder / "datasets"
        self.root.mkdir()
        self.videos = folder / "my clips"
        self.videos.mkdir()
        self.settings = DataSettings(self.root)
        qtbot.addWidget(self.settings)
        self.settings.show()

    def named(self, kind: type[QWidget], name: str) -> QWidget:
        return next(each for each in self.settings.findChildren(kind) if each.accessibleName() == name)

    def choose_videos(self) -> None:
        with self.qtbot.waitSignal(self.settings.source.folder.checked):
            self.settings.source.folder.set_path(str(self.videos))

    def config(self, **changes) -> PrepareConfig:
        return PrepareConfig(videos=str(self.videos), **changes)

    @property
    def words(self) -> str:
        return " ".join(each.text() for each in self.settings.findChildren(QLabel) if each.isVisible())


@pytest.fixture
def room(qtbot, tmp_path):
    return Room(qtbot, tmp_path)


def test_it_begins_with_the_recommended_recipe(room):
    assert room.settings.config() == PrepareConfig()
    assert room.settings.name.text == "videos"
    assert not room.settings.ready()
    assert "Choose a folder first." in room.words


def test_videos_give_the_dataset_their_name(room):
    room.choose_videos()
    assert room.settings.config() == room.config()
    assert room.settings.name.folder == room.root / "my clips"
    assert room.settings.ready()


def test_every_control_sets_its_knob(room):
    room.choose_videos()
    room.settings.fold.button.click()
    room.named(FloatBox, "Length of a clip").setValue(1.5)
    room.named(IntBox, "Frame size").setValue(128)
    box = room.named(QComboBox, "Crop")
    box.setCurrentText("full")
    box.activated.emit(1)
    room.named(QLineEdit, "Categories").setText("erupting, skiing")
    room.named(QLineEdit, "Source pattern").setText("(.*)-")
    room.named(QCheckBox, "Keep clips that are: Static").click()
    room.named(QCheckBox, "Room for variation").click()
    room.named(FloatBox, "Share for the test").setValue(0.2)
    assert room.settings.config() == room.config(
        seconds=1.5, size=128, crop="full", categories="erupting, skiing", source_pattern="(.*)-", keep="static",
        room=True, test_share=0.2,
    )  # fmt: skip


def test_the_poster_is_a_recipe(room):
    room.choose_videos()
    room.named(QRadioButton, "Poster").click()
    assert room.settings.config() == prepare_preset("poster", videos=str(room.videos))


def test_what_the_poster_fixes_stays_as_it_is(room):
    room.choose_videos()
    seconds = room.named(FloatBox, "Length of a clip")
    seconds.setValue(2.0)
    room.named(QRadioButton, "Poster").click()
    assert not seconds.isVisible()
    assert room.settings.config() == prepare_preset("poster", videos=str(room.videos))


def test_scenes_need_no_videos(room):
    with room.qtbot.waitSignal(room.settings.changed):
        room.named(QRadioButton, "Procedural scenes").click()
    room.named(IntBox, "Clips of each scene").setValue(20)
    assert room.settings.config() == PrepareConfig(scenes="erupting,skiing", count=20)
    assert room.settings.name.text == "scenes"
    assert not room.named(QComboBox, "Crop").isVisible()
    assert room.settings.ready()


def test_no_scene_is_a_problem(room):
    room.settings.source.choose_scenes()
    for name in ("Erupting", "Skiing"):
        room.named(QCheckBox, f"Scenes: {name}").click()
    assert not room.settings.ready()
    assert "Choose at least one scene." in room.words
    room.named(QCheckBox, "Scenes: Skiing").click()
    assert room.settings.ready()
    assert "Choose at least one scene." not in room.words


def test_the_name_is_suggested_until_it_is_typed(room):
    make_dataset(room.root / "my clips")
    room.choose_videos()
    assert room.settings.name.text == "my clips-2"
    room.named(QLineEdit, "Save as").setText("mine")
    room.settings.source.choose_scenes()
    assert room.settings.name.text == "mine"
    room.settings.source.choose_folder(str(room.videos))
    room.named(QLineEdit, "Save as").setText("my clips")
    assert "There is a dataset of this name" in room.words
    room.qtbot.waitUntil(lambda: room.settings.source.folder.good)
    assert not room.settings.ready()


def test_what_was_begun_is_gone_on_with(room):
    make_unfinished(room.root / "my clips", room.config())
    room.choose_videos()
    assert room.settings.continues
    assert "Continue goes on with it." in room.words
    room.named(IntBox, "Frame size").setValue(32)
    assert room.settings.name.text == "my clips-2"
    assert not room.settings.continues
    room.named(IntBox, "Frame size").setValue(64)
    assert room.settings.name.text == "my clips"
    room.named(QLineEdit, "Save as").setText("my clips")
    room.named(IntBox, "Frame size").setValue(32)
    room.settings.name.take(room.root / "my clips")
    room.settings.refresh()
    assert "of other settings has this name" in room.words


@pytest.mark.parametrize(
    "changes",
    [
        {"seconds": 1.0, "categories": "a", "keep": "frozen", "seed": 7, "source_pattern": "x"},
        {"sampling": "poster", "crop": "stretch", "keep": "static,frozen,letterboxed"},
    ],
)
def test_settings_of_another_dataset_can_be_shown(room, changes):
    config = room.config(**changes)
    folder = make_unfinished(room.root.parent / "elsewhere" / "begun", config)
    with room.qtbot.waitSignal(room.settings.source.folder.checked):
        room.settings.show_config(config, folder)
    assert room.settings.config() == config
    assert room.settings.name.folder == folder
    assert room.settings.continues
    assert room.settings.ready()


def test_settings_of_scenes_can_be_shown(room):
    config = PrepareConfig(scenes="skiing", count=5, seed=3)
    room.settings.show_config(config, make_unfinished(room.root / "hills", config))
    assert room.settings.config() == config
    assert room.settings.continues


def test_a_finished_dataset_lets_go_of_its_name(room):
    room.choose_videos()
    room.named(QLineEdit, "Save as").setText("mine")
    make_dataset(room.root / "mine")
    room.settings.refresh()
    assert room.settings.name.text == "my clips"


def test_datasets_may_lie_elsewhere(room, tmp_path):
    place = room.named(QLineEdit, "Folder of the datasets")
    with room.qtbot.waitSignal(room.settings.root_changed) as changed:
        place.setText(str(tmp_path / "new"))
    assert changed.args == [str(tmp_path / "new")]
    assert room.settings.name.folder == tmp_path / "new" / "videos"
    room.settings.fold.button.click()
    room.qtbot.waitUntil(lambda: "It will be made." in room.words)
    (tmp_path / "file").touch()
    place.setText(str(tmp_path / "file"))
    room.qtbot.waitUntil(lambda: "file is not a folder. Choose one." in room.words)
    assert room.settings.name.root == tmp_path / "new"


def test_every_control_has_a_name(room):
    for kind in (IntBox, FloatBox, QComboBox, QCheckBox, QRadioButton):
        for each in room.settings.findChildren(kind):
            assert each.accessibleName(), each
