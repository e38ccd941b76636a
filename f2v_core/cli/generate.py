"""f2v generate: two images in, one video out."""

import argparse
from pathlib import Path

from f2v_core.cli.options import add_clip, add_output, clip_config, frame_count
from f2v_core.cli.output import TITLES, check_output, write_clip

NAME = "generate"
HELP = "make the video between two images"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("first", metavar="FIRST", help="image file: the video's first frame")
    parser.add_argument("last", metavar="LAST", help="image file: the video's last frame")
    add_output(parser)
    parser.add_argument(
        "--model",
        metavar="MODEL",
        help="linear, flow, cvae, cgan, a model of your library, or a model folder (default: your default CVAE,"
        " which is cvae unless f2v models default says otherwise)",
    )
    add_clip(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check what can be checked, then stream the frames into the file."""
    from f2v_core import load_pair
    from f2v_core.frames import frame_times
    from f2v_core.media.embedding import settings_text

    config = clip_config(args)
    count = frame_count(args, config)
    check_output(args, count, config.fps)
    pair = load_pair(args.first, args.last, args.size, args.fit)

    from f2v_core.generators.registry import create_generator, wanted_knobs
    from f2v_core.library import default_name

    model = args.model or default_name("cvae")
    generator = create_generator(model, config.device, *wanted_knobs(config))
    frames = generator.frames(pair, frame_times(count).tolist(), config.seed)
    made = {"pair": [str(Path(path).absolute()) for path in (args.first, args.last)], "models": [model]}
    text = settings_text({**made, "size": list(pair.size), "fit": args.fit, "generate": config.to_json()})
    write_clip(args, frames, count, config.fps, title=TITLES.get(model, model), text=text)
    return 0
