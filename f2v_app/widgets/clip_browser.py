"""The clips of a dataset: which ones, in what order, and how many that are."""

from typing import Any, cast

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.clip_grid import NOTHING, ClipGrid
from f2v_app.widgets.clip_table import ClipTable, Order, Wanted
from f2v_app.widgets.data_words import flag_words
from f2v_app.widgets.elided_box import ElidedBox
from f2v_app.widgets.run_state import count
from f2v_app.widgets.splits import SPLITS, split_name
from f2v_core.data.records import FLAGS

WIDEST = 180
"""Pixels of a filter at most."""


class ClipBrowser(QWidget):
    """Filters over a grid.

    Attributes:
        grid: the clips.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: ClipTable | None = None
        self.grid = ClipGrid(self)
        self._split = self._box(self.tr("Split"), self.tr("Show the clips of one split"))
        self._category = self._box(self.tr("Category"), self.tr("Show the clips of one category"))
        self._flag = self._box(self.tr("Flags"), self.tr("Show the clips with a flag, or those without any"))
        self._order = self._box(self.tr("Order"), self.tr("As stored, or sorted by motion"))
        self._count = QLabel(self)
        self._count.setFont(theme.tabular(theme.small_font()))
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._words = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        for label in (self._count, self._words):
            theme.set_role(label, "muted")
        self._lay_out()
        self._fill()

    def _box(self, name: str, tip: str) -> ElidedBox:
        box = ElidedBox(self)
        box.setMinimumContentsLength(4)
        box.setMaximumWidth(WIDEST)
        box.setAccessibleName(name)
        box.setToolTip(tip)
        box.currentIndexChanged.connect(self._on_wanted)
        return box

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(theme.S)
        for box, stretch in ((self._split, 5), (self._category, 7), (self._flag, 5), (self._order, 6)):
            filters.addWidget(box, stretch)
        filters.addWidget(self._count)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._words)
        self._stack.addWidget(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.M, 0, 0)
        column.setSpacing(theme.M)
        column.addLayout(filters)
        column.addWidget(self._stack, stretch=1)

    def wait(self, words: str) -> None:
        """Say why there are no clips yet."""
        self._table = None
        self.grid.show_clips(None, NOTHING)
        self._words.setText(words)
        self._count.clear()
        self._stack.setCurrentIndex(0)

    def show_table(self, table: ClipTable) -> None:
        """Show the clips of a dataset, all of them at first."""
        self._table = table
        self._fill()
        self._on_wanted()

    def _fill(self) -> None:
        names = sorted(self._table.names) if self._table else []
        _offer(self._split, [(self.tr("Split"), ""), *((split_name(each), each) for each in SPLITS)])
        _offer(
            self._category,
            [(self.tr("Category"), None), *((each or self.tr("no category"), each) for each in names)],
        )
        _offer(
            self._flag,
            [
                (self.tr("Flags"), ""),
                (self.tr("No flag"), "-"),
                *((flag_words([each]).capitalize(), each) for each in FLAGS),
            ],
        )
        _offer(
            self._order,
            [
                (self.tr("In order"), "stored"),
                (self.tr("Liveliest"), "lively"),
                (self.tr("Calmest"), "calm"),
            ],
        )
        self._category.setVisible(len(names) > 1)

    def _wanted(self) -> Wanted:
        order = cast("Order", self._order.currentData())
        return Wanted(
            self._split.currentData(), self._category.currentData(), self._flag.currentData(), order
        )

    def _on_wanted(self) -> None:
        if self._table is None:
            return
        rows = self._table.select(self._wanted())
        self.grid.show_clips(self._table, rows)
        whole = count(len(self._table))
        some = self.tr("{0} of {1}").format(count(len(rows)), whole)
        self._count.setText(whole if len(rows) == len(self._table) else some)
        self._count.setAccessibleName(self.tr("{0} clips are shown").format(count(len(rows))))
        self._words.setText(self.tr("No clip is like that."))
        self._stack.setCurrentIndex(1 if len(rows) else 0)


def _offer(box: QComboBox, choices: list[tuple[str, Any]]) -> None:
    """Put choices into a box; the first one is taken."""
    with QSignalBlocker(box):
        box.clear()
        for title, value in choices:
            box.addItem(title, value)
