"""The overview of all keys, made from the table of actions."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.actions import TABLE, keys_text, translated


class HelpDialog(QDialog):
    """What each key does, group by group."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.XL)
        grid.setVerticalSpacing(theme.XS)
        for group, entries in groupby(TABLE, lambda each: each.group):
            heading = QLabel(translated(group), self)
            theme.set_role(heading, "muted")
            heading.setContentsMargins(0, theme.M if grid.count() else 0, 0, 0)
            grid.addWidget(heading, grid.rowCount(), 0)
            for each in entries:
                row = grid.rowCount()
                grid.addWidget(QLabel(translated(each.text), self), row, 0)
                grid.addWidget(QLabel(self.tr(" or ").join(keys_text(each)), self), row, 1)
        close = QPushButton(self.tr("Close"), self)
        close.setAccessibleName(close.text())
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.L)
        title = QLabel(self.windowTitle(), self)
        title.setFont(theme.title_font())
        column.addWidget(title)
        column.addLayout(grid)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
