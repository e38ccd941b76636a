from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from f2v_app.widgets.calm_box import CalmBox
from f2v_app.widgets.knob_editor import KnobEditor, make_editor
from f2v_app.widgets.number_box import FloatBox, IntBox
from f2v_core.config import TrainConfig

KNOBS = {each.name: each for each in TrainConfig.knobs()}


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("batch", IntBox, 7),
        ("learning_rate", FloatBox, 5e-4),
        ("prior", CalmBox, "standard"),
        ("augment", QCheckBox, False),
        ("start_from", QLineEdit, "cvae"),
    ],
)
def test_each_kind_shows_a_value_without_calling_it_an_edit(qtbot, parent, name, kind, value) -> None:
    editor = make_editor(KNOBS[name], "Words", parent)
    assert isinstance(editor.widget, kind)
    assert editor.widget.accessibleName() == "Words"
    with qtbot.assertNotEmitted(editor.edited):
        editor.set_value(value)
    assert editor.value() == value


def test_every_edit_is_told(qtbot: Any, parent: QWidget) -> None:
    def edited(name: str, act: Any) -> Any:
        editor = make_editor(KNOBS[name], name, parent)
        with qtbot.waitSignal(editor.edited):
            act(editor.widget)
        return editor.value()

    assert edited("batch", lambda box: box.setValue(9)) == 9
    assert edited("ema", lambda box: box.setValue(0.5)) == 0.5
    assert edited("cosine", lambda box: box.click()) is True
    assert edited("device", lambda box: (box.setCurrentText("cpu"), box.activated.emit(1))) == "cpu"
    assert edited("start_from", lambda line: (line.setText(" a "), line.editingFinished.emit())) == "a"


@pytest.mark.parametrize("name", [name for name, each in KNOBS.items() if each.choices])
def test_no_choice_is_cut(parent: QWidget, name: str) -> None:
    box = make_editor(KNOBS[name], name, parent).widget
    assert isinstance(box, CalmBox)
    box.resize(box.width(), box.sizeHint().height())
    for index in range(box.count()):
        box.setCurrentIndex(index)
        assert box.shown_text() == box.currentText()


def test_numbers_keep_their_range_and_unit(parent: QWidget) -> None:
    box = make_editor(KNOBS["batch"], "Batch", parent).widget
    assert isinstance(box, IntBox)
    assert (box.minimum(), box.maximum(), box.suffix()) == (1, 4096, " clips")


def test_an_editor_of_no_kind_has_no_value(parent: QWidget) -> None:
    bare = KnobEditor(QWidget(parent), "Bare")
    with pytest.raises(NotImplementedError):
        bare.value()
    with pytest.raises(NotImplementedError):
        bare.set_value(1)
