"""What the Evaluate page reads of datasets, models and reports, away from the window's thread."""

import csv
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from f2v_core.data.dataset import open_dataset
from f2v_core.data.records import SPLITS, Split
from f2v_core.errors import DataError
from f2v_core.evaluation.records import Report
from f2v_core.evaluation.report import TABLE, list_reports
from f2v_core.library import ModelCard, read_card
from f2v_core.runs import RUN, open_run


@dataclass(frozen=True)
class Candidate:
    """A dataset to evaluate on.

    Attributes:
        clips: how many each split has.
        procedural: whether its clips are made, not filmed.
    """

    folder: Path
    clips: dict[Split, int]
    procedural: bool

    @property
    def splits(self) -> list[Split]:
        """The splits that have clips; at least one; test before val before train."""
        return [split for split in reversed(SPLITS) if self.clips[split]]


def read_candidate(folder: Path) -> Candidate:
    """Look at a dataset.

    Raises:
        DataError: there is none, or it has no clips.
    """
    dataset = open_dataset(folder)
    clips = {split: dataset.count(split) for split in SPLITS}
    if not any(clips.values()):
        raise DataError(_tr("{0} has no clips.").format(folder.name), _tr("Choose another dataset."))
    return Candidate(folder, clips, dataset.procedural)


@dataclass(frozen=True)
class Model:
    """A model to evaluate.

    Attributes:
        value: what the settings call it: a library name, or a folder.
        card: what is known about it.
    """

    value: str
    card: ModelCard


def read_model(folder: Path) -> Model:
    """The model of a folder: its own, or a run's newest.

    Raises:
        ModelError, RunError: there is none.
    """
    inside = open_run(folder).model_folder() if (folder / RUN).is_file() else folder
    return Model(str(folder), read_card(inside))


@dataclass(frozen=True)
class ReportRow:
    """A report as the list knows it.

    Attributes:
        title: its dataset and split, or its folder's name where that tells them not.
        made: when it was complete.
        clips: how many were compared; 0 where that cannot be read.
    """

    folder: Path
    title: str
    made: datetime
    clips: int


def read_report_rows(root: Path | None = None) -> list[ReportRow]:
    """The reports below `root` (the user's own for None), the newest first, without reading them whole."""
    return [_report_row(folder) for folder in list_reports(root)]


def _report_row(folder: Path) -> ReportRow:
    named = re.fullmatch(r"(.+)-(test|val|train)-\d{8}-\d{6}(-\d+)?", folder.name)
    title = f"{named[1]} · {named[2]}" if named else folder.name
    return ReportRow(folder, title, datetime.fromtimestamp(folder.stat().st_mtime), _clips_of(folder))


def _clips_of(folder: Path) -> int:
    """How many clips the first line of a report's table is about."""
    try:
        with (folder / TABLE).open(newline="", encoding="utf-8") as file:
            return int(next(csv.DictReader(file))["clips"])
    except (OSError, StopIteration, KeyError, ValueError, csv.Error):
        return 0


def sheet_files(report: Report, folder: Path) -> dict[str, Path]:
    """The contact sheets of a report in `folder` by what they show; a name that leads out of it is left out."""
    inside = folder.resolve()
    files = {what: folder / name for what, name in report.sheets.items()}
    return {what: file for what, file in files.items() if file.resolve().is_relative_to(inside)}


def _tr(text: str) -> str:
    return QCoreApplication.translate("EvaluateFiles", text)
