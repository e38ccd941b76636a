"""Put the newest checkpoint of a run into resources/models, with its figures and the commands that made it.

`python packaging/embed_model.py RUN NAME --report REPORT --command C ... --bad-at WORDS [--detail D] VIDEO ...`

The figures come from a report of `f2v evaluate` in which the run was a model. Weights are stored with half precision.
The model's preview is made anew, from videos whose pictures may be shown: a run's own shows what it validated on.
"""

import argparse
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from safetensors.torch import load_file

from f2v_core.evaluation.records import Interval, Report
from f2v_core.evaluation.report import read_report
from f2v_core.frames import Clip, FramePair
from f2v_core.generators.learned import Learned
from f2v_core.library import (
    HISTORY,
    PREVIEW,
    WEIGHTS,
    Figure,
    ModelCard,
    copy_model,
    embedded_folder,
    read_card,
    write_card,
)
from f2v_core.media.fitting import fit_frame
from f2v_core.media.images import write_png
from f2v_core.media.sheet import contact_sheet
from f2v_core.media.videos import read_clip
from f2v_core.models.networks import save_weights
from f2v_core.runs import open_run
from f2v_core.storage import atomic_folder


def main() -> None:
    """Copy weights, losses and card; of the paths to the data and the start only the names are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("name", help="cvae or cgan")
    parser.add_argument("videos", nargs="+", type=Path, metavar="VIDEO", help="for the preview")
    parser.add_argument("--report", type=Path, required=True, help="a report folder of f2v evaluate")
    parser.add_argument("--row", help="the model's name there; the run's unless given")
    parser.add_argument(
        "--command", action="append", default=[], help="how it was made; once for each command"
    )
    parser.add_argument("--bad-at", required=True, help="what it is bad at, in words")
    parser.add_argument("--detail", type=float, default=1.0, help="the default detail of a CGAN")
    args = parser.parse_args()
    trained = open_run(args.run)
    card = read_card(trained.model_folder())
    data, start = Path(card.config.data).name, Path(card.config.start_from).name
    config = replace(card.config, data=data, start_from=start)
    shipped = replace(
        card, name=args.name, config=config, detail=args.detail, bad_at=args.bad_at,
        commands=tuple(args.command), metrics=figures(read_report(args.report), args.row or card.name),
    )  # fmt: skip
    with atomic_folder(embedded_folder() / args.name) as partial:
        copy_model(card, partial)
        halve(partial / WEIGHTS)
        shutil.copyfile(trained.history_file, partial / HISTORY)
        write_card(partial, shipped)
        write_preview(partial / PREVIEW, replace(shipped, folder=partial), args.videos)
        size = (partial / WEIGHTS).stat().st_size / 1e6
    print("\n".join([f"{args.name}: {card.steps} steps, {size:.1f} MB", *shipped.measured]))


def halve(weights: Path) -> None:
    """Store the weights with half precision: training computes with more, frames have 256 levels."""
    save_weights(weights, {name: value.half() for name, value in load_file(weights).items()})


def figures(report: Report, name: str) -> dict[str, Figure]:
    """The figures of a report's row that a card carries, with their 95 % intervals."""
    row, where = report.row(name), f"{report.split}, {report.clips} clips of {report.videos} videos"
    found: dict[str, Interval | None] = {
        "mean L2 over linear": row.ratio, "median ratio": row.median_ratio, "clips won": row.win_rate,
        "sharpness": row.sharpness, "classifier AUC": row.auc,
        "one sample over linear": row.sampled.one if row.sampled else None,
    }  # fmt: skip
    return {
        f"{key} ({where})": Figure(round(each.value, 4), round(each.low, 4), round(each.high, 4))
        for key, each in found.items()
        if each is not None
    }


def write_preview(path: Path, card: ModelCard, videos: Sequence[Path]) -> None:
    """A contact sheet: the first three seconds of each video, and below it what the model makes of their ends."""
    generator, rows = Learned(card), []
    for video in videos:
        frames = read_clip(video, card.config.frames, 10.0).frames
        square = (card.config.size, card.config.size)
        real = Clip(np.stack([fit_frame(frame, square, "fill") for frame in frames]), 10.0)
        made = generator.clip(FramePair(real.frames[0], real.frames[-1]), len(real), real.fps)
        rows += [real, made]
    write_png(path, contact_sheet(rows, ["real", "made"] * len(videos)))


if __name__ == "__main__":
    main()
