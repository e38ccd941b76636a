"""A small window with one icon a file, as a file manager shows them: what the end-to-end test drags from."""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

SIDE = 100


class Icon(QLabel):
    def __init__(self, paths: list[str]) -> None:
        super().__init__("\n".join(path.rsplit("/", 1)[-1] for path in paths))
        self.setFixedSize(SIDE, SIDE)
        self.paths = paths

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path) for path in self.paths])
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)


def main() -> int:
    """Arguments: x, y, then one group of files an icon, joined by "|"."""
    app = QApplication(sys.argv[:1])
    window = QWidget(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for group in sys.argv[3:]:
        column.addWidget(Icon(group.split("|")))
    window.setWindowTitle("files to drag")
    window.move(int(sys.argv[1]), int(sys.argv[2]))
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
