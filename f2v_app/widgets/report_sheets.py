"""The contact sheets of a report: the best, the median and the worst clip of one method, to be enlarged."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.evaluate_files import sheet_files
from f2v_app.widgets.report_choice import ReportChoice
from f2v_app.widgets.sheet_view import SheetView
from f2v_app.widgets.sheet_window import SheetWindow
from f2v_core.evaluation.records import ClipFigures, Report
from f2v_core.evaluation.sheets import RANKS, choose_clips, sheet_name
from f2v_core.evaluation.wording import number

BAR = 10
"""Pixels of a scroll bar, which may come and go."""
RATIO_DIGITS = 3


@dataclass(frozen=True)
class Sheet:
    """A contact sheet.

    Attributes:
        what: "best of cvae" and the like.
        caption: which clip it shows.
        image: a null one where its file cannot be read.
    """

    what: str
    caption: str
    image: QImage


def read_sheets(folder: Path, report: Report) -> dict[str, list[Sheet]]:
    """The sheets of a report in `folder`, by the names of its methods; those outside of the folder are left out."""
    files = sheet_files(report, folder)
    found: dict[str, list[Sheet]] = {}
    for row in report.rows:
        for rank, clip in zip(RANKS, choose_clips(row), strict=True):
            what = sheet_name(rank, row.name)
            if what in files:
                sheet = Sheet(what, _caption(rank, clip), QImage(str(files[what])))
                found.setdefault(row.name, []).append(sheet)
    return found


def _caption(rank: str, clip: ClipFigures) -> str:
    place = ", ".join(filter(None, (clip.source, clip.category)))
    return QCoreApplication.translate("ReportSheets", "{0}, ratio {1}: {2}").format(
        QCoreApplication.translate("ReportSheets", rank).capitalize(), number(clip.ratio, RATIO_DIGITS), place
    )


class ReportSheet(SheetView):
    """A contact sheet that asks to be enlarged: by a click, Space or Return.

    Signals:
        enlarge_wanted: the user wants to see it large.
    """

    enlarge_wanted = Signal()

    def __init__(self, name: str, image: QImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_image(image)
        self.setAccessibleName(name)
        self.setToolTip(self.tr("Click to enlarge"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def natural_size(self) -> QSize:
        """The picture's own size, a pixel of it to one of the screen."""
        return self.image.size() / self.devicePixelRatioF()

    def set_room(self, width: int) -> None:
        """Be as wide as the picture at its own size, or as there is room, its shape kept."""
        size = self.natural_size()
        if size.width() > width:
            size = size.scaled(QSize(width, size.height()), Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedSize(size)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.enlarge_wanted.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enlarge_wanted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            with QPainter(self) as painter:
                painter.setPen(QPen(QColor(theme.colors().accent), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class ReportSheets(QWidget):
    """A box of methods over their sheets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: dict[str, list[Sheet]] = {}
        self._cells: list[QWidget] = []
        self._views: list[ReportSheet] = []
        self._first = ""
        self._reader = Background(self)
        self._reader.answered.connect(self._on_read)
        self._window = SheetWindow(self)
        self._method = ReportChoice(
            self.tr("Method"), self.tr("Whose best, median and worst clips are shown"), self
        )
        self._method.changed.connect(self._show)
        self._scroll = QScrollArea(self, widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._content = QWidget(self)
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, theme.M, theme.M)
        self._grid.setHorizontalSpacing(theme.XL)
        self._grid.setVerticalSpacing(theme.L)
        self._scroll.setWidget(self._content)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.M, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(self._method)
        column.addWidget(self._scroll, stretch=1)

    def show_report(self, report: Report, folder: Path, first: str) -> None:
        """Show the sheets of a report in `folder` once they are read; those of the method `first` at first."""
        self._sheets, self._first = {}, first
        self._clear()
        self._method.offer([])
        self._method.say(self.tr("Reading…"))
        self._reader.ask(lambda: read_sheets(folder, report))

    def _on_read(self, sheets: dict[str, list[Sheet]]) -> None:
        self._sheets = sheets
        self._method.offer([(name, name) for name in sheets], self._first)
        self._show()

    def _show(self) -> None:
        self._clear()
        chosen = self._sheets.get(self._method.value or "", [])
        words = self.tr(
            "The real clip above what each method makes of its two ends. Click one to enlarge it."
        )
        self._method.say(words if chosen else self.tr("This report has no contact sheets."))
        self._cells = [self._cell(sheet) for sheet in chosen]
        self._share_room()

    def _clear(self) -> None:
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells, self._views = [], []

    def _cell(self, sheet: Sheet) -> QWidget:
        cell = QWidget(self._content)
        caption = QLabel(sheet.caption, cell, wordWrap=True)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(caption)
        if sheet.image.isNull():
            caption.setText(self.tr("{0} (its file cannot be read)").format(sheet.caption))
        else:
            view = ReportSheet(sheet.what, sheet.image, cell)
            view.enlarge_wanted.connect(lambda: self._on_enlarge(sheet))
            column.addWidget(view)
            self._views.append(view)
        cell.show()
        return cell

    def _on_enlarge(self, sheet: Sheet) -> None:
        self._window.setWindowTitle(sheet.what.capitalize())
        self._window.open_with(sheet.image)

    def _share_room(self) -> None:
        """Put as many sheets beside each other as there is room for at their own size."""
        room = max(1, self.width() - BAR - theme.M)
        widest = max((view.natural_size().width() for view in self._views), default=room)
        beside = max(1, min(len(self._cells), (room + theme.XL) // (widest + theme.XL)))
        for view in self._views:
            view.set_room(room)
        for place, cell in enumerate(self._cells):
            self._grid.addWidget(cell, place // beside, place % beside, Qt.AlignmentFlag.AlignTop)
        for line in range(len(RANKS) + 1):
            self._grid.setColumnStretch(line, int(line == beside))
            self._grid.setRowStretch(line, int(line == len(RANKS)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()
