"""Which clips a report shows, and how: the real clip above what each method made of its two ends."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from f2v_core.errors import InputError
from f2v_core.evaluation.records import ClipFigures, ModelRow, Report
from f2v_core.evaluation.wording import number
from f2v_core.frames import Clip, Frame
from f2v_core.media.sheet import contact_sheet

COLUMNS = 8
RANKS = ("best", "median", "worst")
REAL = "real"


class Chosen(NamedTuple):
    """The clips that a sheet is made of."""

    best: ClipFigures
    median: ClipFigures
    worst: ClipFigures


def choose_clips(row: ModelRow) -> Chosen:
    """The clips with a model's lowest, middle and highest ratio to linear interpolation; of equal ones the first.

    Raises:
        InputError: the row has no clips.
    """
    if not row.clips:
        raise InputError(f"{row.name} has no clips to choose from.", "Evaluate it on at least one.")
    ranked = sorted(row.clips, key=lambda clip: clip.ratio)
    return Chosen(ranked[0], ranked[(len(ranked) - 1) // 2], ranked[-1])


def sheet_name(rank: str, model: str) -> str:
    """What `Report.sheets` calls the sheet of a model's best, median or worst clip."""
    return f"{rank} of {model}"


def sheet_captions(report: Report, key: str) -> dict[str, str]:
    """A label with the L2 ratio for each method that has figures on a clip, such as "cvae 0.87"."""
    return {
        row.name: f"{row.name} {number(clip.ratio, 2)}"
        for row in report.rows
        for clip in row.clips
        if clip.key == key
    }


def make_sheet(
    real: NDArray[np.uint8], made: Mapping[str, NDArray[np.uint8]], captions: Mapping[str, str]
) -> Frame:
    """Lay out the real clip above the methods' clips: the first frame, six between, the last.

    Args:
        real: (T, H, W, 3) uint8 RGB.
        made: the same of each method, in the order of the rows: linear, flow, then the models.
        captions: the rows' labels by name, see `sheet_captions`; a method without one is labelled with its name.

    Returns:
        (H, W, 3) uint8 RGB, to be written with `media.images.write_png`.

    Raises:
        InputError: a clip is not (T, H, W, 3) uint8, or has another number of frames than the real one.
    """
    clips = {REAL: real, **made}
    for name, frames in clips.items():
        if len(frames) != len(real):
            raise InputError(
                f"The clip of {name} has {len(frames)} frames, the real one {len(real)}.",
                "Make as many as it has.",
            )
    labels = [captions.get(name, name) for name in clips]
    return contact_sheet([Clip(frames, 1) for frames in clips.values()], labels, COLUMNS, heads="frames")
