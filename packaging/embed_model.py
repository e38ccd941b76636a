"""Put the newest checkpoint of a run into resources/models: `python packaging/embed_model.py RUN NAME VIDEO...`.

The model's preview is made anew, from videos whose pictures may be shown: a run's own shows what it validated on.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from f2v_core.frames import Clip, FramePair
from f2v_core.generators.learned import Learned
from f2v_core.library import HISTORY, PREVIEW, ModelCard, copy_model, embedded_folder, read_card, write_card
from f2v_core.media.fitting import fit_frame
from f2v_core.media.images import write_png
from f2v_core.media.sheet import contact_sheet
from f2v_core.media.videos import read_clip
from f2v_core.runs import open_run
from f2v_core.storage import atomic_folder


def main(run: str, name: str, *videos: str) -> None:
    """Copy weights, losses and card; paths to the data are written relative to the checkout."""
    trained = open_run(Path(run))
    card = read_card(trained.model_folder())
    paths = {key: os.path.relpath(getattr(card.config, key)) for key in ("data", "start_from")
             if getattr(card.config, key)}  # fmt: skip
    with atomic_folder(embedded_folder() / name) as partial:
        copy_model(card, partial)
        shutil.copyfile(trained.history_file, partial / HISTORY)
        write_card(partial, replace(card, name=name, config=replace(card.config, **paths)))
        write_preview(partial / PREVIEW, card, videos)
    print(f"{name}: {card.steps} steps, {card.weights.stat().st_size / 1e6:.1f} MB, {dict(card.metrics)}")


def write_preview(path: Path, card: ModelCard, videos: Sequence[str]) -> None:
    """A contact sheet: the first three seconds of each video, and below it what the model makes of their ends."""
    generator, rows = Learned(card), []
    for video in videos:
        frames = read_clip(Path(video), card.config.frames, 10.0).frames
        square = (card.config.size, card.config.size)
        real = Clip(np.stack([fit_frame(frame, square, "fill") for frame in frames]), 10.0)
        made = generator.clip(FramePair(real.frames[0], real.frames[-1]), len(real), real.fps)
        rows += [real, made]
    write_png(path, contact_sheet(rows, ["real", "made"] * len(videos)))


if __name__ == "__main__":
    main(*sys.argv[1:])
