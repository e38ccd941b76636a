"""The head of a report: whose it is, its verdict, and the ways out of the program."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.actions import hint
from f2v_app.widgets.elided_label import ElidedLabel
from f2v_app.widgets.fold import Fold
from f2v_app.widgets.report_export import EXPORTS
from f2v_app.widgets.report_words import facts_of, title_of
from f2v_core.evaluation.records import Report
from f2v_core.evaluation.wording import verdict


class ReportHeader(QWidget):
    """Name, facts, verdict, and a menu of exports.

    Attributes:
        export: the button with the menu.

    Signals:
        export_wanted: the user wants the report as something else; an Export.
        open_wanted: the user wants to see the report's files.
    """

    export_wanted = Signal(object)
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(self)
        self._title.setFont(theme.title_font())
        self._facts = QLabel(self, wordWrap=True)
        theme.set_role(self._facts, "muted")
        self._verdict = self._selectable(self.tr("Verdict"))
        self._others = self._selectable(self.tr("What else was found"))
        self._fold = Fold(self.tr("What else was found"), self._others, self)
        self.export = QPushButton(self.tr("Export"), self)
        self.export.setAccessibleName(self.tr("Export"))
        self.export.setToolTip(
            hint(self.tr("Write the report, its figures or its pictures to files"), "export")
        )
        self.export.setMenu(self._menu())
        self._lay_out()

    def _selectable(self, name: str) -> QLabel:
        label = QLabel(self, wordWrap=True)
        label.setAccessibleName(name)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for each in EXPORTS:
            action = QAction(self.tr(each.title), menu)
            action.triggered.connect(lambda _on=False, wanted=each: self.export_wanted.emit(wanted))
            menu.addAction(action)
        menu.addSeparator()
        folder = QAction(self.tr("Open the report's folder"), menu)
        folder.triggered.connect(self.open_wanted)
        menu.addAction(folder)
        return menu

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.XS)
        words.addWidget(self._title)
        words.addWidget(self._facts)
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addLayout(words, stretch=1)
        top.addWidget(self.export, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(top)
        column.addSpacing(theme.XS)
        column.addWidget(self._verdict)
        column.addWidget(self._fold)

    def show_reading(self, name: str) -> None:
        """Show which report is coming; what stands below is still the one before."""
        self._title.setText(name)
        self._facts.setText(self.tr("Reading…"))
        self.export.setEnabled(False)

    def show_report(self, report: Report, folder: str) -> None:
        """Show whose report this is and what came out."""
        first, *others = verdict(report)
        self.export.setEnabled(True)
        self._title.setText(title_of(report))
        self._title.setToolTip(folder)
        self._facts.setText(facts_of(report))
        self._verdict.setText(first)
        self._others.setText("\n".join(others))
        self._fold.setVisible(bool(others))

    def offer_exports(self) -> None:
        """Open the menu of exports, as a click on its button does."""
        if self.export.isEnabled():
            self.export.showMenu()
