"""Pictures in wells, and the pairs of them that ship with f2v."""

import json
from dataclasses import dataclass
from pathlib import Path

from f2v_core.assets import resource_folder
from f2v_core.frames import Frame


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture in a well.

    Attributes:
        name: what to call it: the file's name, or how it came.
        frame: (H, W, 3) uint8 RGB.
        path: the file; None when it came as data.
    """

    name: str
    frame: Frame
    path: Path | None = None

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.frame.shape[1], self.frame.shape[0]


@dataclass(frozen=True)
class Sample:
    """A pair of pictures that ships with f2v."""

    first: Path
    last: Path
    title: str
    credit: str
    licence: str


def list_samples(root: Path | None = None) -> list[Sample]:
    """All sample pairs, by folder name; none where the folder is empty or a card cannot be read."""
    found = []
    for card in sorted((root or resource_folder() / "samples").glob("*/sample.json")):
        try:
            values = json.loads(card.read_text(encoding="utf-8"))
            texts = [str(values[name]) for name in ("title", "credit", "licence")]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        found.append(Sample(card.parent / "first.jpg", card.parent / "last.jpg", *texts))
    return found
