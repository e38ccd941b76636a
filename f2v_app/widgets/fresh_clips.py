"""Clips of a dataset that is not complete yet, from the shards that are finished."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.clip_grid import ClipGrid
from f2v_app.widgets.clip_table import Clips
from f2v_core.data.dataset import SHARDS
from f2v_core.data.records import ClipRecord
from f2v_core.data.shards import read_shard
from f2v_core.media.strips import decode_strip

MOST, EACH = 60, 20
"""Clips that are shown, and of one shard."""
MOST_BYTES = 64_000_000
"""Bytes that they take, packed."""


@dataclass(frozen=True, eq=False)
class FreshClips(Clips):
    """Some clips in memory, still packed.

    Attributes:
        newest: the name of the shard that was finished last.
        packed: record and PNG of each clip.
    """

    newest: str
    packed: tuple[tuple[ClipRecord, bytes], ...]

    @override
    def record(self, row: int) -> ClipRecord:
        return self.packed[row][0]

    @override
    def frames(self, row: int) -> NDArray[np.uint8]:
        record, png = self.packed[row]
        return decode_strip(png, record.frames)


def read_fresh(folder: Path, known: str) -> FreshClips | None:
    """The clips of the newest shards in a dataset's folder; None when `known` is the newest still, or there is none.

    Raises:
        DataError: a shard is damaged.
    """
    found = [(each.stat().st_mtime_ns, each) for each in (folder / SHARDS).glob("[!.]*.tar")]
    shards = [path for _, path in sorted(found, reverse=True)]
    if not shards or shards[0].stem == known:
        return None
    packed: list[tuple[ClipRecord, bytes]] = []
    for path in shards[: MOST // 2]:
        packed += islice(read_shard(path), EACH)
        if len(packed) >= MOST or sum(len(png) for _, png in packed) > MOST_BYTES:
            break
    return FreshClips(shards[0].stem, tuple(packed[:MOST]))


class FreshView(QWidget):
    """A grid of the clips that were finished last; not seen while there is none.

    Attributes:
        grid: the clips.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._newest = ""
        self._looking = False
        self.grid = ClipGrid(self)
        self._background = Background(self)
        self._background.answered.connect(self._on_read)
        self._background.failed.connect(lambda _error: self._on_read(None))  # opened while it was replaced
        heading = QLabel(self.tr("Finished last"), self)
        theme.set_role(heading, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(heading)
        column.addWidget(self.grid, stretch=1)
        self.clear()

    def clear(self) -> None:
        """Show none."""
        self._background.drop()
        self._newest, self._looking = "", False
        self.grid.show_clips(None, np.empty(0, np.int64))
        self.hide()

    def look(self, folder: Path) -> None:
        """Show what is newest in a dataset's folder, soon."""
        if not self._looking:
            self._looking = True
            known = self._newest
            self._background.ask(lambda: read_fresh(folder, known))

    def _on_read(self, fresh: FreshClips | None) -> None:
        self._looking = False
        if fresh is not None and fresh.packed:
            self._newest = fresh.newest
            self.grid.show_clips(fresh, np.arange(len(fresh.packed)))
            self.show()
