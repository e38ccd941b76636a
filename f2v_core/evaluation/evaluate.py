"""An evaluation from a dataset's clips to a report's folder, an iterator of events."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

from f2v_core.config import EvaluateConfig
from f2v_core.errors import InputError
from f2v_core.evaluation.clips import ComparedClips, select_clips
from f2v_core.evaluation.figures import Figures
from f2v_core.evaluation.ladder import make_ladder
from f2v_core.evaluation.picturing import write_sheets
from f2v_core.evaluation.predictors import Predictor
from f2v_core.evaluation.records import ModelRow, Report
from f2v_core.evaluation.report import new_report_folder, unwritable, write_report
from f2v_core.evaluation.table import make_row
from f2v_core.messages import EvaluateEvent, EvaluationReady, StageProgress
from f2v_core.storage import atomic_folder
from f2v_core.version import __version__


def evaluate(config: EvaluateConfig, folder: Path | None = None) -> Iterator[EvaluateEvent]:
    """Compare the ladder and the models on the clips of a dataset; write a report.

    Closing the iterator cancels: no folder is left, but the figures of the methods that were done are kept, so that the
    same evaluation goes on from there.

    Args:
        folder: where the report goes; nothing is there yet. None: a new folder among the user's reports.

    Raises:
        InputError: `folder` holds something. DataError: the dataset is missing, damaged or without such clips, or the
        disk refuses. ModelError, RunError: no such model.
    """
    if folder is not None and folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise InputError(f"{folder} exists and is not empty.", "Choose a new folder for the report.")
    with ExitStack() as stack:
        clips = select_clips(config)
        stack.callback(clips.close)
        file = stack.enter_context(TemporaryFile(prefix="f2v-clips-"))
        methods = make_ladder(config.models, config.device, clips.dataset)
        figures = Figures(config, clips, file)
        rows = yield from _make_rows(methods, figures)
        place = folder or new_report_folder(clips.dataset.folder.resolve().name, config.split)
        yield from _write(place, _report(config, clips, rows), methods, clips)
    yield EvaluationReady(str(place))


def _make_rows(
    methods: Sequence[Predictor], figures: Figures
) -> Generator[EvaluateEvent, None, tuple[ModelRow, ...]]:
    """A row for each method, the first of which is the baseline."""
    yield from figures.recall(methods)
    linear = (yield from figures.measured(methods[0], None)).clips
    rows = []
    for method in methods:
        measured = yield from figures.measured(method, linear)
        auc = yield from figures.realism(method)
        rows.append(make_row(method.name, method.title, measured.clips, linear, measured.seconds, auc))
    return tuple(rows)


def _report(config: EvaluateConfig, clips: ComparedClips, rows: tuple[ModelRow, ...]) -> Report:
    return Report(
        dataset=clips.dataset.folder.resolve().name,
        digest=clips.digest,
        split=config.split,
        clips=len(clips),
        videos=len({record.source for record in clips.records}),
        version=__version__,
        created=datetime.now().astimezone().isoformat(timespec="seconds"),
        rows=rows,
    )


def _write(
    folder: Path, report: Report, methods: Sequence[Predictor], clips: ComparedClips
) -> Iterator[StageProgress]:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with atomic_folder(folder) as partial:
            sheets = yield from write_sheets(partial, report, methods, clips)
            write_report(partial, replace(report, sheets=sheets))
    except OSError as error:
        raise unwritable(folder, error) from error
