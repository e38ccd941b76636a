"""The contact sheets of a report: made again of the few clips they show, and written as PNG files."""

from collections.abc import Generator, Sequence
from pathlib import Path

from f2v_core.data.stage import Stage
from f2v_core.evaluation.clips import ComparedClips
from f2v_core.evaluation.measuring import make_clips
from f2v_core.evaluation.predictors import Predictor
from f2v_core.evaluation.records import Report
from f2v_core.evaluation.sheets import RANKS, choose_clips, make_sheet, sheet_captions, sheet_name
from f2v_core.media.images import write_png
from f2v_core.messages import StageProgress

SHOWN = ("linear", "flow")
"""The methods without a network that sheets show above the models."""


def write_sheets(
    folder: Path, report: Report, methods: Sequence[Predictor], clips: ComparedClips
) -> Generator[StageProgress, None, dict[str, str]]:
    """Write sheets of the clips that each model does best, middling and worst on; of flow without a model.

    Returns:
        File names in `folder` by what the sheets show, as in `Report.sheets`.

    Raises:
        DataError: a clip cannot be read. OSError: the disk refuses.
    """
    shown = [method for method in methods if method.draws or method.name in SHOWN]
    judges = [method.name for method in shown if method.draws] or [shown[-1].name]
    places = {record.key: place for place, record in enumerate(clips.records)}
    stage, files = Stage("Drawing contact sheets", len(judges) * len(RANKS)), dict[str, str]()
    for number, judge in enumerate(judges):
        for rank, chosen in zip(RANKS, choose_clips(report.row(judge)), strict=True):
            real = clips.clip(places[chosen.key])
            made = {method.name: make_clips(method, real[None], method.primary)[0] for method in shown}
            name = f"{rank}-{number + 1}.png"
            write_png(folder / name, make_sheet(real, made, sheet_captions(report, chosen.key)))
            files[sheet_name(rank, judge)] = name
            stage.done += 1
            yield stage.progress()
    return files
