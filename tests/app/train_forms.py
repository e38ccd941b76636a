"""What the tests of the training's settings share."""

from typing import Any

from PySide6.QtWidgets import QLabel, QWidget


def named(parent: QWidget, kind: type[QWidget], name: str) -> Any:
    """The control that a screen reader calls so."""
    return next(each for each in parent.findChildren(kind) if each.accessibleName() == name)


def words(parent: QWidget) -> str:
    """All texts that are to be seen where the parent is."""
    return " ".join(each.text() for each in parent.findChildren(QLabel) if each.isVisibleTo(parent))
