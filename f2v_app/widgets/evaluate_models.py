"""Which models an evaluation compares: a box to tick for each, and a way to others."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.chip import SIZE, chip_icon
from f2v_app.widgets.evaluate_files import Model, read_model
from f2v_core.errors import F2vError
from f2v_core.library import ModelCard
from f2v_core.runs import runs_folder

LONGEST = 30
"""Letters of a name that are shown; its tooltip tells all."""


class EvaluateModels(QWidget):
    """Embedded models are ticked at first, the user's are not.

    Signals:
        changed: the user chose otherwise.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QCheckBox] = {}
        self._ticks: dict[str, bool] = {}
        self._others: dict[str, Model] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._words = QLabel(self, wordWrap=True)
        self._words.setFont(theme.small_font())
        self._add = push_button(
            self.tr("Add a model or run…"),
            self,
            "quiet",
            self.tr("Choose the folder of a model, or of a training run: its newest checkpoint is taken"),
        )
        self._add.clicked.connect(self._on_add)
        self._reader = Background(self)
        self._reader.answered.connect(self._on_read)
        self._reader.failed.connect(self._on_failed)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(QLabel(self.tr("Models"), self), stretch=1)
        top.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(top)
        column.addLayout(self._rows)
        column.addWidget(self._words)
        self._explain()

    @property
    def chosen(self) -> list[str]:
        """What is ticked, from top to bottom."""
        return [value for value, box in self._boxes.items() if box.isChecked()]

    @property
    def ready(self) -> bool:
        """Whether something is ticked; of nothing, nothing can be ticked."""
        return bool(self.chosen) or not self._boxes

    @property
    def ticks(self) -> dict[str, bool]:
        """Everything the user decided, by library name or folder."""
        return dict(self._ticks)

    def set_cards(self, cards: Sequence[ModelCard], ticks: Mapping[str, object] | None = None) -> None:
        """Offer the library's models; `ticks` is what `ticks` told at another time."""
        for value, on in (ticks or {}).items():
            self._ticks.setdefault(value, bool(on))
        for box in self._boxes.values():
            self._rows.removeWidget(box)
            box.deleteLater()
        library = {card.name: Model(card.name, card) for card in cards}
        offered = [*library.values(), *(each for value, each in self._others.items() if value not in library)]
        self._boxes = {each.value: self._box(each) for each in offered}
        self.changed.emit()

    def add(self, folder: Path) -> None:
        """Offer the model of a folder, ticked, once it is read."""
        self._reader.ask(lambda: read_model(folder))

    def complain(self) -> None:
        """Ask for a model where none is ticked."""
        self._say(self.tr("Tick at least one model."), "error")
        next(iter(self._boxes.values())).setFocus()

    def _box(self, each: Model) -> QCheckBox:
        outside = each.value != each.card.name
        name = Path(each.value).name if outside else each.value
        box = QCheckBox(name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…", self)
        box.setIcon(chip_icon(theme.hue(name)))
        box.setIconSize(QSize(SIZE, SIZE))
        box.setChecked(self._ticks.get(each.value, each.card.embedded))
        box.setAccessibleName(name)
        box.setAccessibleDescription(each.card.description)
        box.setToolTip("\n".join(filter(None, (each.value, each.card.description, *each.card.measured))))
        box.clicked.connect(lambda on: self._on_ticked(each.value, on=on))
        self._rows.addWidget(box)
        return box

    def _on_ticked(self, value: str, *, on: bool) -> None:
        self._ticks[value] = on
        self._explain()
        self.changed.emit()

    def _on_add(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of a model or of a run"), str(runs_folder())
        )
        if chosen:
            self.add(Path(chosen))

    def _on_read(self, model: Model) -> None:
        self._ticks[model.value] = True
        if model.value in self._boxes:
            self._boxes[model.value].setChecked(True)
        else:
            self._others[model.value] = model
            self._boxes[model.value] = self._box(model)
        self._explain()
        self.changed.emit()

    def _on_failed(self, error: F2vError) -> None:
        self._say(f"⚠ {error}", "error")

    def _explain(self) -> None:
        self._say(
            self.tr("Cross-fades, blurred ones and optical flow are always compared, too."),
            "muted",
        )

    def _say(self, words: str, role: str) -> None:
        self._words.setText(words)
        theme.set_role(self._words, role)
