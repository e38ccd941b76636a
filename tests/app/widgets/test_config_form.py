from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QToolButton, QWidget

from f2v_app.widgets.config_form import ConfigForm
from f2v_app.widgets.knob_words import label_of, plain, tooltip_of
from f2v_app.widgets.number_box import FloatBox, IntBox
from f2v_core.config import TrainConfig, train_preset

KNOBS = {each.name: each for each in TrainConfig.knobs()}


@pytest.fixture
def form(qtbot: Any) -> ConfigForm:
    made = ConfigForm(TrainConfig.knobs(), train_preset("cvae", "motion").to_json())
    qtbot.addWidget(made)
    return made


def named(form: ConfigForm, kind: type[QWidget], name: str) -> Any:
    return next(each for each in form.findChildren(kind) if each.accessibleName() == name)


def test_shows_every_default(form: ConfigForm) -> None:
    assert form.values() == train_preset("cvae", "motion").to_json()
    assert form.changes() == {}


def test_every_control_has_a_name_and_a_tooltip(form: ConfigForm) -> None:
    for kind in (IntBox, FloatBox, QComboBox, QCheckBox):
        for each in form.findChildren(kind):
            assert each.accessibleName(), each
            assert "Default: " in each.toolTip()


@pytest.mark.parametrize(
    ("name", "value"), [("batch", 7), ("learning_rate", 5e-4), ("augment", False), ("ends_norm", "squared")]
)
def test_what_the_user_edits_is_a_change(qtbot: Any, form: ConfigForm, name: str, value: Any) -> None:
    with qtbot.waitSignal(form.changed):
        edit(form, label_of(KNOBS[name]), value)
    assert form.changes() == {name: value}
    assert form.values()[name] == value


def edit(form: ConfigForm, label: str, value: Any) -> None:
    if isinstance(value, bool):
        named(form, QCheckBox, label).click()
    elif isinstance(value, int):
        named(form, IntBox, label).setValue(value)
    elif isinstance(value, float):
        named(form, FloatBox, label).setValue(value)
    else:
        box = named(form, QComboBox, label)
        box.setCurrentText(value)
        box.activated.emit(box.currentIndex())


def test_text_is_taken_when_editing_ends(qtbot: Any, form: ConfigForm) -> None:
    line = named(form, QLineEdit, "Start from")
    line.setText(" cvae ")
    line.editingFinished.emit()
    assert form.changes() == {"start_from": "cvae"}


def test_reset_shows_only_where_something_changed(qtbot: Any, form: ConfigForm) -> None:
    reset = named(form, QToolButton, "Reset Batch")
    assert reset.isHidden()
    named(form, IntBox, "Batch").setValue(7)
    assert not reset.isHidden()
    assert reset.toolTip() == "Back to 16"
    with qtbot.waitSignal(form.changed):
        reset.click()
    assert form.changes() == {}
    assert reset.isHidden()
    assert named(form, IntBox, "Batch").value() == 16


def test_typing_the_default_is_no_change(form: ConfigForm) -> None:
    named(form, IntBox, "Batch").setValue(7)
    named(form, IntBox, "Batch").setValue(16)
    assert form.changes() == {}


def test_another_preset_keeps_what_the_user_changed(form: ConfigForm) -> None:
    named(form, IntBox, "Batch").setValue(7)
    poster = train_preset("cgan", "poster").to_json()
    form.set_defaults(poster)
    assert form.values() == {**poster, "batch": 7}
    form.reset("batch")
    assert form.values()["batch"] == 100


def test_values_from_elsewhere_stand_as_if_the_user_had_set_them(form: ConfigForm) -> None:
    wanted = {**form.values(), "batch": 7}
    form.set_values(wanted)
    assert form.changes() == {"batch": 7}
    assert form.values() == wanted
    form.reset("batch")
    assert form.values() == train_preset("cvae", "motion").to_json()


def test_hidden_knobs_come_back(form: ConfigForm) -> None:
    named(form, FloatBox, "Learning rate").setValue(0.5)
    form.hide_knobs({"learning_rate"})
    assert named(form, FloatBox, "Learning rate").isHidden()
    assert named(form, QToolButton, "Reset Learning rate").isHidden()
    form.hide_knobs(())
    assert not named(form, FloatBox, "Learning rate").isHidden()
    assert not named(form, QToolButton, "Reset Learning rate").isHidden()


def test_tooltip_tells_help_default_and_range() -> None:
    assert (
        tooltip_of(KNOBS["batch"], 12)
        == "How many clips a step sees.\nDefault: 12 clips\nFrom 1 to 4096 clips"
    )
    assert tooltip_of(KNOBS["start_from"], "").endswith("Default: empty")
    assert (plain(True), plain(False), plain(1e-3), plain("cpu")) == ("on", "off", "0.001", "cpu")
