"""f2v evaluate: how close models come to real videos, beside simple methods, with intervals."""

import argparse
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from f2v_core.cli.events_output import event_display
from f2v_core.cli.options import add_knobs, describe, given_knobs
from f2v_core.cli.output import complain
from f2v_core.config import EvaluateConfig
from f2v_core.errors import ExportError, InputError
from f2v_core.library import list_models

if TYPE_CHECKING:
    from f2v_core.evaluation.records import Report

NAME = "evaluate"
HELP = "compare models with real videos"
STOPPED = 130
FORMATS = {"json": "everything", "csv": "the table, one line for each model", "html": "a page to read"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the report's folder, a file for each format, and a flag for every setting."""
    parser.epilog = (
        "Figures are kept: only what was never measured on these clips is worked out, and the same command goes on "
        "after Ctrl+C. The report's folder also has a line for each clip (clips.csv) and contact sheets."
    )
    parser.add_argument("--report", type=Path, metavar="DIR", help="the report's folder (default: a new one)")
    for name, content in FORMATS.items():
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"also write {content}")
    parser.add_argument("--force", action="store_true", help="overwrite these files")
    models = next(each for each in EvaluateConfig.knobs() if each.name == "models")
    parser.add_argument(
        "--models",
        type=_names,
        action="extend",
        default=argparse.SUPPRESS,
        metavar="MODEL,...",
        help=f"{describe(models)} With commas between, or one after each --models.",
    )
    add_knobs(parser, EvaluateConfig, without=("models",))
    parser.set_defaults(run=run)


def _names(text: str) -> list[str]:
    """The one model of that name or at that path, whatever commas are in it, or else those between the commas."""
    if Path(text).exists() or text in {card.name for card in list_models()[0]}:
        return [text]
    return [name.strip() for name in text.split(",") if name.strip()]


def run(args: argparse.Namespace) -> int:
    """Evaluate, write what was asked for, print the table."""
    config = EvaluateConfig.from_json(given_knobs(args, EvaluateConfig))
    if not config.data:
        raise InputError("evaluate needs --data DATASET.", "Make one with f2v prepare.")
    files = {name: getattr(args, name) for name in FORMATS if getattr(args, name) is not None}
    _check_files(files, force=args.force)
    folder = _evaluate(config, args.report)
    if folder is None:
        complain("stopped; finished figures are kept: the same command goes on from there")
        return STOPPED
    _show(folder, files)
    return 0


def _check_files(files: Mapping[str, Path], *, force: bool) -> None:
    """See that the files can be written, before the long work."""
    for path in files.values():
        if path.is_dir() or (path.exists() and not force):
            raise ExportError(
                f"{path} exists already.", "Choose another name, or allow overwriting (--force)."
            )
        if not path.absolute().parent.is_dir():
            raise ExportError(f"There is no folder {path.parent}.", "Make it, or choose another one.")


def _evaluate(config: EvaluateConfig, wanted: Path | None) -> Path | None:
    """The report's folder; None if Ctrl+C came before it was there."""
    from f2v_core.evaluation.evaluate import evaluate
    from f2v_core.messages import EvaluationReady

    folder, events = None, evaluate(config, wanted)
    try:
        with event_display() as show, closing(events):  # type: ignore[type-var]
            for event in events:
                show(event)
                if isinstance(event, EvaluationReady):
                    folder = Path(event.folder)
    except KeyboardInterrupt:
        return None
    return folder


def _show(folder: Path, files: Mapping[str, Path]) -> None:
    """Write the files and print the table."""
    from f2v_core.evaluation.html import write_html
    from f2v_core.evaluation.report import read_report, write_report_json, write_table_csv
    from f2v_core.evaluation.summary import summary_lines

    report = read_report(folder)
    writers: dict[str, Callable[[Report, Path], None]] = {
        "json": lambda report, path: write_report_json(path, report),
        "csv": lambda report, path: write_table_csv(path, report.rows),
        "html": lambda report, path: write_html(report, folder, path),
    }
    print("\n".join(summary_lines(report)))
    for name, path in files.items():
        try:
            writers[name](report, path)
        except OSError as error:
            raise ExportError(
                f"{path} cannot be written: {error.strerror}.", "Choose another folder."
            ) from error
        print(f"Wrote {path}")
