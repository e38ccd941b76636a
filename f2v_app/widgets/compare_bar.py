"""The line above the comparison: where the pictures come from, and how large they are shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from f2v_app import theme
from f2v_app.actions import hint
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.elided_label import ElidedLabel
from f2v_app.widgets.viewport import Viewport


class CompareBar(QWidget):
    """Credit on the left, zoom on the right."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self.credit = ElidedLabel(self)
        self.credit.setFont(theme.small_font())
        theme.set_role(self.credit, "muted")
        self._zoom = QLabel(self)
        self._zoom.setFont(theme.small_font())
        self._zoom.setMinimumWidth(self._zoom.fontMetrics().horizontalAdvance("1000 %"))
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        theme.set_role(self._zoom, "muted")
        self._fit = self._button(self.tr("Fit"), hint(self.tr("Show the whole pictures"), "fit"))
        self._fit.clicked.connect(viewport.fit)
        self._actual = self._button(
            "1:1", hint(self.tr("One pixel of the picture to one of the screen"), "actual")
        )
        self._actual.setAccessibleName(self.tr("Actual size"))
        self._actual.clicked.connect(lambda: viewport.zoom_to(1.0))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.S, theme.L, 0)
        row.setSpacing(theme.XS)
        row.addWidget(self.credit, stretch=1)
        for widget in (self._zoom, self._fit, self._actual):
            row.addWidget(widget)
        viewport.changed.connect(self._on_zoomed)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = push_button(text, self, "quiet", tip)
        button.setFont(theme.small_font())
        return button

    def set_zooming(self, *, possible: bool) -> None:
        """Show the zoom only while there are pictures."""
        for widget in (self._zoom, self._fit, self._actual):
            widget.setVisible(possible)

    def _on_zoomed(self) -> None:
        self._zoom.setText(f"{self._viewport.zoom * 100:.0f} %")
