"""The Evaluate page's centre: what to do first, what is under way, why not, or a report."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.report_view import ReportView


class EvaluateCentre(QStackedWidget):
    """One thing at a time.

    Attributes:
        view: the report.

    Signals:
        data_wanted: the user wants to make a dataset.
    """

    data_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = ReportView(self)
        self._title = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._title.setFont(theme.title_font())
        self._words = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        theme.set_role(self._words, "muted")
        self._make = push_button(
            self.tr("Make a dataset"), self, tip=self.tr("Go to the Data page, which makes datasets")
        )
        self._make.clicked.connect(self.data_wanted)
        self.addWidget(self._messages())
        self.addWidget(self.view)
        self.show_invitation(datasets=True)

    def _messages(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.XXL, theme.XXL, theme.XXL, theme.XXL)
        column.setSpacing(theme.S)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(theme.S)
        column.addWidget(self._make, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    def show_invitation(self, *, datasets: bool) -> None:
        """Say what to do first; without any dataset, offer to make one."""
        if datasets:
            words = self.tr(
                "Choose a dataset on the left and press Evaluate.\n"
                "Figures with intervals, charts and contact sheets appear here."
            )
        else:
            words = self.tr(
                "It takes a dataset of real videos. There is none yet: make one, or drop one here."
            )
        self._say(self.tr("Which model comes nearest to real videos?"), words, "muted")
        self._make.setVisible(not datasets)

    def show_running(self, name: str) -> None:
        """Say that an evaluation is under way where no report is in view."""
        self._say(
            self.tr("Evaluating {0}").format(name),
            self.tr("The report appears here when it is complete. Other pages can be used meanwhile."),
            "muted",
        )

    def show_failure(self, words: str) -> None:
        """Say why an evaluation came to no report."""
        self._say(self.tr("The evaluation stopped"), f"⚠ {words}", "error")

    def show_unreadable(self, words: str) -> None:
        """Say why a report cannot be shown."""
        self._say(self.tr("This report cannot be shown"), f"⚠ {words}", "error")

    def show_view(self) -> None:
        """Show the report."""
        self.setCurrentWidget(self.view)

    @property
    def showing_report(self) -> bool:
        """Whether a report is in view."""
        return self.currentWidget() is self.view

    def _say(self, title: str, words: str, role: str) -> None:
        self._title.setText(title)
        self._words.setText(words)
        theme.set_role(self._words, role)
        self._make.hide()
        self.setCurrentIndex(0)
