"""Rows and a report that nobody measured, for tests of what becomes of them."""

from dataclasses import replace

from f2v_core.evaluation.records import ClipFigures, Group, Interval, ModelRow, Report, Sampled

ONE = Interval(1.0, 1.0, 1.0)


def made_clip(number: int, ratio: float = 1.0, draws: tuple[float, ...] = ()) -> ClipFigures:
    """A clip's figures; every third one is of the same source."""
    return ClipFigures(
        f"test-000000-{number:05d}", f"video-{number % 3}.mp4", "", 40 * ratio, ratio, 25.0, 0.8, 0.7, 0.9, 0.1 + 0.2,
        (0.0, 1 / 3, 0.0), 41.0 if draws else 0.0, draws, 40.5 if draws else 0.0, 0.01 if draws else 0.0,
    )  # fmt: skip


def made_row(name: str, ratio: float = 1.0, draws: tuple[float, ...] = ()) -> ModelRow:
    """A row of four clips."""
    clips = tuple(made_clip(number, ratio + number / 7, draws) for number in range(4))
    group, interval = Group(4, 40.0, 10.0, ratio), Interval(ratio, ratio - 0.1, ratio + 0.1)
    row = ModelRow(
        name, f"what {name} is", group, {"": group}, {"video-0.mp4": group}, interval, interval, interval, ONE, ONE,
        ONE, ONE, ONE, 0.2, 0.03, (0.0, 0.1, 0.0), clips, auc=Interval(0.9, 0.85, 0.95), seconds=0.01,
    )  # fmt: skip
    return replace(row, sampled=Sampled(ONE, ONE, ONE, ONE, 0.02, len(draws))) if draws else row


def made_report(*rows: ModelRow) -> Report:
    """A report of these rows, or of a cross-fade and a model with draws."""
    rows = rows or (replace(made_row("linear"), auc=None), made_row("cvae", 0.9, (42.0, 43.0)))
    return Report(
        "room", "ab" * 32, "val", 4, 3, "0.1.0", "2026-01-02T03:04:05", rows, {"best of cvae": "b.png"}
    )
