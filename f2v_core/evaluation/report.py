"""A report is a folder: what is in it, how it is written whole, and how it is read again.

::

    report.json    everything, and the folder's format
    clips.csv      one line for each clip and model
    table.csv      one line for each model
    *.png          contact sheets that report.json names
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import appdirs

from f2v_core.errors import DataError
from f2v_core.evaluation.plain import from_plain, to_plain
from f2v_core.evaluation.records import ClipFigures, Interval, ModelRow, Report
from f2v_core.storage import atomic_file

REPORT, CLIPS, TABLE = "report.json", "clips.csv", "table.csv"
FORMAT = 1
AGAIN = "Evaluate again."
CLIP_COLUMNS = (
    "model", "key", "source", "category", "l2", "ratio", "psnr", "ssim", "sharpness", "temporal", "endpoint", "mean_l2",
    "draws_mean", "diversity",
)  # fmt: skip
"""Of `clips.csv`, before one column for each draw's L2."""
INTERVALS = ("ratio", "mean_ratio", "median_ratio", "win_rate", "psnr", "ssim", "sharpness", "temporal")
SAMPLED = ("at_mean", "one", "mean_of", "best_of")


def reports_folder() -> Path:
    """Where reports lie unless the user says otherwise."""
    return Path(appdirs.user_data_dir("f2v", appauthor=False)) / "evaluations"


def new_report_folder(dataset: str, split: str, root: Path | None = None) -> Path:
    """A folder that does not exist yet, named after the dataset, the split and the time."""
    base = (root or reports_folder()) / f"{dataset}-{split}-{datetime.now():%Y%m%d-%H%M%S}"
    folder, number = base, 1
    while folder.exists():
        number += 1
        folder = base.with_name(f"{base.name}-{number}")
    return folder


def list_reports(root: Path | None = None) -> list[Path]:
    """The folders directly below `root` that hold a report, the newest first; hidden ones are still being written."""
    found = (root or reports_folder()).glob(f"[!.]*/{REPORT}")
    times = sorted(((path.stat().st_mtime_ns, path.parent) for path in found), reverse=True)
    return [folder for _, folder in times]


def write_report(folder: Path, report: Report) -> None:
    """Write `report.json` and both tables into an existing folder, each of them whole or not at all.

    Raises:
        DataError: the disk refuses.
    """
    try:
        write_report_json(folder / REPORT, report)
        write_table_csv(folder / TABLE, report.rows)
        write_clips_csv(folder / CLIPS, report.rows)
    except OSError as error:
        raise unwritable(folder, error) from error


def unwritable(path: Path, error: OSError) -> DataError:
    """What to say where the disk refuses."""
    return DataError(f"{path} cannot be written: {error.strerror}.", "Make room there or allow writing.")


def write_report_json(path: Path, report: Report) -> None:
    """Write everything as one line of JSON; numbers keep all their digits."""
    text = json.dumps({"format": FORMAT, **to_plain(report)}, ensure_ascii=False)
    with atomic_file(path) as partial:
        partial.write_text(text + "\n", encoding="utf-8")


def read_report(folder: Path) -> Report:
    """The report in a folder.

    Raises:
        DataError: there is none, it was written by a newer f2v, or it is damaged.
    """
    path = folder / REPORT
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        version = values.pop("format")
        if version > FORMAT:
            raise DataError(f"{path} was written by a newer f2v (format {version}).", "Update f2v.")
        return from_plain(Report, values)
    except OSError as error:
        raise DataError(f"{folder} holds no report: {REPORT} cannot be read.", AGAIN) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path} is damaged: {error}.", AGAIN) from error


def write_table_csv(path: Path, rows: Sequence[ModelRow]) -> None:
    """Write one line for each model: its figures, each interval as three columns; empty where there is none."""
    _write_table(path, [_model_line(row) for row in rows])


def write_clips_csv(path: Path, rows: Sequence[ModelRow]) -> None:
    """Write one line for each clip and model."""
    _write_table(path, [_clip_line(row.name, clip) for row in rows for clip in row.clips])


def _write_table(path: Path, lines: Sequence[Mapping[str, object]]) -> None:
    """Write lines with the columns of all of them, in the order in which they first come."""
    columns = list(dict.fromkeys(column for line in lines for column in line))
    with atomic_file(path) as partial, partial.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(lines)


def _clip_line(model: str, clip: ClipFigures) -> dict[str, object]:
    values = {"model": model, **{name: getattr(clip, name) for name in CLIP_COLUMNS[1:]}}
    return values | {f"draw_{number}": l2 for number, l2 in enumerate(clip.draws)}


def _model_line(row: ModelRow) -> dict[str, object]:
    values: dict[str, object] = {
        "model": row.name,
        "title": row.title,
        "clips": row.overall.clips,
        "l2": row.overall.l2,
        "std": row.overall.std,
        "endpoint": row.endpoint,
        "p_value": row.p_value,
        "seconds": row.seconds,
    }
    values |= dict(_interval_columns((name, getattr(row, name)) for name in (*INTERVALS, "auc")))
    if row.sampled is not None:
        values |= dict(_interval_columns((name, getattr(row.sampled, name)) for name in SAMPLED))
        values |= {"diversity": row.sampled.diversity, "draws": row.sampled.draws}
    return values


def _interval_columns(intervals: Iterable[tuple[str, Interval | None]]) -> Iterator[tuple[str, object]]:
    for name, interval in intervals:
        low, value, high = ("", "", "") if interval is None else (interval.low, interval.value, interval.high)
        yield from ((name, value), (f"{name}_low", low), (f"{name}_high", high))
