"""What a dataset says about each of its clips."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self, get_args

from f2v_core.errors import DataError

Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)
FLAGS = ("static", "frozen", "letterboxed", "padded")
"""static: nothing moves; frozen: it ends in copies of one frame; letterboxed: black bars at two opposite borders;
padded: filled up with its last frame (the poster's recipe only)."""


@dataclass(frozen=True)
class ClipRecord:
    """One clip, as the `.json` beside it in a shard says it.

    Attributes:
        key: its name in the dataset, such as "train-000012-00003": split, shard, number in the shard.
        split, category: where it counts; the category may be empty.
        source: the video that it was taken from, in the sense of the splits: clips of one source share a split.
        video: the file's path below the scanned folder, with slashes; "scene:NAME/NUMBER" for a procedural one.
        shot, start_s: the shot's number in the video, from 0, and the first frame's time in seconds.
        frames, width, height, fps: the clip's shape, and its rate in frames per second.
        motion: mean absolute change of a value (0..1) a second, over all values.
        linear_l2: L2 distance of linear interpolation, i/(T-1), to the clip, as in the poster, over its own values.
        flags: some of `FLAGS`.
        hashes: perceptual hashes, 64 bits each, of frames spread over the clip; flat frames have none.
    """

    key: str
    split: Split
    category: str
    source: str
    video: str
    shot: int
    start_s: float
    frames: int
    width: int
    height: int
    fps: float
    motion: float
    linear_l2: float
    flags: tuple[str, ...] = ()
    hashes: tuple[int, ...] = ()

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(T, H, W, 3)."""
        return self.frames, self.height, self.width, 3

    @property
    def nbytes(self) -> int:
        """How much memory the decoded clip takes."""
        return self.frames * self.height * self.width * 3

    def to_json(self) -> str:
        """One line of JSON; hashes as 16 hexadecimal digits."""
        values = asdict(self) | {"hashes": [f"{each:016x}" for each in self.hashes]}
        return json.dumps(values, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The record that `to_json` wrote.

        Raises:
            DataError: the text is something else.
        """
        try:
            values: dict[str, Any] = json.loads(text)
            known = {name: values[name] for name in (each.name for each in fields(cls))}
            hashes = tuple(int(each, 16) for each in known["hashes"])
            return cls(**known | {"flags": tuple(known["flags"]), "hashes": hashes})
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(
                f"A clip's record is damaged: {error!r}.", "Prepare the dataset again."
            ) from error
