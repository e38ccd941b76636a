"""A still of each clip that is in view, decoded in a thread and kept for a while."""

from collections import OrderedDict
from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from f2v_app.widgets.background import Background
from f2v_app.widgets.clip_table import Clips
from f2v_app.widgets.pictures import borrowed_image
from f2v_core.errors import F2vError

KEPT = 1000
"""Stills that are kept."""
BATCH = 8
"""Clips that the thread decodes before it shows them."""

Still = QImage | str
"""A picture, or why there is none."""


class ClipPictures(QObject):
    """Gives stills at once or later; asks only for those that were wanted since the last batch.

    Signals:
        arrived: there are more than before.
    """

    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clips: Clips | None = None
        self._stills: OrderedDict[int, Still] = OrderedDict()
        self._wanted: dict[int, None] = {}
        self._side = 0
        self._busy = False
        self._background = Background(self)
        self._background.answered.connect(self._on_answered)
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._ask)

    def set_clips(self, clips: Clips | None) -> None:
        """Show clips of another dataset."""
        self._clips = clips
        self._background.drop()
        self._busy = False
        self._stills.clear()
        self._wanted.clear()

    def set_side(self, pixels: int) -> None:
        """Stills are no larger than this; what is smaller stays as it is."""
        if pixels != self._side:
            self._side = pixels
            self._stills.clear()

    def still(self, row: int) -> Still | None:
        """The clip's picture, or why it cannot be shown; None while it is on its way."""
        if row in self._stills:
            self._stills.move_to_end(row)
            return self._stills[row]
        self._wanted.pop(row, None)
        self._wanted[row] = None
        if not self._soon.isActive() and not self._busy:
            self._soon.start()
        return None

    def _ask(self) -> None:
        clips, side = self._clips, self._side
        rows = list(self._wanted)[-BATCH:]
        self._wanted.clear()  # whoever still wants one asks again when this batch has come
        if rows and clips is not None:
            self._busy = True
            self._background.ask(lambda: (side, {row: read_still(clips, row, side) for row in rows}))

    def _on_answered(self, answer: tuple[int, Mapping[int, Still]]) -> None:
        side, stills = answer
        self._busy = False
        if side == self._side:
            self._stills.update(stills)
        while len(self._stills) > KEPT:
            self._stills.popitem(last=False)
        self.arrived.emit()


def read_still(clips: Clips, row: int, side: int) -> Still:
    """The middle frame of a clip, at most `side` pixels wide and high; or why it cannot be read."""
    try:
        frames = clips.frames(row)
    except F2vError as error:
        return str(error)
    image = borrowed_image(frames[len(frames) // 2])
    if max(image.width(), image.height()) <= side:
        return image.copy()
    ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(side, side, ratio, smooth)
