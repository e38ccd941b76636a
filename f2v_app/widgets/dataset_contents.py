"""Everything that the overview of a dataset shows, read away from the window's thread."""

from dataclasses import dataclass
from itertools import islice

import numpy as np
from PySide6.QtCore import QCoreApplication

from f2v_app.widgets.clip_table import ClipTable, read_clip_table
from f2v_app.widgets.measure_panel import Measure
from f2v_app.widgets.text_table import Row
from f2v_core.data.dataset import DUPLICATES, REJECTED, Dataset
from f2v_core.messages import FolderScanned

MOST = 100_000
"""Rows of a table of texts that are shown."""
REJECTED_COLUMNS = ("file", "reason")
DUPLICATE_COLUMNS = ("video", "split", "kept_video", "kept_split", "distance")


@dataclass(frozen=True, eq=False)
class Contents:
    """A dataset's index and tables."""

    table: ClipTable
    measures: list[Measure]
    rejected: list[Row]
    duplicates: list[Row]


def read_contents(dataset: Dataset) -> Contents:
    """Read all of it.

    Raises:
        DataError: a part is missing or damaged.
    """
    table = read_clip_table(dataset)
    return Contents(
        table,
        clip_measures(table),
        _texts(dataset, REJECTED, REJECTED_COLUMNS),
        _texts(dataset, DUPLICATES, DUPLICATE_COLUMNS),
    )


def _texts(dataset: Dataset, name: str, columns: tuple[str, ...]) -> list[Row]:
    rows = islice(dataset.table(name), MOST)
    return [tuple(row.get(column, "") for column in columns) for row in rows]


def clip_measures(table: ClipTable) -> list[Measure]:
    """How a dataset's clips are spread; lengths and sizes where they differ."""
    found = [
        Measure(
            _tr("Motion a second"),
            _tr("Mean change of a value, 0 to 1, in a second."),
            table.by_split(table.motion),
            log=True,
        ),
        Measure(
            _tr("L2 of linear interpolation"),
            _tr("How far a cross-fade is from the clip: the higher, the more a model can win."),
            table.by_split(table.linear_l2),
            log=False,
        ),
    ]
    for title, hint, values in (
        (_tr("Length, s"), _tr("Seconds of a clip."), table.seconds),
        (_tr("Height, px"), _tr("Pixels of a clip's height."), table.heights),
    ):
        if len(np.unique(values)) > 1:
            found.append(Measure(title, hint, table.by_split(values), log=False))
    return found


def found_measures(found: FolderScanned) -> list[Measure]:
    """How the videos of a folder are spread, from the sample of them that was opened."""
    if not found.seconds:
        return []
    whole = {"": np.array(found.seconds)}
    sides = {"": np.array([min(size) for size in found.sizes])}
    sample = _tr("Of a sample of {0} videos.").format(len(found.seconds))
    return [
        Measure(_tr("Length, s"), sample, whole, log=True),
        Measure(_tr("Short side, px"), sample, sides, log=True),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("DatasetContents", text)
