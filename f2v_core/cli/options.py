"""The options that several commands share, and what they come to."""

import argparse
from collections.abc import Collection
from pathlib import Path
from typing import Any

from f2v_core.config import ExportConfig, GenerateConfig
from f2v_core.frames import frame_times
from f2v_core.knobs import Config, Knob, Value
from f2v_core.media.presets import PRESETS

LARGEST_SIDE = 16384


def add_debug(parser: argparse.ArgumentParser) -> None:
    """Allow `--debug` behind a command too; it does not undo one given before the command."""
    parser.add_argument(
        "--debug", action="store_true", default=argparse.SUPPRESS, help="show the traceback of an error"
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add `-o OUT`, what kind of file it is, what of the clip it holds, and `--force`."""
    parser.add_argument(
        "-o",
        "--out",
        type=Path,
        required=True,
        metavar="OUT",
        help=".mp4 .webm .gif .webp .png (APNG) .mkv (FFV1, lossless), or a folder for PNG frames",
    )
    parser.add_argument(
        "--preset",
        choices=list(PRESETS),
        default="",
        help="the kind of file, where OUT's ending stands for several: "
        + "; ".join(f"{name}: {each.title}" for name, each in PRESETS.items()),
    )
    add_knobs(parser, ExportConfig)
    parser.add_argument("--force", action="store_true", help="overwrite OUT")


def export_config(args: argparse.Namespace) -> ExportConfig:
    """What `add_output` let the user say about the file.

    Raises:
        InputError: a value outside its range.
    """
    return ExportConfig.from_json(given_knobs(args, ExportConfig))


def add_clip(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what clip is made: its length, rate, size, seed and device."""
    knobs = {each.name: each for each in GenerateConfig.knobs()}
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--seconds", type=float, metavar="S", help=describe(knobs["seconds"]))
    length.add_argument(
        "--frames", type=int, metavar="N", help="How many frames, both images included; >= 2."
    )
    parser.add_argument(
        "--fps", type=float, default=knobs["fps"].default, metavar="F", help=describe(knobs["fps"])
    )
    parser.add_argument(
        "--size",
        type=parse_size,
        metavar="WxH|input",
        help="Width and height in pixels; input: those of the first image (default).",
    )
    parser.add_argument(
        "--fit",
        choices=("fill", "fit", "stretch"),
        default="fill",
        help="What happens to an image of another shape: crop (default), add bars, distort.",
    )
    parser.add_argument(
        "--seed", type=int, default=knobs["seed"].default, metavar="N", help=describe(knobs["seed"])
    )
    parser.add_argument(
        "--variation",
        type=parse_share,
        metavar="V",
        help="How far the latent strays from its mean, 0 to 1 (default: each model's own).",
    )
    parser.add_argument(
        "--detail",
        type=parse_share,
        metavar="D",
        help="How much of a CGAN's detail is added to its mean, 0 to 1 (default: each model's own).",
    )
    parser.add_argument(
        "--device",
        choices=knobs["device"].choices,
        default=knobs["device"].default,
        help=describe(knobs["device"]),
    )


def add_knobs(parser: argparse.ArgumentParser, config: type[Config], without: Collection[str] = ()) -> None:
    """Add a flag for every setting of `config`, under its group's heading; what is not given stays unset."""
    groups: dict[str, Any] = {}
    for each in config.knobs():
        if each.name not in without:
            if each.group not in groups:
                groups[each.group] = parser.add_argument_group(each.group)
            _add_flag(groups[each.group], each)


def _add_flag(group: Any, each: Knob) -> None:  # noqa: ANN401 - argparse hides the type of its groups
    flag = "--" + each.name.replace("_", "-")
    options: dict[str, Any] = {"dest": each.name, "default": argparse.SUPPRESS, "help": describe(each)}
    if each.kind is bool:
        group.add_argument(flag, action=argparse.BooleanOptionalAction, **options)
    elif each.choices:
        group.add_argument(flag, choices=each.choices, **options)
    else:
        group.add_argument(flag, type=each.kind, metavar=each.kind.__name__.upper(), **options)


def given_knobs(args: argparse.Namespace, config: type[Config]) -> dict[str, Value]:
    """The settings that the user named among those of `add_knobs`."""
    return {each.name: getattr(args, each.name) for each in config.knobs() if hasattr(args, each.name)}


def parse_size(text: str) -> tuple[int, int] | None:
    """(width, height) in pixels from "640x360"; None from "input".

    Raises:
        argparse.ArgumentTypeError: any other text, or a side outside 2..16384.
    """
    if text == "input":
        return None
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 640x360, nor the word input")
    size = int(width), int(height)
    if not all(2 <= side <= LARGEST_SIDE for side in size):
        raise argparse.ArgumentTypeError(f"{text!r} has a side outside 2..{LARGEST_SIDE}")
    return size


def parse_share(text: str) -> float:
    """A number from 0 to 1; the -1 that stands for each model's own is for the settings, not for people.

    Raises:
        argparse.ArgumentTypeError: any other text or number.
    """
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value


def clip_config(args: argparse.Namespace, seconds: float | None = None) -> GenerateConfig:
    """The checked settings behind `add_clip`; `seconds` is the length when the user names none.

    Raises:
        InputError: a value outside its range.
    """
    given = {
        "seconds": args.seconds if args.seconds is not None else seconds,
        "variation": args.variation,
        "detail": args.detail,
        "fps": args.fps,
        "seed": args.seed,
        "device": args.device,
    }
    return GenerateConfig.from_json({name: value for name, value in given.items() if value is not None})


def frame_count(args: argparse.Namespace, config: GenerateConfig) -> int:
    """How many frames `--frames` or `--seconds` and `--fps` come to.

    Raises:
        InputError: fewer than two.
    """
    return config.frames if args.frames is None else len(frame_times(args.frames))


def describe(each: Knob) -> str:
    """A knob's help with its default, unit and range, for `--help`."""
    facts = [] if each.default in ("", ()) else [f"default {_plain(each.default)}{_unit(each)}"]
    if each.low is not None and each.high is not None:
        facts.append(f"{each.low:.10g} to {each.high:.10g}")
    text = f"{each.help} ({', '.join(facts)})" if facts else each.help
    return text.replace("%", "%%")


def _plain(value: object) -> str:
    return {True: "on", False: "off"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _unit(each: Knob) -> str:
    return f" {each.unit}" if each.unit else ""
