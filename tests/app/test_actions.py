import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSlider, QWidget

from f2v_app.actions import TABLE, add_actions, entry, hint, keys_text, needs_key


def test_no_key_means_two_things():
    keys = [key for row in TABLE for key in row.keys]
    assert len(keys) == len(set(keys))
    assert all(not QKeySequence(key).isEmpty() for key in keys)


def test_what_people_know_is_there():
    wanted = "Space K J L , . Left Right Shift+Left Shift+Right Home End Ctrl+L F1 ? Ctrl+Return".split()
    assert set(wanted) <= {key for row in TABLE for key in row.keys}


def test_a_key_calls_its_handler(qtbot):
    widget, calls = QWidget(), []
    qtbot.addWidget(widget)
    made = add_actions(widget, {"loop": lambda: calls.append("loop")})
    made["loop"].trigger()
    assert calls == ["loop"]
    assert made["loop"].shortcuts() == [QKeySequence("Ctrl+L")]


def test_tooltips_name_the_first_key(qtbot):
    assert hint("Play", "play") == "Play (Space)"
    assert keys_text(entry("help")) == ["F1", "?"]


@pytest.mark.parametrize(
    ("kind", "key", "needed"),
    [
        (QCheckBox, Qt.Key.Key_Space, True),
        (QCheckBox, Qt.Key.Key_Left, False),
        (QComboBox, Qt.Key.Key_Left, True),
        (QComboBox, Qt.Key.Key_Space, True),
        (QComboBox, Qt.Key.Key_K, False),
        (QSlider, Qt.Key.Key_Home, True),
        (QSlider, Qt.Key.Key_Space, False),
        (QLabel, Qt.Key.Key_Space, False),
    ],
)
def test_a_focused_control_keeps_the_keys_it_needs(qtbot, kind, key, needed):
    widget = kind()
    qtbot.addWidget(widget)
    assert needs_key(widget, key) is needed


def test_without_a_focus_all_keys_are_the_players():
    assert not needs_key(None, Qt.Key.Key_Space)
