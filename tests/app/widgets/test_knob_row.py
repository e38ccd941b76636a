from typing import Any

import pytest
from PySide6.QtWidgets import QGridLayout, QWidget

from f2v_app.widgets.knob_row import KnobRow
from f2v_core.config import TrainConfig

KNOBS = {each.name: each for each in TrainConfig.knobs()}


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def row(parent: QWidget) -> KnobRow:
    made = KnobRow(KNOBS["batch"], parent)
    made.place(QGridLayout(parent), 0)
    made.show(16, 16, changed=False)
    return made


def test_a_changed_value_is_marked_by_a_way_back_and_told(row: KnobRow) -> None:
    assert row.reset.isHidden()
    assert row.editor.widget.accessibleDescription() == "clips"
    row.show(7, 16, changed=True)
    assert not row.reset.isHidden()
    assert row.reset.toolTip() == "Back to 16"
    assert row.reset.accessibleName() == "Reset Batch"
    assert row.editor.widget.accessibleDescription() == "clips, changed"


def test_the_tooltip_tells_default_range_and_the_name_for_the_terminal(row: KnobRow) -> None:
    told = row.editor.widget.toolTip()
    assert told == row.label.toolTip()
    assert told.splitlines()[1:] == ["Default: 16 clips", "From 1 to 4096 clips", "Name: batch"]


def test_a_hidden_row_keeps_no_room_for_its_button(row: KnobRow) -> None:
    row.show(7, 16, changed=True)
    row.set_hidden(hidden=True)
    assert row.reset.isHidden()
    assert not row.reset.sizePolicy().retainSizeWhenHidden()
    row.set_hidden(hidden=False)
    assert not row.reset.isHidden()


def test_the_editor_has_the_focus_when_the_button_is_gone(qtbot: Any, parent: QWidget, row: KnobRow) -> None:
    row.show(7, 16, changed=True)
    with qtbot.waitActive(parent):
        parent.show()
        parent.activateWindow()
    row.reset.setFocus()
    row.reset.click()
    row.show(16, 16, changed=False)
    assert parent.focusWidget() is row.editor.widget


def test_is_found_by_label_name_help_group_and_choices(parent: QWidget) -> None:
    words = KnobRow(KNOBS["lambda1"], parent).words
    assert all(part in words for part in ("reconstruction (λ1)", "lambda1", "objective (1)", "weight"))
    assert "relativistic" in KnobRow(KNOBS["adversary"], parent).words
