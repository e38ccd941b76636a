"""The button that takes a model from a run: the best checkpoint, the last one, or any other that is kept."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from f2v_app.widgets.run_state import count
from f2v_app.widgets.run_watcher import RunTold


class CheckpointMenu(QPushButton):
    """A button with a line for each checkpoint, the best first, then the last, then the others from new to old.

    Signals:
        wanted: the user chose a checkpoint; its step.
    """

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Use this model"), parent)
        self.setAccessibleName(self.text())
        self.setToolTip(
            self.tr(
                "Add a checkpoint to the library and choose it on the Generate page, to generate with it."
            )
        )
        self._shown: list[str] = []
        self._menu = QMenu(self)
        self.setMenu(self._menu)

    def show_checkpoints(self, told: RunTold) -> None:
        """Offer what there is."""
        steps = sorted(told.ratios, key=lambda step: (step != told.best, -step))
        lines = [self._line(step, told.ratios, told.best, told.last) for step in steps]
        if lines == self._shown:
            return  # a menu that is open stays as it is
        self._shown = lines
        self._menu.clear()
        for step, words in zip(steps, lines, strict=True):
            action = QAction(words, self._menu)
            action.triggered.connect(lambda _on=False, step=step: self.wanted.emit(step))
            self._menu.addAction(action)

    def _line(self, step: int, ratios: Mapping[int, float], best: int, last: int) -> str:
        what = {step: "", last: self.tr("Last: "), best: self.tr("Best: ")}[step]
        if step == best == last:
            what = self.tr("Best and last: ")
        words = self.tr("{0}step {1}").format(what, count(step))
        if ratios[step] < float("inf"):
            words = self.tr("{0}, {1} of linear's distance").format(words, f"{ratios[step]:.3f}")
        return words
