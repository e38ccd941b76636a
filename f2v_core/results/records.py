"""What is known about clips that are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Shape = tuple[int, int, int, int]
"""(N, H, W, 3) of a clip."""


@dataclass(frozen=True)
class KeptClip:
    """One clip of a result.

    Attributes:
        model: the name that the worker knows.
        kind: "linear", "flow", "cvae" or "cgan".
        key: from `clip_key`.
        seconds: how long it took; None where it was found.
    """

    model: str
    kind: str
    key: str
    seconds: float | None = None


@dataclass(frozen=True)
class Result:
    """Clips that were made together.

    Attributes:
        name: when they were made, as a name that sorts by age.
        title: what a file made of them may be called.
        pictures: (name, path) of the first and the last picture; an empty path where it came as data.
        clips: in the order of the panes.
        shape: (N, H, W, 3) of each.
        fps: frames per second.
        settings: how they were made, see `media.embedding.settings_text`.
    """

    name: str
    title: str
    pictures: tuple[tuple[str, str], tuple[str, str]]
    clips: tuple[KeptClip, ...]
    shape: Shape
    fps: float
    settings: Mapping[str, Any]
