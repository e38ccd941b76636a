"""Samples on fixed pairs: written as a run goes, so that one can scrub through its training and through the videos."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.errors import ExportError, MediaError
from f2v_core.frames import Clip, Frame
from f2v_core.media.filmstrips import join_filmstrips, read_filmstrips
from f2v_core.media.images import write_png
from f2v_core.media.sheet import contact_sheet
from f2v_core.runs import Run


def write_samples(run: Run, step: int, real: NDArray[np.uint8], made: NDArray[np.uint8]) -> None:
    """Write what a step makes of the shown pairs, and once the real clips; both (n, T, H, W, 3) uint8 RGB.

    Raises:
        ExportError: they cannot be written.
    """
    folder = run.real_file.parent
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder} cannot be made: {error.strerror}.", "Allow writing there.") from error
    if not run.real_file.is_file():
        write_png(run.real_file, join_filmstrips(real))
    write_png(run.sample_file(step), join_filmstrips(made))


def sample_sheet(run: Run, step: int) -> Frame:
    """A contact sheet of a step's samples, each below the real clip, as a picture for the model's card.

    Raises:
        MediaError: the samples are damaged.
    """
    frames = run.config.frames
    real, made = read_filmstrips(run.real_file, frames), read_filmstrips(run.sample_file(step), frames)
    if len(real) != len(made):
        message = f"{run.sample_file(step)} has {len(made)} clips, {run.real_file} has {len(real)}."
        raise MediaError(message, "Delete both: they are made anew.")
    rows = [Clip(clip, frames / run.config.seconds) for pair in zip(real, made, strict=True) for clip in pair]
    return contact_sheet(rows, ["real", "made"] * len(real))
