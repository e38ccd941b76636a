from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QRadioButton, QWidget

from f2v_app.widgets.number_box import IntBox
from f2v_app.widgets.run_name import name_problem
from f2v_app.widgets.train_settings import TrainSettings
from f2v_core.config import train_preset


def clock() -> datetime:
    return datetime(2026, 11, 23, 12, 0)


@pytest.fixture
def settings(qtbot: Any, tmp_path: Path) -> TrainSettings:
    made = TrainSettings(tmp_path, clock, lambda folder: f"{folder.name}: good.")
    qtbot.addWidget(made)
    return made


def named(settings: QWidget, kind: type[QWidget], name: str) -> Any:
    return next(each for each in settings.findChildren(kind) if each.accessibleName() == name)


def choose(settings: TrainSettings, name: str) -> None:
    named(settings, QRadioButton, name).click()


def use_folder(qtbot: Any, settings: TrainSettings, folder: Path) -> None:
    with qtbot.waitSignal(settings.data.checked):
        settings.data.set_path(str(folder))


def test_makes_the_preset_that_is_chosen(settings: TrainSettings) -> None:
    assert settings.config() == train_preset("cvae", "motion")
    choose(settings, "CGAN")
    choose(settings, "Poster")
    assert settings.config() == train_preset("cgan", "poster")
    choose(settings, "Recurrent")
    assert settings.config() == train_preset("cgan", "recurrent")


def test_larger_networks_bring_their_own_settings(settings: TrainSettings) -> None:
    choose(settings, "Large")
    assert settings.config() == train_preset("cvae", "motion", "L")
    choose(settings, "Poster")
    assert settings._scale.isHidden()
    assert settings.config() == train_preset("cvae", "poster")
    choose(settings, "Recurrent")
    assert not settings._scale.isHidden()
    assert settings.config() == train_preset("cvae", "recurrent", "L")


def test_keeps_what_the_user_changed_when_the_preset_moves(settings: TrainSettings) -> None:
    named(settings, IntBox, "Batch").setValue(3)
    named(settings, IntBox, "Steps").setValue(77)
    choose(settings, "CGAN")
    assert settings.config() == train_preset("cgan", "motion", batch=3, steps=77)


def test_shows_only_knobs_that_have_an_effect(settings: TrainSettings) -> None:
    assert named(settings, IntBox, "Discriminator's steps").isHidden()
    choose(settings, "CGAN")
    assert not named(settings, IntBox, "Discriminator's steps").isHidden()
    choose(settings, "Poster")
    assert named(settings, IntBox, "Network width").isHidden()


def test_expert_opens_and_closes(settings: TrainSettings) -> None:
    assert settings.form.isHidden()
    settings.expert.button.click()
    assert not settings.form.isHidden()
    settings.expert.button.click()
    assert settings.form.isHidden()


def test_suggested_name_follows_until_the_user_gives_one(settings: TrainSettings, tmp_path: Path) -> None:
    assert settings.run_folder == tmp_path / "cvae-motion-2026-11-23-1"
    (tmp_path / "cgan-motion-2026-11-23-1").mkdir()
    choose(settings, "CGAN")
    assert settings.run_folder.name == "cgan-motion-2026-11-23-2"
    named(settings, QLineEdit, "Run name").setText("mine")
    choose(settings, "CVAE")
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


def test_estimates_the_time_once_the_rate_is_known(settings: TrainSettings) -> None:
    def said(words: str) -> bool:
        return any(words in each.text() for each in settings.findChildren(QLabel))

    assert said("How long that takes is known once it runs.")
    settings.learn_rate(train_preset("cvae", "motion"), 2.1)
    assert said("About 32 min at 2.1 steps/s, as measured before.")
    named(settings, IntBox, "Steps").setValue(6300)
    assert said("About 50 min")
    choose(settings, "Poster")
    assert said("How long that takes is known once it runs.")
