from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QValidator, QWheelEvent

from f2v_app.widgets.number_box import FloatBox, IntBox

State = QValidator.State


@pytest.mark.parametrize(
    ("typed", "number"), [("2e-4", 2e-4), ("0,0002", 2e-4), (" 0.5 ", 0.5), ("1", 1.0), ("junk", 0.25)]
)
def test_float_box_reads_what_people_type(qtbot: Any, typed: str, number: float) -> None:
    box = FloatBox(1e-7, 1.0)
    qtbot.addWidget(box)
    box.setValue(0.25)
    assert box.valueFromText(typed) == number


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("0.5 s", State.Acceptable),
        ("0.5", State.Acceptable),
        ("", State.Intermediate),
        ("1e-", State.Intermediate),
        ("7", State.Intermediate),
        ("inf", State.Invalid),
        ("x", State.Invalid),
    ],
)
def test_float_box_judges_what_is_typed(qtbot: Any, typed: str, state: QValidator.State) -> None:
    box = FloatBox(0.1, 1.0, "s")
    qtbot.addWidget(box)
    assert box.validate(typed, 0)[0] == state


@pytest.mark.parametrize(
    ("value", "steps", "then"),
    [
        (0.001, 1, 0.0011),
        (0.001, -1, 0.00099),
        (2e-4, 1, 2.1e-4),
        (0.0, 1, 0.01),
        (0.5, 2, 0.52),
        (0.995, 1, 1.0),
    ],
)
def test_a_step_moves_the_second_digit(qtbot: Any, value: float, steps: int, then: float) -> None:
    box = FloatBox(0.0, 1.0)
    qtbot.addWidget(box)
    box.setValue(value)
    box.stepBy(steps)
    assert box.value() == pytest.approx(then)


@pytest.mark.parametrize(("value", "text"), [(1e-3, "0.001"), (1e-7, "1e-07"), (4.0, "4"), (0.99, "0.99")])
def test_float_box_shows_numbers_short(qtbot: Any, value: float, text: str) -> None:
    box = FloatBox(0.0, 100.0)
    qtbot.addWidget(box)
    assert box.textFromValue(value) == text


def wheel() -> QWheelEvent:
    return QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


@pytest.mark.parametrize("box", [lambda: IntBox(0, 5000, "clips"), lambda: FloatBox(0.0, 10.0)])
def test_wheel_scrolls_the_form_until_the_field_has_the_focus(qtbot: Any, box: Any) -> None:
    field = box()
    qtbot.addWidget(field)
    event = wheel()
    field.wheelEvent(event)
    assert field.value() == 0
    assert not event.isAccepted()
    with qtbot.waitExposed(field):
        field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.wheelEvent(wheel())
    assert field.value() > 0


def test_units_stand_behind_the_number(qtbot: Any) -> None:
    box = IntBox(1, 4096, "clips")
    qtbot.addWidget(box)
    box.setValue(12)
    assert box.text() == "12 clips"
