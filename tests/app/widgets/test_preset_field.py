from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from f2v_app.widgets.calm_box import CalmBox
from f2v_app.widgets.preset_field import PresetField
from f2v_core.config.named import named_preset, named_presets
from tests.app.train_forms import named, words


@pytest.fixture
def field(qtbot: Any) -> PresetField:
    made = PresetField()
    qtbot.addWidget(made)
    return made


def test_offers_every_preset_with_what_it_is_good_for(field: PresetField) -> None:
    box = named(field, CalmBox, "Preset")
    lines = [(box.itemData(i), box.itemData(i, Qt.ItemDataRole.ToolTipRole)) for i in range(box.count())]
    assert [line for line in lines if line[0]] == [(each.name, each.words) for each in named_presets()]
    groups = len({each.group for each in named_presets()})
    assert len(lines) == len(named_presets()) + groups - 1  # a line between groups


def test_shows_a_preset_without_choosing_it(qtbot: Any, field: PresetField) -> None:
    with qtbot.assertNotEmitted(field.chosen):
        field.tell(named_preset("poster-skiing"))
    box = named(field, CalmBox, "Preset")
    assert box.currentText() == "Poster CVAE, skiing"
    assert "1800 videos" in words(field)
    assert "1800 videos" in box.accessibleDescription()


def test_the_users_choice_is_told_even_if_it_is_the_same(qtbot: Any, field: PresetField) -> None:
    for _ in range(2):
        with qtbot.waitSignal(field.chosen) as told:
            field.press("motion-cgan-m")
        assert told.args == [named_preset("motion-cgan-m")]


def test_changes_are_counted_shown_and_taken_back(qtbot: Any, field: PresetField) -> None:
    assert "changed" not in words(field)
    field.tell_changes(1)
    assert "1 expert setting changed." in words(field)
    field.tell_changes(3)
    assert "3 expert settings changed." in words(field)
    with qtbot.waitSignal(field.expert_wanted):
        named(field, QPushButton, "Show the changed settings").click()
    with qtbot.waitSignal(field.reset):
        named(field, QPushButton, "Reset the changed settings").click()
    field.tell_changes(0)
    assert "changed" not in words(field)
