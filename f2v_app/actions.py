"""One table of what keys do: shortcuts, tooltips, the help overlay and the tests read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QWidget


@dataclass(frozen=True)
class Entry:
    """One row of the table.

    Attributes:
        name: how code asks for it.
        group, text: what a person reads, in English.
        keys: key sequences in Qt's portable spelling; the first is the one that tooltips show.
    """

    name: str
    group: str
    text: str
    keys: tuple[str, ...]


TABLE = (
    Entry("play", "Player", "Play or pause", ("Space", "K")),
    Entry("shuttle_forward", "Player", "Play forward; again: faster", ("L",)),
    Entry("shuttle_back", "Player", "Play backward; again: faster", ("J",)),
    Entry("next", "Player", "Next frame", ("Right", ".")),
    Entry("previous", "Player", "Previous frame", ("Left", ",")),
    Entry("next_ten", "Player", "Ten frames on", ("Shift+Right",)),
    Entry("previous_ten", "Player", "Ten frames back", ("Shift+Left",)),
    Entry("first", "Player", "First image", ("Home",)),
    Entry("last", "Player", "Last image", ("End",)),
    Entry("loop", "Player", "Loop", ("Ctrl+L",)),
    Entry("ping_pong", "Player", "Play there and back", ("Ctrl+B",)),
    Entry("range_in", "Player", "Play from here", ("I",)),
    Entry("range_out", "Player", "Play up to here", ("O",)),
    Entry("range_clear", "Player", "Play the whole clip", ("X",)),
    Entry("grid", "Compare", "Side by side", ("G",)),
    Entry("wipe", "Compare", "Wipe between a clip and the reference", ("W",)),
    Entry("difference", "Compare", "Difference to the reference", ("D",)),
    Entry("flip", "Compare", "Flip to the reference and back", ("F",)),
    Entry("onion", "Compare", "Both on top of each other", ("B",)),
    Entry("sheet", "Compare", "Contact sheet", ("C",)),
    Entry("sides", "Compare", "Change the two sides", ("S",)),
    *(
        Entry(f"pane_{number}", "Compare", f"Show pane {number} alone; hold to peek", (str(number),))
        for number in range(1, 10)
    ),
    Entry("fit", "Pictures", "Fit the pictures into their panes", ("Ctrl+0",)),
    Entry("actual", "Pictures", "One pixel of the picture to one of the screen", ("Ctrl+1",)),
    Entry("paste", "Pictures", "Paste a picture", ("Ctrl+V",)),
    Entry("swap", "Pictures", "Swap first and last", ("Ctrl+Shift+S",)),
    Entry("generate", "Work", "Generate, or evaluate", ("Ctrl+Return",)),
    Entry("cancel", "Work", "Cancel", ("Ctrl+.",)),
    Entry("export", "Work", "Export", ("Ctrl+E",)),
    Entry("search", "Work", "Search the settings of a training", ("Ctrl+F", "/")),
    Entry("help", "Work", "This overview", ("F1", "?")),
)
"""Everything that has a key."""

_PRESS = {Qt.Key.Key_Space, Qt.Key.Key_Select}
_MOVE = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}


def entry(name: str) -> Entry:
    """The row of that name."""
    return next(each for each in TABLE if each.name == name)


def translated(text: str) -> str:
    """A text of the table in the user's language."""
    return QCoreApplication.translate("actions", text)


def keys_text(each: Entry) -> list[str]:
    """The row's keys as this system writes them."""
    return [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in each.keys]


def hint(text: str, name: str) -> str:
    """A tooltip: what a control does, and its key."""
    return f"{text} ({keys_text(entry(name))[0]})"


def key_of(event: QKeyEvent) -> str:
    """The name of the row that has the pressed or released key; empty where none has."""
    pressed = QKeySequence(event.keyCombination())
    return next((each.name for each in TABLE if pressed in map(QKeySequence, each.keys)), "")


def add_actions(widget: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Give a widget the actions that `handlers` names; they work in its window while it is visible."""
    made = {}
    for name, handler in handlers.items():
        row = entry(name)
        action = QAction(translated(row.text), widget)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.triggered.connect(lambda _checked=False, call=handler: call())
        widget.addAction(action)
        made[name] = action
    return made


def needs_key(focused: QWidget | None, key: int) -> bool:
    """Whether the focused control wants a key for itself that the table gives to the player.

    Space presses a focused button; arrows, Home and End move a focused slider or choose in a box.
    """
    if isinstance(focused, QComboBox):
        return key in _PRESS | _MOVE
    return key in (_PRESS if isinstance(focused, QAbstractButton) else _MOVE) and isinstance(
        focused, QAbstractButton | QAbstractSlider
    )
