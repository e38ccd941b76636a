"""What the clips of a split look like."""

from dataclasses import dataclass

from f2v_core.config import Crop, PrepareConfig
from f2v_core.data.records import Split
from f2v_core.errors import InputError
from f2v_core.frames import Frame
from f2v_core.media.strips import MAX_ROWS

ROOM_TIME, ROOM_RATE, ROOM_SIZE = 1.2, 2, 1.25
"""How much longer, faster and larger training clips are stored that leave room for augmentation."""
ROOM_LEAST = 1 / 3
"""The share of the plain length that is enough of a training clip with room: augmentation varies its length anyway."""
POSTER_FRAMES, POSTER_STEP, POSTER_FPS = 90, 3, 10.0
"""The poster takes the first 90 frames of a video, every third, and calls that 10 a second, whatever their times."""


@dataclass(frozen=True)
class ClipShape:
    """What every clip of a split looks like.

    Attributes:
        frames: how many.
        shortest: so many are enough where a shot has no more.
        fps: frames per second.
        size: of the short side, in pixels.
        crop: what becomes of the long side, see `PrepareConfig.crop`.
    """

    frames: int
    shortest: int
    fps: float
    size: int
    crop: Crop

    @property
    def needed_s(self) -> float:
        """How much time must lie between the first and the last frame of a shot to give a clip, in seconds."""
        return (self.shortest - 1) / self.fps

    def scaled(self, size: tuple[int, int]) -> tuple[int, int]:
        """What a film of this (width, height) is scaled to before it is cropped."""
        if self.crop == "stretch":
            return self.size, self.size
        scale = self.size / min(size)
        return max(self.size, round(size[0] * scale)), max(self.size, round(size[1] * scale))

    def cropped(self, frame: Frame) -> Frame:
        """What stays of a scaled frame."""
        if self.crop == "full":
            return frame
        top, left = (frame.shape[0] - self.size) // 2, (frame.shape[1] - self.size) // 2
        return frame[top : top + self.size, left : left + self.size]


def check_rows(config: PrepareConfig) -> None:
    """Refuse clips that are too large to be stored; a film may be twice as high as wide.

    Raises:
        InputError: they are.
    """
    shape = clip_shape(config, "train")
    rows = shape.frames * shape.size * (2 if shape.crop == "full" else 1)
    if rows > MAX_ROWS:
        raise InputError(
            f"Clips of {shape.frames} frames of {shape.size} pixels are too large to be stored.",
            "Make them shorter or smaller, or take fewer frames a second.",
        )


def clip_shape(config: PrepareConfig, split: Split) -> ClipShape:
    """The shape of a split's clips: as the settings say, with room for augmentation where they ask for it.

    Where a shot has no time for the room it still gives clips as short as a third of the plain length: many videos last
    just one to three seconds, and for training the number of videos matters more than the length of their clips.
    """
    if config.sampling == "poster":
        count = POSTER_FRAMES // POSTER_STEP
        return ClipShape(count, count, POSTER_FPS, config.size, config.crop)
    if not (config.room and split == "train"):
        return ClipShape(config.frames, config.frames, config.fps, config.size, config.crop)
    frames, fps = config.frames * ROOM_RATE, config.fps * ROOM_RATE
    least = max(2, round(frames * ROOM_LEAST))
    return ClipShape(round(frames * ROOM_TIME), least, fps, round(config.size * ROOM_SIZE), "full")
