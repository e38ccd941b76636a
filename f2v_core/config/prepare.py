"""How videos become the clips of a dataset; presets for each recipe."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from f2v_core.errors import InputError
from f2v_core.knobs import Config, Value, knob

Crop = Literal["center", "full", "stretch"]
Sampling = Literal["shots", "poster"]
Recipe = Literal["windows", "poster"]
SplitRule = Literal["auto", "train", "val", "test"]


@dataclass(frozen=True)
class PrepareConfig(Config):
    """How videos become the clips of a dataset; see `prepare_preset`. The same values give the same bytes."""

    videos: str = knob("", "Folder of videos, searched with all its subfolders.", group="Source")
    scenes: str = knob(
        "", "Procedural scenes to make instead of reading videos: erupting, skiing.", group="Source"
    )
    count: int = knob(
        1000,
        "How many clips of each procedural scene.",
        unit="clips",
        low=1,
        high=100_000_000,
        group="Source",
    )
    categories: str = knob(
        "", "Categories to take, by name, with commas between; empty: all.", group="Source"
    )
    seconds: float = knob(3.0, "How long a clip is.", unit="s", low=0.1, high=60.0, group="Clips")
    fps: float = knob(10.0, "Frames a second.", unit="fps", low=0.5, high=120.0, group="Clips")
    size: int = knob(64, "Width and height of the frames.", unit="px", low=16, high=512, group="Clips")
    crop: Crop = knob(
        "center",
        "center cuts out the middle square, full keeps the whole picture with its short side at the size, "
        "stretch distorts it to a square.",
        group="Clips",
    )
    room: bool = knob(
        False,
        "Store training clips with room for augmentation: 1.2 times as long, twice the frame rate, a quarter larger "
        "and uncropped. Validation and test clips stay as they are.",
        group="Clips",
    )
    sampling: Sampling = knob(
        "shots",
        "shots cuts windows that lie within one shot; poster takes the first 90 frames, every third, filled up with "
        "the last.",
        group="Clips",
    )
    keep: str = knob(
        "",
        "Flagged windows to keep all the same, with commas between: static, frozen, letterboxed.",
        group="Clips",
    )
    static_per_video: int = knob(
        1,
        "Of the windows in which nothing moves, how many a video may give.",
        low=0,
        high=1000,
        group="Clips",
    )
    split: SplitRule = knob(
        "auto", "auto splits by source video; another word puts every clip there.", group="Splits"
    )
    val_share: float = knob(0.1, "Share of the sources for validation.", low=0.0, high=0.9, group="Splits")
    test_share: float = knob(0.1, "Share of the sources for the test.", low=0.0, high=0.9, group="Splits")
    source_pattern: str = knob(
        "",
        "Regular expression whose first group, or whole match, in a video's path below the folder is its source; "
        "empty: the id in a Moments in Time name, else the file.",
        group="Splits",
    )
    seed: int = knob(
        0,
        "Starts the random numbers: order of the clips, splits, scenes.",
        low=0,
        high=2**31 - 1,
        group="Splits",
    )

    @property
    def frames(self) -> int:
        """Frames in a clip: seconds x fps, at least 2."""
        return max(2, round(self.seconds * self.fps))


_RECIPES: dict[str, dict[str, Value]] = {
    "windows": {},
    "poster": {
        "sampling": "poster", "seconds": 3.0, "fps": 10.0, "size": 64, "crop": "stretch",
        "keep": "static,frozen,letterboxed",
    },
}  # fmt: skip


FIXED: Mapping[Recipe, tuple[str, ...]] = {
    "windows": (),
    "poster": ("sampling", "seconds", "fps", "crop", "room"),
}
"""The settings that make a recipe what it is: they cannot be changed."""


def prepare_preset(recipe: Recipe, **changes: Value) -> PrepareConfig:
    """The settings of a recipe with `changes` on top: `windows` is ours, `poster` the seed's.

    Raises:
        InputError: no such recipe, or a change outside its knob's range.
    """
    if recipe not in _RECIPES:
        raise InputError(f"There is no recipe {recipe}.", f"Choose one of: {', '.join(_RECIPES)}.")
    preset = PrepareConfig.from_json(_RECIPES[recipe])
    made = PrepareConfig.from_json({**_RECIPES[recipe], **changes})
    strange = [name for name in FIXED[recipe] if getattr(made, name) != getattr(preset, name)]
    if strange:
        raise InputError(
            f"The recipe {recipe} has its own {', '.join(strange)}.",
            "Leave that out, or take the recipe windows.",
        )
    return made
