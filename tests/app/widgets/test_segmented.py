from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from f2v_app.actions import add_actions
from f2v_app.widgets.segmented import Segmented
from tests.app.train_forms import named


@pytest.fixture
def choice(qtbot: Any) -> Segmented:
    made = Segmented(
        "Size", [("s", "Small", "Tiny"), ("m", "Medium", "Middling"), ("l", "Large", "Much")], None
    )
    qtbot.addWidget(made)
    return made


def test_begins_with_the_first(choice: Segmented) -> None:
    assert choice.value == "s"


def test_the_users_choice_is_told_but_that_of_code_is_not(qtbot: Any, choice: Segmented) -> None:
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_value("m")
    assert choice.value == "m"
    with qtbot.waitSignal(choice.chosen) as told:
        choice.press("l")
    assert (told.args, choice.value) == (["l"], "l")


def test_nothing_may_be_chosen_until_somebody_does(choice: Segmented) -> None:
    choice.set_value("")
    assert choice.value == ""
    choice.press("m")
    assert choice.value == "m"
    choice.press("m")
    assert choice.value == "m"


def test_each_part_has_a_name_and_a_tooltip(choice: Segmented) -> None:
    assert choice.accessibleName() == "Size"
    assert named(choice, QPushButton, "Size: Medium").toolTip() == "Middling"


def test_arrows_move_the_choice_and_the_player_does_not_get_them(qtbot: Any, choice: Segmented) -> None:
    played: list[str] = []
    add_actions(choice, {"next": lambda: played.append("next")})
    with qtbot.waitActive(choice):
        choice.show()
        choice.activateWindow()
    for key, value in (
        (Qt.Key.Key_Right, "m"), (Qt.Key.Key_Down, "l"), (Qt.Key.Key_Right, "l"), (Qt.Key.Key_Left, "m"),
        (Qt.Key.Key_Up, "s"), (Qt.Key.Key_Left, "s"),
    ):  # fmt: skip
        shown = next(b for b in choice.findChildren(QPushButton) if b.isChecked())
        shown.setFocus()
        QTest.keyClick(shown, key)
        assert choice.value == value
    assert played == []


def test_space_presses_the_focused_part(choice: Segmented) -> None:
    QTest.keyClick(named(choice, QPushButton, "Size: Large"), Qt.Key.Key_Space)
    assert choice.value == "l"


def test_tab_enters_where_the_choice_is(choice: Segmented) -> None:
    def stops() -> list[str]:
        tab = Qt.FocusPolicy.TabFocus
        return [b.text() for b in choice.findChildren(QPushButton) if b.focusPolicy() & tab]

    assert stops() == ["Small"]
    choice.set_value("m")
    assert stops() == ["Medium"]
    choice.set_value("")
    assert stops() == ["Small"]
