"""The table of losses, `history.csv`: read and written while it grows."""

import csv
import io
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

from f2v_core.errors import RunError
from f2v_core.runs.folder import Run
from f2v_core.storage import append_whole, atomic_file

Rows = list[dict[str, str]]


def read_history(run: Run) -> dict[str, list[float]]:
    """The losses so far: a column of numbers by name; NaN where a row has no such loss.

    A last line that is still being written is left out.
    """
    names, rows = _read(run.history_file)
    return {name: [number(row.get(name)) for row in rows] for name in names}


def number(cell: str | None) -> float:
    """A cell's number; NaN for an empty one, and for one that a power cut damaged."""
    try:
        return float(cell or math.nan)
    except ValueError:
        return math.nan


def append_history(run: Run, names: tuple[str, ...], row: Mapping[str, float]) -> None:
    """Add a row to `history.csv`; the header is written with the first one.

    A run that is resumed with other losses than it began with gets a column for each of all.
    Whole numbers keep all their digits (a step may be in the millions), others six.

    Raises:
        RunError: the disk refuses.
    """
    file = run.history_file
    try:
        known = _header(file)
        columns = tuple(known) or names
        if missing := [name for name in names if name not in columns]:
            columns = (*columns, *missing)
            _write(file, columns, _read(file)[1])
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, columns, restval="")
        if not (file.is_file() and file.stat().st_size):
            writer.writeheader()
        writer.writerow({name: _cell(value) for name, value in row.items()})
        append_whole(file, text.getvalue().encode())
    except OSError as error:
        raise _refused(file, error) from error


def truncate_history(run: Run, step: int) -> None:
    """Drop the rows after `step`, which a run resumed from that checkpoint writes again, and damaged ones.

    Raises:
        RunError: the disk refuses.
    """
    names, rows = _read(run.history_file)
    kept = [row for row in rows if None not in row and number(row.get("step")) <= step]
    try:
        if names:
            _write(run.history_file, names, kept)
        else:  # half a header
            run.history_file.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(run.history_file, error) from error


def whole_lines(file: Path) -> list[str]:
    """The file's lines but for a last one without an end: that one is still being written, or was cut off."""
    if not file.is_file():
        return []
    text = file.read_text(encoding="utf-8", errors="replace")
    return [line + "\n" for line in text.split("\n")[:-1]]


def _refused(file: Path, error: OSError) -> RunError:
    message = f"{file} cannot be written: {error.strerror}."
    return RunError(message, "Make room on the disk, then resume.")


def _read(file: Path) -> tuple[tuple[str, ...], Rows]:
    reader = csv.DictReader(whole_lines(file))
    return tuple(reader.fieldnames or ()), list(reader)


def _header(file: Path) -> list[str]:
    if not file.is_file():
        return []
    with file.open(newline="", encoding="utf-8", errors="replace") as opened:
        line = opened.readline()
    return next(csv.reader([line]), []) if line.endswith("\n") else []


def _write(file: Path, names: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
    with atomic_file(file) as partial, partial.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _cell(value: float) -> str:
    whole = float(value).is_integer() and abs(value) <= 2**53
    return str(int(value)) if whole else f"{value:.6g}"
