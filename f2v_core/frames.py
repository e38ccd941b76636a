"""Frame, FramePair and Clip: the values that flow from a pair of images to a video."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from f2v_core.errors import InputError

if TYPE_CHECKING:  # numpy takes as long to import as an empty window to show: it comes with the first array
    import numpy as np
    from numpy.typing import NDArray

Frame: TypeAlias = "NDArray[np.uint8]"
"""(H, W, 3) uint8 RGB, row-major."""


def check_frame(frame: Frame, name: str) -> None:
    """Raise InputError unless `frame` is a non-empty (H, W, 3) uint8 array; `name` stands in the message."""
    got = getattr(frame, "dtype", type(frame).__name__)  # callers without a type checker hand over anything
    if got != "uint8":
        raise InputError(f"{name} is {got}, not a uint8 array.", "Give RGB values from 0 to 255 as uint8.")
    if frame.ndim != 3 or frame.shape[2] != 3 or 0 in frame.shape:
        raise InputError(f"{name} has the shape {frame.shape}.", "Give a frame of shape (height, width, 3).")


@dataclass(frozen=True, eq=False)
class FramePair:
    """The first and the last frame of a video that is to be made.

    Attributes:
        first: (H, W, 3) uint8 RGB, the video's frame 0.
        last: (H, W, 3) uint8 RGB of the same shape, the video's last frame.

    Raises:
        InputError: a frame is not (H, W, 3) uint8, or the two differ in shape.
    """

    first: Frame
    last: Frame

    def __post_init__(self) -> None:
        check_frame(self.first, "The first frame")
        check_frame(self.last, "The last frame")
        if self.first.shape != self.last.shape:
            raise InputError(
                f"The two frames differ in shape: {self.first.shape} and {self.last.shape}.",
                "Bring them to one size first: load_pair() does it from files.",
            )

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.first.shape[1], self.first.shape[0]


@dataclass(frozen=True, eq=False)
class Clip:
    """A short video in memory.

    Attributes:
        frames: (N, H, W, 3) uint8 RGB, N >= 1.
        fps: frames per second, > 0.

    Raises:
        InputError: `frames` is not (N, H, W, 3) uint8 or `fps` is not positive and finite.
    """

    frames: "NDArray[np.uint8]"
    fps: float

    def __post_init__(self) -> None:
        shape: tuple[int, ...] = getattr(
            self.frames, "shape", ()
        )  # callers without a type checker hand over anything
        if len(shape) != 4 or shape[0] == 0:
            raise InputError(f"A clip has the shape {shape}.", "Give frames of shape (N, height, width, 3).")
        check_frame(self.frames[0], "The clip's first frame")
        if not 0 < self.fps < float("inf"):
            raise InputError(f"A clip of {self.fps} frames per second cannot play.", "Give a rate above 0.")

    def __len__(self) -> int:
        return len(self.frames)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.frames.shape[2], self.frames.shape[1]

    @property
    def seconds(self) -> float:
        """How long the clip plays, in seconds: each frame is shown for 1 / fps."""
        return len(self.frames) / self.fps


def frame_times(count: int) -> "NDArray[np.float64]":
    """(count,) float64 places i / (count - 1) from 0 (the first image) to 1 (the last).

    The poster divides by `count` and so never reaches the last image; ours does.

    Raises:
        InputError: fewer than two frames.
    """
    if count < 2:
        raise InputError(
            f"A frame count of {count} has no room for both images.", "Ask for 2 frames or more."
        )
    import numpy as np  # noqa: PLC0415 - as above

    return np.linspace(0.0, 1.0, count)


def check_times(times: Sequence[float]) -> None:
    """Raise InputError unless every time lies in 0..1."""
    wrong = [t for t in times if not 0.0 <= t <= 1.0]
    if wrong:
        raise InputError(f"The time {wrong[0]} lies outside 0..1.", "0 is the first image, 1 the last.")
