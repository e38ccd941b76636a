"""f2v: the command line, with everything that the window can do.

Exit codes: 0 good, 1 failed, 2 wrong usage, 130 stopped by Ctrl+C. Errors are one line on stderr.
"""

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from typing_extensions import override

from f2v_core.cli import compare, doctor, evaluate, generate, models, prepare, runs, settings, train
from f2v_core.cli.options import add_debug
from f2v_core.cli.output import complain
from f2v_core.errors import F2vError, InputError
from f2v_core.version import __version__

COMMANDS = (generate, compare, settings, prepare, train, runs, evaluate, models, doctor)
FAILED, WRONG_USAGE, STOPPED = 1, 2, 130


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one line."""

    @override
    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, f"{self.prog}: {message}; see {self.prog} --help\n")


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; `args.run` is the chosen command's function."""
    parser = Parser(prog="f2v", description="Make the video between a first and a last image.")
    parser.add_argument("--version", action="version", version=f"f2v {__version__}")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(command.NAME, help=command.HELP, description=command.__doc__)
        add_debug(sub)
        command.add_arguments(sub)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    args = build_parser().parse_args(argv)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite kill stops as cleanly as Ctrl+C
    try:
        return int(args.run(args))
    except KeyboardInterrupt:
        complain("stopped; nothing half-written is left")
        return STOPPED
    except BrokenPipeError:  # whoever read our output has enough, as in `f2v models list | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # noqa: BLE001 - the outermost door: whatever it is, the user gets one line
        if args.debug:
            traceback.print_exc()
        return _report(error)


def _report(error: Exception) -> int:
    match error:
        case InputError():
            complain(str(error))
            return WRONG_USAGE
        case F2vError():
            complain(str(error))
            return FAILED
        case _:
            complain(f"unexpected {type(error).__name__}: {error} (--debug shows where)")
            return FAILED


if __name__ == "__main__":
    sys.exit(main())
