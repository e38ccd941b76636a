"""How clips are compared: the one mode, reference and setting that all panes share."""

from typing import Literal, get_args

from PySide6.QtCore import QObject, Signal

Mode = Literal["grid", "wipe", "difference", "flip", "onion", "sheet"]
MODES: tuple[Mode, ...] = get_args(Mode)
GAINS = (1, 2, 4, 8, 16, 32)
"""What differences are multiplied with, to be seen."""


class Comparison(QObject):
    """Each pane shows its clip against the reference, in the way of the mode.

    Signals:
        changed: panes are to be drawn anew.
        arranged: other panes are to be seen, or another reference: the mode, the picked pane or the reference changed.
    """

    changed = Signal()
    arranged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode: Mode = "grid"
        self._picked: str | None = None
        self._peeked: str | None = None
        self._reference = ""
        self._gain, self._divider, self._opacity = 4, 0.5, 0.5
        self._swapped = self._flipped = False

    @property
    def mode(self) -> Mode:
        """How panes compare."""
        return self._mode

    @property
    def against(self) -> bool:
        """Whether the mode shows the reference in every pane."""
        return self._mode not in {"grid", "sheet"}

    @property
    def picked(self) -> str | None:
        """The model of the only pane that is shown; None: all are."""
        return self._peeked or self._picked

    @property
    def reference(self) -> str:
        """The model that others are compared with; empty before there is one."""
        return self._reference

    @property
    def gain(self) -> int:
        """What differences are multiplied with."""
        return self._gain

    @property
    def divider(self) -> float:
        """Where the wipe lies, 0 to 1 of the picture's width."""
        return self._divider

    @property
    def opacity(self) -> float:
        """How much of a pane's own clip an onion skin shows, 0 to 1."""
        return self._opacity

    @property
    def swapped(self) -> bool:
        """Whether the pane's clip and the reference have changed places."""
        return self._swapped

    @property
    def flipped(self) -> bool:
        """Whether the other one of the two is shown for as long as something is held."""
        return self._flipped

    def set_mode(self, mode: Mode) -> None:
        """Compare in another way; the same once more goes back to the grid."""
        self._mode = "grid" if mode == self._mode else mode
        self.arranged.emit()

    def pick(self, model: str | None) -> None:
        """Show one pane only; the same once more, or None, shows all."""
        self._picked = None if model == self._picked else model
        self.arranged.emit()

    def peek(self, model: str | None) -> None:
        """Show one pane for as long as a key is held; None when it is let go."""
        if model != self._peeked:
            self._peeked = model
            self.arranged.emit()

    def set_reference(self, model: str) -> None:
        """Compare with another model's clip."""
        if model != self._reference:
            self._reference = model
            self.arranged.emit()

    def set_gain(self, gain: int) -> None:
        """Multiply differences with another number."""
        self._gain = gain
        self.changed.emit()

    def set_divider(self, share: float) -> None:
        """Move the wipe to a share of the picture's width."""
        self._divider = min(max(share, 0.0), 1.0)
        self.changed.emit()

    def set_opacity(self, opacity: float) -> None:
        """Show more or less of the pane's own clip."""
        self._opacity = min(max(opacity, 0.0), 1.0)
        self.changed.emit()

    def swap(self) -> None:
        """Let the pane's clip and the reference change places."""
        self._swapped = not self._swapped
        self.changed.emit()

    def set_flipped(self, *, flipped: bool) -> None:
        """Show the other one of the two, or the first again."""
        if flipped != self._flipped:
            self._flipped = flipped
            self.changed.emit()

    def take_models(self, models: list[str]) -> None:
        """Compare these models now; the reference and the picked pane stay where they still are."""
        if self._reference not in models:
            self._reference = models[0] if models else ""
        if self._picked not in models:
            self._picked = None
        self._peeked = None
        self.arranged.emit()
