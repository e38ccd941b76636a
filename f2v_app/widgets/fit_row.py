"""What happens to a last image of another size: said before it happens, with the choice."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.session import Session
from f2v_core.config import Fit

RULES: tuple[Fit, ...] = ("fill", "fit", "stretch")


class FitRow(QWidget):
    """Visible only while the last image has to change its size.

    Signals:
        changed: the user chose another rule.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setFont(theme.small_font())
        theme.set_role(self._words, "muted")
        self.rules = QComboBox(self)
        texts = (
            self.tr("Fill: crop the edges"),
            self.tr("Fit: add black bars"),
            self.tr("Stretch: change its shape"),
        )
        for rule, text in zip(RULES, texts, strict=True):
            self.rules.addItem(text, rule)
        self.rules.setAccessibleName(self.tr("Fit"))
        self.rules.setToolTip(self.tr("How the last image is brought to the size of the first"))
        self.rules.currentIndexChanged.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self._words)
        column.addWidget(self.rules)
        session.picture_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what will happen to the pictures as they are now."""
        first, last = self._session.picture("first"), self._session.picture("last")
        unequal = first is not None and last is not None and first.size != last.size
        self.setVisible(unequal)
        if first is None or last is None or not unequal:
            return
        alike = abs(first.size[0] * last.size[1] - first.size[1] * last.size[0]) <= max(
            first.size + last.size
        )
        self.rules.setVisible(not alike)
        self.rules.setCurrentIndex(RULES.index(self._session.fit))
        target = "{} × {}".format(*first.size)
        self._words.setText(self._sentence(alike=alike).format(target))

    def _sentence(self, *, alike: bool) -> str:
        if alike:
            return self.tr("The last image is scaled to {0}.")
        match self._session.fit:
            case "fill":
                return self.tr("The last image has another shape: it is cropped to {0}.")
            case "fit":
                return self.tr("The last image has another shape: it gets black bars to {0}.")
            case "stretch":
                return self.tr("The last image has another shape: it is stretched to {0}.")

    def _on_chosen(self) -> None:
        self._session.fit = self.rules.currentData()
        self.refresh()
        self.changed.emit()
