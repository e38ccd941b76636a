"""Lets a folder be dropped anywhere on a page, and says so with a frame while one is held above it."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from f2v_app import theme


class FolderDrop(QWidget):
    """A frame over one part of the page, seen during a drag; lets the pointer through.

    Attributes:
        active: whether folders are taken at present.

    Signals:
        dropped: a folder, as Path; of a file, the folder that it lies in, unless the page takes such files.
    """

    dropped = Signal(object)

    def __init__(self, page: QWidget, part: QWidget, ending: str = "") -> None:
        """`ending` is that of files which the page takes themselves."""
        super().__init__(part)
        self._ending = ending
        self.active = True
        self._part = part
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter:
                self._on_enter(cast("QDragEnterEvent", event))
            case QEvent.Type.DragLeave:
                self.hide()
            case QEvent.Type.Drop:
                self._on_drop(cast("QDropEvent", event))
            case _:
                return False
        return True

    def _on_enter(self, event: QDragEnterEvent) -> None:
        if self.active and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.setGeometry(self._part.rect())
            self.raise_()
            self.show()
        else:
            event.ignore()

    def _on_drop(self, event: QDropEvent) -> None:
        self.hide()
        path = Path(next(url for url in event.mimeData().urls() if url.isLocalFile()).toLocalFile())
        event.acceptProposedAction()
        itself = not path.is_file() or (self._ending and path.suffix == self._ending)
        self.dropped.emit(path if itself else path.parent)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        inside = self.rect().adjusted(theme.XS, theme.XS, -theme.XS, -theme.XS)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.colors().accent), 2))
            painter.drawRoundedRect(inside, 6, 6)
