"""The figures of a report: the table, for all clips or one category, and what else is known of the chosen method."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.report_cells import lines_of
from f2v_app.widgets.report_choice import ReportChoice
from f2v_app.widgets.report_table import ReportTable
from f2v_app.widgets.report_words import detail_of
from f2v_app.widgets.run_state import count
from f2v_core.evaluation.records import Report
from f2v_core.evaluation.svg import DARK, LIGHT, method_styles


def hues_of(report: Report) -> dict[str, QColor]:
    """The colour of each method, the same as in the charts."""
    palette = DARK if theme.colors() is theme.DARK else LIGHT
    styles = method_styles([row.name for row in report.rows])
    return {name: QColor(palette.hues[style.hue]) for name, style in styles.items()}


class ReportFigures(QWidget):
    """A box of categories over a table over a few sentences.

    Attributes:
        table: the figures.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Report | None = None
        self.table = ReportTable(self)
        self.table.chosen.connect(self._on_chosen)
        self._category = ReportChoice(
            self.tr("Category"), self.tr("Show the figures of all clips, or of one category"), self
        )
        self._category.changed.connect(self._show)
        self._detail = QLabel(self, wordWrap=True)
        self._detail.setAccessibleName(self.tr("About the chosen method"))
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._detail.setFont(theme.small_font())
        theme.set_role(self._detail, "muted")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.M, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._category)
        column.addWidget(self.table, stretch=1)
        column.addWidget(self._detail)
        column.addStretch(0)

    def show_report(self, report: Report) -> None:
        """Show other figures, of all clips at first."""
        self._report = report
        categories = {name: group.clips for name, group in report.rows[0].categories.items()}
        whole = (self.tr("All clips  {0}").format(count(report.clips)), None)
        parts = [
            (f"{name or self.tr('no category')}  {count(categories[name])}", name)
            for name in sorted(categories)
        ]
        self._category.offer([whole, *parts] if len(parts) > 1 else [whole])
        self._show()
        self.table.choose(first_choice(report))

    def recolor(self) -> None:
        """Take the colours of light or dark."""
        self._show()

    def _show(self) -> None:
        if self._report is None:
            return
        category = self._category.value
        self._category.say(
            self.tr(
                "Below: 95 % intervals by source video; of L2 the standard deviation, of AUC the seeds' range."
            )
            if category is None
            else self.tr("Of one category there are no intervals.")
        )
        self.table.show_lines(lines_of(self._report.rows, category), hues_of(self._report))

    def _on_chosen(self, name: str) -> None:
        if self._report is not None:
            self._detail.setText(detail_of(self._report.row(name)))


def first_choice(report: Report) -> str:
    """The method with a latent that comes nearest, else the one that comes nearest."""
    rows = [row for row in report.rows if row.sampled is not None] or list(report.rows)
    return min(rows, key=lambda row: row.ratio.value).name
