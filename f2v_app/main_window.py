"""The window: header with the pages' buttons, one page at a time, the state of the worker."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from f2v_app import theme
from f2v_app.actions import add_actions, hint, needs_key
from f2v_app.settings import Settings
from f2v_app.widgets.help_menu import HelpMenu

MINIMUM = (1120, 640)
"""The smallest window, in device-independent pixels: a screen of 1280x720 has bars and borders of its own."""

SHARE = 0.8
"""How much of the screen's width and height the window takes at the first start."""


class MainWindow(QMainWindow):
    """Shows pages, each built when it is first shown.

    Attributes:
        help: the menu behind the question mark.

    Signals:
        painted: the window is on the screen for the first time; what can wait begins now.
    """

    painted = Signal()

    def __init__(
        self, pages: dict[str, Callable[[], QWidget]], settings: Settings, may_close: Callable[[], bool]
    ) -> None:
        """`pages` by title, in the order of their buttons; `may_close` may ask the user."""
        super().__init__()
        self._pages, self._settings, self._may_close = pages, settings, may_close
        self._built: dict[str, QWidget] = {}
        self._seen = False
        self.help = HelpMenu(self)
        self._stack = QStackedWidget(self)
        self._group = QButtonGroup(self)
        self._worker = QLabel(self)
        self._worker.setAccessibleName(self.tr("State of the worker"))
        theme.set_role(self._worker, "muted")
        self.setWindowTitle("f2v")
        self.setMinimumSize(*MINIMUM)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self._stack, stretch=1)
        self.setCentralWidget(whole)
        add_actions(self, {"help": self.help.show_keys})
        if not self.restoreGeometry(settings.geometry()):
            self.resize((self.screen().availableSize() * SHARE).expandedTo(self.minimumSize()))
        self.show_page(next(iter(pages)))

    def _header(self) -> QFrame:
        header = QFrame(self)
        theme.set_role(header, "header")
        row = QHBoxLayout(header)
        row.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        row.setSpacing(theme.XS)
        name = QLabel("f2v", header)
        name.setFont(theme.title_font())
        row.addWidget(name)
        row.addSpacing(theme.XL)
        for title in self._pages:
            row.addWidget(self._page_button(title, header))
        row.addStretch()
        row.addWidget(self._worker)
        row.addSpacing(theme.S)
        row.addWidget(self._help_button(header))
        return header

    def _page_button(self, title: str, parent: QWidget) -> QPushButton:
        button = QPushButton(title, parent)
        button.setCheckable(True)
        button.setAutoExclusive(True)  # so that it is a radio button to those who cannot see it
        button.setAccessibleName(title)
        button.setToolTip(self.tr("Show the page {0}").format(title))
        theme.set_role(button, "page")
        button.clicked.connect(lambda: self.show_page(title))
        self._group.addButton(button)
        return button

    def _help_button(self, parent: QWidget) -> QToolButton:
        button = QToolButton(parent)
        theme.set_icon(button, "help")
        theme.set_role(button, "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(self.tr("Help"))
        button.setToolTip(hint(self.tr("Help, and what f2v is"), "help"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self.help)
        return button

    def show_page(self, title: str) -> None:
        """Show a page; the first time, build it."""
        if title not in self._built:
            self._built[title] = self._pages[title]()
            self._stack.addWidget(self._built[title])
        self._stack.setCurrentWidget(self._built[title])
        if not self.isVisible():
            self._built[title].setFocus()  # keys work at once, and no control looks chosen
        for button in self._group.buttons():
            button.setChecked(button.text() == title)

    def show_worker(self, text: str) -> None:
        """Say how the worker is."""
        self._worker.setText(text)

    @override
    def event(self, event: QEvent) -> bool:
        """Leave a key to the focused control where that needs it more than the player does."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and not event.modifiers()
            & Qt.KeyboardModifier.ShiftModifier  # ten frames, whatever has the focus
            and needs_key(QApplication.focusWidget(), event.key())
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self._settings.set_geometry(self.saveGeometry())
        super().closeEvent(event)
