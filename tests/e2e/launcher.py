"""Starts the real app and tells, over a pipe, where its controls are: the eyes of the end-to-end test.

One JSON line in ({"name": ..., "kind": ...}), one JSON line out (a list of the visible controls of that name).
"""

import json
import sys
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget


class Eyes(QObject):
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self.answer)
        Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        for line in sys.stdin:
            self.asked.emit(line)

    def answer(self, line: str) -> None:
        query = json.loads(line)
        modal = QApplication.activeModalWidget()
        widgets = modal.findChildren(QWidget) if modal else QApplication.allWidgets()
        found = [describe(widget) for widget in widgets if matches(widget, query)]
        print(json.dumps(found), flush=True)


def matches(widget: QWidget, query: dict[str, str]) -> bool:
    """By accessible name, and by role or class: a screen reader tells Generate the button from Generate the page."""
    if widget.accessibleName() != query["name"] or not widget.isVisible():
        return False
    role = QAccessible.queryAccessibleInterface(widget).role()
    return query["kind"] in {role.name, *(cls.__name__ for cls in type(widget).__mro__)}


def describe(widget: QWidget) -> dict[str, object]:
    corner = widget.mapToGlobal(QPoint(0, 0))
    return {
        "x": corner.x(),
        "y": corner.y(),
        "width": widget.width(),
        "height": widget.height(),
        "enabled": widget.isEnabled(),
        "value": widget.property("value"),
        "text": widget.property("text"),
        "description": widget.accessibleDescription(),
    }


def main() -> int:
    from f2v_app import app, theme

    qt = QApplication(sys.argv[:1])
    theme.apply_theme(qt)
    studio = app.Studio()
    eyes = Eyes()
    studio.open([Path(name) for name in sys.argv[1:]])
    code = qt.exec()
    studio.close()
    eyes.asked.disconnect()
    return code


if __name__ == "__main__":
    sys.exit(main())
