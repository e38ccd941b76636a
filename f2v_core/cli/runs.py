"""f2v runs: trainings, whoever started them: list, look into, watch and steer them."""

import argparse
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import get_args

from f2v_core.cli.options import add_debug
from f2v_core.cli.output import complain
from f2v_core.cli.runs_export import add_options, export_runs
from f2v_core.cli.runs_output import how_it_stands, name_of, print_json, print_run, print_runs, run_facts
from f2v_core.cli.runs_queue import go_on, join_queue, leave_queue
from f2v_core.cli.runs_watch import follow
from f2v_core.errors import RunError
from f2v_core.runs import RUN, Run, list_runs, open_run, runs_folder
from f2v_core.runs.claims import discard_run
from f2v_core.runs.events import RunEventKind
from f2v_core.runs.launch import start_training
from f2v_core.runs.names import rename_run
from f2v_core.runs.requests import RequestKind, send_request
from f2v_core.runs.state import RunState, read_state
from f2v_core.runs.watch import RunWatch

NAME = "runs"
HELP = "list, watch, pause, resume, queue and discard trainings"
STOPPED = 130
ANSWER_S, LOOK_S = 3.0, 0.1
"""How long a trainer is waited for, and how often one looks."""
_ENDINGS: dict[RequestKind, tuple[str, str]] = {
    "pause": ("save and end, to go on later", "Pausing: at the end of this step it saves and ends."),
    "stop": ("save and end for good", "Stopping: at the end of this step it saves and ends."),
    "discard": ("end and delete the run", "Discarding: at the end of this step it ends and is deleted."),
}
"""What each ending does, for the help; and what is said while it has not come yet."""
_NOW: dict[RequestKind, tuple[str, RunEventKind]] = {
    "save": ("write a checkpoint now", "checkpoint"),
    "sample": ("make samples now", "sample"),
}
"""What is done between two steps, for the help; and the event that tells that it was."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own commands."""
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all trainings in your folder of runs, or in another one")
    listing.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help="a folder of runs")
    listing.set_defaults(run=_list)
    showing = _add_action(actions, "show", "settings, state, checkpoints and what happened last", _show)
    for action in (listing, showing):
        action.add_argument("--json", action="store_true", help="for programs")
    _add_action(actions, "watch", "follow a training until it ends; Ctrl+C only stops watching", _watch)
    _add_action(actions, "resume", "go on with a training now, in the background", _resume)
    _add_action(actions, "queue", "train it when the trainings of its folder are over", _queue)
    _add_action(actions, "unqueue", "take it off the queue", _unqueue)
    renaming = _add_action(actions, "rename", "give it another name", _rename)
    renaming.add_argument("new", metavar="NAME", help="the new name of its folder")
    exporting = actions.add_parser("export", help="write losses for TensorBoard")
    exporting.add_argument("names", metavar="RUN", nargs="+", help="as for the other commands")
    add_options(exporting)
    exporting.set_defaults(run=_export)
    for kind in get_args(RequestKind):
        words = {**_ENDINGS, **_NOW}[kind][0]
        _add_action(actions, kind, words, _end if kind in _ENDINGS else _do_now).set_defaults(kind=kind)
    for each in actions.choices.values():
        add_debug(each)


def _add_action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    words: str,
    action: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=words)
    parser.add_argument("name", metavar="RUN", help="a run's folder, or its name in your folder of runs")
    parser.set_defaults(run=action)
    return parser


def find_run(name: str) -> Run:
    """The run in a folder, or else the one of that name among the user's own.

    Raises:
        RunError: there is none, or it is damaged.
    """
    folder = Path(name)
    if not (folder / RUN).is_file():
        folder = runs_folder() / name
    if not folder.is_dir():
        raise RunError(f"There is no run {name}.", "f2v runs list shows those in your folder of runs.")
    return open_run(folder)


def _list(args: argparse.Namespace) -> int:
    root = args.folder or runs_folder()
    go_on(root)
    runs = list_runs(root)
    if args.json:
        print_json([run_facts(run) for run in runs])
    else:
        print_runs(runs)
    return 0


def _show(args: argparse.Namespace) -> int:
    run = find_run(args.name)
    if args.json:
        print_json(run_facts(run, whole=True))
    else:
        print_run(run)
    return 0


def _watch(args: argparse.Namespace) -> int:
    run = find_run(args.name)
    try:
        state = follow(run)
    except KeyboardInterrupt:
        complain("no longer watching; the training goes on")
        return STOPPED
    print(how_it_stands(run, state))
    return 1 if state.phase in {"failed", "interrupted"} else 0


def _resume(args: argparse.Namespace) -> int:
    run = find_run(args.name)
    if read_state(run).phase == "finished":
        steps, where = run.config.steps, shlex.quote(str(run.folder))
        raise RunError(
            f"All {steps} steps of {name_of(run)} are done.",
            f"Ask for more: f2v train --run {where} --resume --steps {2 * steps}.",
        )
    start_in_background(run)
    return 0


def _queue(args: argparse.Namespace) -> int:
    join_queue(find_run(args.name))
    return 0


def _unqueue(args: argparse.Namespace) -> int:
    leave_queue(find_run(args.name))
    return 0


def _rename(args: argparse.Namespace) -> int:
    print(f"Renamed: {rename_run(find_run(args.name), args.new).folder}")
    return 0


def _export(args: argparse.Namespace) -> int:
    return export_runs([find_run(name) for name in args.names], args.tensorboard, follow=args.follow)


def start_in_background(run: Run) -> None:
    """Start a trainer that outlives this terminal, and say how to steer it.

    Raises:
        RunError: it is being trained already, or cannot be started.
    """
    start_training(run)
    print(f"Training in the background: {run.folder}")
    for action in ("watch", "pause", "stop"):
        print(f"  f2v runs {action} {name_of(run)}")
    sys.stdout.flush()


def _end(args: argparse.Namespace) -> int:
    run = find_run(args.name)
    if args.kind == "discard" and not read_state(run).active:
        discard_run(run)
    else:
        send_request(run, args.kind)
    state = _wait(run, lambda state: not state.active)
    if not state.active:
        print(how_it_stands(run, state))
    elif state.phase == "starting":
        print(f"Asked: it is still starting, and does that then. Watch: f2v runs watch {name_of(run)}")
    elif state.phase in {"pausing", "stopping", "discarding"}:
        print(_ENDINGS[args.kind][1])
    else:
        return _unanswered(run, state)
    return 0


def _do_now(args: argparse.Namespace) -> int:
    run, (_, done) = find_run(args.name), _NOW[args.kind]
    watch = RunWatch(run)
    watch.look()
    send_request(run, args.kind)
    found: list[int] = []

    def look(state: RunState) -> bool:
        found.extend(event.step for event in watch.look().events if event.kind == done)
        return bool(found) or not state.active

    state = _wait(run, look)
    if found and args.kind == "save":
        print(f"Saved step {found[-1]}: {run.checkpoint_folder(found[-1])}")
    elif found:
        print(f"Samples of step {found[-1]}: {run.sample_file(found[-1])}")
    elif not state.active:
        print(how_it_stands(run, state))
    elif state.phase == "training":
        print("Asked: it is done at the end of this step.")
    elif state.phase in {"starting", "preparing"}:
        print("Asked: it is done after the first step.")
    else:
        return _unanswered(run, state)
    return 0


def _wait(run: Run, done: Callable[[RunState], bool]) -> RunState:
    end = monotonic() + ANSWER_S
    while not done(state := read_state(run)) and monotonic() < end:
        sleep(LOOK_S)
    return state


def _unanswered(run: Run, state: RunState) -> int:
    complain(f"asked, but process {state.pid} on {state.host} has not answered yet; it is {state.phase}")
    print(f"Watch: f2v runs watch {name_of(run)}")
    return 1
