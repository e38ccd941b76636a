from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from f2v_app.widgets.number_box import IntBox
from f2v_app.widgets.preset_field import PresetField
from f2v_app.widgets.quality_field import QualityField
from f2v_app.widgets.run_name import name_problem
from f2v_app.widgets.train_settings import TrainSettings
from f2v_core.config import train_preset
from f2v_core.config.named import named_preset
from f2v_core.runs.state import RunState
from tests.app.train_forms import named, words
from tests.datasets import squares, write_dataset

RATE = 100.0
"""GFLOP a second of the machine that the tests pretend to have."""


def clock() -> datetime:
    return datetime(2026, 11, 23, 12, 0)


@pytest.fixture
def settings(qtbot: Any, tmp_path: Path) -> TrainSettings:
    made = TrainSettings(tmp_path, clock, lambda folder: f"{folder.name}: good.", measure=lambda: RATE)
    qtbot.addWidget(made)
    return made


def choose(settings: TrainSettings, name: str) -> None:
    settings.findChild(PresetField).press(name)


def use_folder(qtbot: Any, settings: TrainSettings, folder: Path) -> None:
    with qtbot.waitSignal(settings.data.checked):
        settings.data.set_path(str(folder))


def expert(settings: TrainSettings) -> TrainSettings:
    settings.set_mode("expert")
    settings.form.finish()
    return settings


def test_makes_the_preset_that_is_chosen(settings: TrainSettings) -> None:
    assert settings.config() == train_preset("cvae", "motion")
    for name in ("poster-erupting-cgan", "recurrent-cgan-l", "quick-try"):
        choose(settings, name)
        assert settings.config() == named_preset(name).config()


def test_a_preset_is_taken_as_it_is(settings: TrainSettings) -> None:
    settings.draft.set("batch", 3)
    choose(settings, "motion-cgan-m")
    assert settings.config() == train_preset("cgan", "motion", "M")


def test_quality_is_a_number_of_steps(settings: TrainSettings) -> None:
    quality = settings.findChild(QualityField)
    quality.press("long")
    assert settings.config() == named_preset("motion-cvae-s").config("long")
    settings.draft.set("steps", 77)
    assert quality.value == ""
    assert "77 steps, as set under Expert." in words(settings)
    quality.press("short")
    assert settings.config().steps == 1000


def test_other_networks_keep_what_the_user_changed(settings: TrainSettings) -> None:
    expert(settings)
    named(settings, IntBox, "Batch").setValue(3)
    named(settings, IntBox, "Steps").setValue(77)
    settings.draft.set("model", "cgan")
    assert settings.config() == train_preset("cgan", "motion", batch=3, steps=77)


def test_simple_says_what_is_changed_beyond_it_and_takes_it_back(qtbot: Any, settings: TrainSettings) -> None:
    assert "changed" not in words(settings)
    settings.draft.set("batch", 3)
    settings.draft.set("steps", 77)
    assert "1 expert setting changed." in words(settings)
    settings.draft.set("seed", 3)
    assert "2 expert settings changed." in words(settings)
    with qtbot.waitSignal(settings.expert_wanted):
        named(settings, QPushButton, "Show the changed settings").click()
    named(settings, QPushButton, "Reset the changed settings").click()
    assert settings.config() == train_preset("cvae", "motion", steps=77)  # that can be seen and changed there


def test_expert_resets_everything(settings: TrainSettings) -> None:
    expert(settings).draft.set("steps", 77)
    assert "changed" not in words(settings)  # it would move what is being edited
    settings.reset()
    assert settings.config() == train_preset("cvae", "motion")


def test_the_modes_show_the_same_settings_otherwise(settings: TrainSettings) -> None:
    quality, preset = settings.findChild(QualityField), settings.findChild(PresetField)
    assert (settings.mode, settings.form.isHidden(), quality.isHidden()) == ("simple", True, False)
    expert(settings)
    assert (settings.mode, settings.form.isHidden(), quality.isHidden()) == ("expert", False, True)
    settings.narrow(narrowed=True)
    assert preset.isHidden()
    settings.set_mode("simple")
    assert not preset.isHidden()


def test_suggested_name_follows_until_the_user_gives_one(settings: TrainSettings, tmp_path: Path) -> None:
    assert settings.run_folder == tmp_path / "cvae-motion-2026-11-23-1"
    (tmp_path / "cgan-motion-2026-11-23-1").mkdir()
    choose(settings, "motion-cgan-s")
    assert settings.run_folder.name == "cgan-motion-2026-11-23-2"
    named(settings, QLineEdit, "Run name").setText("mine")
    choose(settings, "motion-cvae-s")
    assert settings.run_folder.name == "mine"


def test_is_ready_once_there_are_videos(qtbot: Any, settings: TrainSettings, tmp_path: Path) -> None:
    assert not settings.ready()
    use_folder(qtbot, settings, tmp_path)
    assert settings.ready()
    assert settings.config().data == str(tmp_path)


def test_a_bad_name_is_told_in_its_place(qtbot: Any, settings: TrainSettings, tmp_path: Path) -> None:
    use_folder(qtbot, settings, tmp_path)
    (tmp_path / "taken").mkdir()
    named(settings, QLineEdit, "Run name").setText("taken")
    assert not settings.ready()
    assert any("There is a run of this name" in each.text() for each in settings.findChildren(QLabel))


@pytest.mark.parametrize("name", ["", "a/b", "..", ".hidden", "x" * 101, "a\nb"])
def test_names_that_no_folder_can_have(tmp_path: Path, name: str) -> None:
    assert name_problem(tmp_path, name)


def test_stands_as_another_run(qtbot: Any, settings: TrainSettings, tmp_path: Path) -> None:
    config = train_preset("cgan", "recurrent", "M", data=str(tmp_path), steps=77, seed=5)
    with qtbot.waitSignal(settings.data.checked):
        settings.take(config)
    assert settings.config() == config
    assert settings.draft.changes == {"steps": 77, "seed": 5}


def test_the_estimate_gets_better_once_the_machine_has_trained(qtbot: Any, settings: TrainSettings) -> None:
    assert "How long it takes is being worked out." in words(settings)
    with qtbot.waitSignal(settings._machine.answered), qtbot.waitExposed(settings):
        settings.show()
    assert "on the processor" in words(settings)
    assert settings.estimate.ground == "machine"
    choose(settings, "recurrent-cvae-s")
    settings.learn(train_preset("cvae", "motion"), RunState("training", step=10, rate=2.1))
    assert "Estimated from your last run, of another kind." in words(settings)
    choose(settings, "motion-cvae-s")
    assert "About 32 min on this machine" in words(settings)
    assert "Measured in your last run of this kind." in words(settings)


def test_the_estimate_counts_the_clips_of_a_dataset(
    qtbot: Any, settings: TrainSettings, tmp_path: Path
) -> None:
    assert "At least 670 MB of memory" in words(settings)
    dataset = tmp_path / "dataset"
    write_dataset(dataset, squares(train=8, val=2))
    with qtbot.waitSignal(settings._looker.answered):
        settings.data.set_path(str(dataset))
    assert settings.estimate.data_mb > 0
    assert "4000 steps: each clip is seen 8000 times." in words(settings)
    with qtbot.waitSignal(settings._looker.answered):
        settings.data.set_path(str(tmp_path))  # videos, of which nothing is known yet
    assert not settings.estimate.knows_data
