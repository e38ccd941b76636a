"""f2v compare: several generators on one pair, side by side in one labelled video."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from f2v_core.cli.options import add_clip, add_output, clip_config, frame_count
from f2v_core.cli.output import TITLES, check_output, complain, progress_bar, write_clip
from f2v_core.config import GenerateConfig
from f2v_core.errors import InputError
from f2v_core.frames import Clip, FramePair, frame_times

if TYPE_CHECKING:
    from f2v_core.generators.base import ClipGenerator

NAME = "compare"
HELP = "put several generators side by side in one labelled video"
MOST_BYTES = 8 * 2**30
"""Clips beyond this are refused before any work: they are all held in memory to be laid side by side."""
SHORTEST_S, LONGEST_S = 0.02, 600.0
"""The length of a comparison with a video that is shorter or longer, in seconds; the range of `--seconds`."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("first", metavar="FIRST", nargs="?", help="image file: the videos' first frame")
    parser.add_argument("last", metavar="LAST", nargs="?", help="image file: the videos' last frame")
    add_output(parser)
    parser.add_argument(
        "--models",
        type=_names,
        metavar="A,B,...",
        help="as --model of f2v generate, with commas between (default: linear and your default CVAE and CGAN)",
    )
    parser.add_argument(
        "--truth",
        type=Path,
        metavar="VIDEO",
        help="a real video: its first and last frame are the pair, it gets a pane, the others show their L2 to it",
    )
    add_clip(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check what can be checked, make all clips, lay them side by side."""
    from f2v_core.library import default_name
    from f2v_core.media.embedding import settings_text
    from f2v_core.media.export import check_target
    from f2v_core.media.sheet import grid_frames

    models = args.models or ["linear", default_name("cvae"), default_name("cgan")]
    if args.truth is None and args.last is None:
        raise InputError("compare needs two images, FIRST and LAST, or --truth VIDEO.")
    check_target(args.out, args.force, args.preset)
    pair, truth, config = _material(args) if args.truth is None else _real_material(args)
    count = frame_count(args, config)
    check_output(args, count, config.fps)
    clips = [_clip(name, pair, count, config) for name in models]
    labels = [_label(name, clip, truth) for name, clip in zip(models, clips, strict=True)]
    if truth is not None:
        print("\n".join(labels))
        clips, labels = [*clips, truth], [*labels, "Truth"]
    panes = grid_frames(clips, labels)
    text = settings_text(
        {**_named(args), "models": models, "size": list(pair.size), "generate": config.to_json()}
    )
    write_clip(args, panes, count, config.fps, title="Writing", text=text)
    return 0


def _named(args: argparse.Namespace) -> dict[str, object]:
    """What the clips were made of, by absolute path."""
    if args.truth is not None:
        return {"truth": str(args.truth.absolute())}
    return {"pair": [str(Path(path).absolute()) for path in (args.first, args.last)], "fit": args.fit}


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise argparse.ArgumentTypeError("names no model")
    return names


def _material(args: argparse.Namespace) -> tuple[FramePair, None, GenerateConfig]:
    """The pair from two image files, and the settings."""
    from f2v_core import load_pair

    config = clip_config(args)
    pair = load_pair(args.first, args.last, args.size, args.fit)
    _check_memory(pair.size, frame_count(args, config), len(args.models))
    return pair, None, config


def _real_material(args: argparse.Namespace) -> tuple[FramePair, Clip, GenerateConfig]:
    """The pair from a real video's ends, its frames, and the settings: as long as the video unless the user says."""
    from f2v_core.media.videos import probe_video, read_truth

    if args.first is not None:
        complain(f"FIRST and LAST are not used: the pair is the first and the last frame of {args.truth}")
    video = probe_video(args.truth)
    config = clip_config(args, min(max(video.seconds, SHORTEST_S), LONGEST_S))
    count = frame_count(args, config)
    _check_memory(args.size or video.size, count, len(args.models) + 1)
    truth = _fitted(read_truth(args.truth, count), args)
    return FramePair(truth.frames[0], truth.frames[-1]), truth, config


def _fitted(clip: Clip, args: argparse.Namespace) -> Clip:
    import numpy as np

    from f2v_core.media.images import fit_frame

    if args.size is None:
        return clip
    return Clip(np.stack([fit_frame(frame, args.size, args.fit) for frame in clip.frames]), clip.fps)


def _check_memory(size: tuple[int, int], count: int, panes: int) -> None:
    needed = size[0] * size[1] * 3 * count * panes
    if needed > MOST_BYTES:
        raise InputError(
            f"{panes} clips of {count} frames of {size[0]}x{size[1]} fill {needed / 2**30:.0f} GB.",
            "Choose a smaller --size or fewer --frames.",
        )


def _clip(name: str, pair: FramePair, count: int, config: GenerateConfig) -> Clip:
    import numpy as np

    from f2v_core.generators.registry import create_generator, wanted_knobs

    generator: ClipGenerator = create_generator(name, config.device, *wanted_knobs(config))
    made = []
    with progress_bar(TITLES.get(name, name), count) as show:
        for frame in generator.frames(pair, frame_times(count).tolist(), config.seed):
            made.append(frame)
            show(len(made))
    return Clip(np.stack(made), config.fps)


def _label(name: str, clip: Clip, truth: Clip | None) -> str:
    from f2v_core.evaluation.metrics import l2_distance

    title = TITLES.get(name, name)
    return title if truth is None else f"{title}  L2 {l2_distance(clip.frames, truth.frames):.1f}"
