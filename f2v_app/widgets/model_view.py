"""All that is known about one model: its picture, its figures, its data, how it was made."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.chip import Chip
from f2v_app.widgets.elided_label import ElidedLabel
from f2v_app.widgets.fold import Fold
from f2v_app.widgets.model_files import ModelRow, read_preview
from f2v_app.widgets.model_words import data_rows, facts, figure_table, row_words
from f2v_app.widgets.sheet_view import SheetView
from f2v_app.widgets.text_table import TextTable

PICTURE = 400
"""Width and height of the picture's room, in pixels."""
TABLE = 260
"""Height of the table of videos, in pixels."""


class ModelView(QScrollArea):
    """Scrolls where the window is low.

    Attributes:
        use, default, export: the buttons.

    Signals:
        use_wanted, default_wanted, export_wanted: what the user wants of the model; its folder.
    """

    use_wanted = Signal(object)
    default_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row: ModelRow | None = None
        self._wanted: Path | None = None
        self._painter = Background(self)
        self._painter.answered.connect(self._on_picture)
        self._make_head()
        self._sheet = SheetView(self)
        self._sheet.setFixedSize(PICTURE, PICTURE)
        self._caption = self._muted(
            self.tr("Real clips, and below each what the model made of its first and last frame.")
        )
        self._words, self._bad_at = self._text(self.tr("Description")), self._text(self.tr("Bad at"))
        self._facts, self._figures = QGridLayout(), QGridLayout()
        self._measured = QLabel(self.tr("Measured"), self)
        self._where = self._muted("")
        self._table = TextTable(
            {self.tr("Video"): "path", self.tr("Licence"): "text", self.tr("Credit"): "text"},
            self.tr("what it was trained on"),
            self,
        )
        self._table.setFixedHeight(TABLE)
        self._data = Fold(self.tr("Trained on"), self._table, self)
        self._commands = self._text(self.tr("Commands"))
        self._made = Fold(self.tr("Made by"), self._commands_box(), self)
        self._lay_out()

    def _make_head(self) -> None:
        self._chip = Chip(theme.hue("cvae"), self)
        self._title = ElidedLabel(self)
        self._title.setFont(theme.title_font())
        self._second = self._muted("")
        self.use = push_button(
            self.tr("Use this model"), self, "primary", self.tr("Choose it on the Generate page")
        )
        self.default = push_button(
            self.tr("Make it the default"),
            self,
            "large",
            self.tr("Take it for its kind unless another is asked for, also on the command line"),
        )
        self.export = push_button(
            self.tr("Export…"), self, "large", self.tr("Write it into one file, to hand on")
        )
        for button, signal in (
            (self.use, self.use_wanted),
            (self.default, self.default_wanted),
            (self.export, self.export_wanted),
        ):
            button.clicked.connect(lambda _on=False, told=signal: told.emit(self.folder))

    def _muted(self, text: str) -> QLabel:
        label = QLabel(text, self, wordWrap=True)
        label.setFont(theme.small_font())
        theme.set_role(label, "muted")
        return label

    def _text(self, name: str) -> QLabel:
        label = QLabel(self, wordWrap=True)
        label.setAccessibleName(name)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _commands_box(self) -> QWidget:
        box = QWidget(self)
        copy = push_button(self.tr("Copy"), box, "small", self.tr("Copy these commands"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._commands.text()))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._commands)
        column.addWidget(copy, alignment=Qt.AlignmentFlag.AlignLeft)
        return box

    def _lay_out(self) -> None:
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.XL)
        column.setSpacing(theme.L)
        column.addLayout(self._head())
        row = QHBoxLayout()
        row.setSpacing(theme.XL)
        row.addLayout(self._picture(), stretch=0)
        row.addLayout(self._beside(), stretch=1)
        column.addLayout(row)
        column.addWidget(self._data)
        column.addWidget(self._made)
        column.addStretch(1)
        self.setWidget(whole)

    def _head(self) -> QHBoxLayout:
        name = QHBoxLayout()
        name.setSpacing(theme.S)
        name.addWidget(self._chip)
        name.addWidget(self._title, stretch=1)
        words = QVBoxLayout()
        words.setSpacing(theme.XS)
        words.addLayout(name)
        words.addWidget(self._second)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addLayout(words, stretch=1)
        for button in (self.export, self.default, self.use):
            head.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        return head

    def _picture(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.S)
        column.addWidget(self._sheet)
        column.addWidget(self._caption)
        column.addStretch(1)
        return column

    def _beside(self) -> QVBoxLayout:
        for grid in (self._facts, self._figures):
            grid.setHorizontalSpacing(theme.L)
            grid.setVerticalSpacing(theme.XS)
        self._facts.setColumnStretch(1, 1)
        self._figures.setColumnStretch(0, 1)
        column = QVBoxLayout()
        column.setSpacing(theme.M)
        column.addWidget(self._words)
        column.addLayout(self._facts)
        column.addSpacing(theme.S)
        column.addWidget(self._measured)
        column.addWidget(self._where)
        column.addLayout(self._figures)
        column.addWidget(self._bad_at)
        column.addStretch(1)
        return column

    @property
    def folder(self) -> Path | None:
        """Where the shown model lies, or the one that is to be shown once it is listed."""
        return self._wanted

    def wait_for(self, folder: Path) -> None:
        """Name the model that is to be shown next."""
        self._wanted = folder

    def show_row(self, row: ModelRow) -> None:
        """Show a model."""
        self._wanted = row.folder
        if row == self._row:
            return
        if self._row is None or row.folder != self._row.folder:
            self._sheet.set_image(QImage())
            self._painter.ask(lambda: (row.folder, read_preview(row.folder)))
            self.verticalScrollBar().setValue(0)
        self._row, card = row, row.card
        self._chip.set_hue(theme.hue(card.kind))
        self._title.setText(card.name)
        self._title.setToolTip(str(row.folder))
        self._second.setText(row_words(row))
        self.default.setEnabled(not row.default)
        self._set(self._words, card.description)
        self._set(self._bad_at, self.tr("Bad at: {0}").format(card.bad_at) if card.bad_at else "")
        self._fill(self._facts, facts(row), right=1)
        self._show_figures(row)
        self._table.show_rows(data_rows(card.data))
        self._data.setVisible(bool(card.data))
        self._data.button.setText(self.tr("Trained on {0} videos").format(len(card.data)))
        self._commands.setText("\n".join(card.commands))
        self._made.setVisible(bool(card.commands))

    def _show_figures(self, row: ModelRow) -> None:
        where, rows = figure_table(row.card)
        self._measured.setVisible(bool(rows))
        self._set(self._where, self.tr("On {0}; with 95 % intervals.").format(where) if where else "")
        self._fill(self._figures, rows, right=3)

    def _set(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _fill(self, grid: QGridLayout, rows: Sequence[tuple[str, ...]], right: int) -> None:
        """Lay texts into a grid in place of those that are there; the first column is muted."""
        while (item := grid.takeAt(0)) is not None and (old := item.widget()) is not None:
            old.deleteLater()
        for line, texts in enumerate(rows):
            for place, text in enumerate(texts):
                label = QLabel(text, self, wordWrap=right == 1 and place == 1)
                label.setFont(theme.tabular(label.font()))
                if place in {0, 2}:
                    theme.set_role(label, "muted")
                side = Qt.AlignmentFlag.AlignRight if right > 1 and place else Qt.AlignmentFlag.AlignLeft
                grid.addWidget(label, line, place, side if right > 1 else Qt.AlignmentFlag(0))

    def _on_picture(self, answer: tuple[Path, QImage]) -> None:
        folder, image = answer
        if self._row is not None and folder == self._row.folder:
            self._sheet.set_image(image)
            self._caption.setVisible(not image.isNull())
            self._sheet.setVisible(not image.isNull())
