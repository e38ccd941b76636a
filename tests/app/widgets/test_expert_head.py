from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from f2v_app.widgets.expert_head import ExpertHead
from tests.app.train_forms import named


@pytest.fixture
def head(qtbot: Any) -> ExpertHead:
    made = ExpertHead()
    qtbot.addWidget(made)
    return made


def button(head: ExpertHead, words: str) -> QPushButton:
    return next(each for each in head.findChildren(QPushButton) if each.text().startswith(words))


def test_words_are_looked_for_as_they_are_typed(qtbot: Any, head: ExpertHead) -> None:
    line = named(head, QLineEdit, "Search the settings")
    with qtbot.waitSignal(head.searched) as told:
        QTest.keyClicks(line, "r")
    assert told.args == ["r"]
    assert head.narrowed
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == ""
    assert not head.narrowed


def test_the_tooltip_tells_the_key(head: ExpertHead) -> None:
    assert "Ctrl+F" in named(head, QLineEdit, "Search the settings").toolTip()


def test_changed_ones_are_counted_filtered_and_reset(qtbot: Any, head: ExpertHead) -> None:
    only, reset = button(head, "Changed only"), button(head, "Reset all")
    assert not only.isEnabled()
    assert not reset.isEnabled()
    head.show_changes(2)
    assert only.text() == "Changed only: 2"
    with qtbot.waitSignal(head.filtered) as told:
        only.click()
    assert told.args == [True]
    assert head.narrowed
    with qtbot.waitSignal(head.reset):
        reset.click()
    head.show_changes(0)
    assert only.isEnabled()  # the way back to all
    only.click()
    head.show_changes(0)
    assert not only.isEnabled()


def test_clearing_shows_all_again(head: ExpertHead) -> None:
    head.show_changes(1)
    named(head, QLineEdit, "Search the settings").setText("rate")
    button(head, "Changed only").click()
    head.clear()
    assert not head.narrowed


def test_the_focus_comes_with_all_that_stands_there(qtbot: Any, head: ExpertHead) -> None:
    line = named(head, QLineEdit, "Search the settings")
    line.setText("rate")
    with qtbot.waitActive(head):
        head.show()
        head.activateWindow()
    head.take_focus()
    qtbot.waitUntil(line.hasFocus)
    assert line.selectedText() == "rate"
