"""The queue of runs on the terminal: joining it, leaving it, and going on with it."""

from pathlib import Path

from f2v_core.cli.output import complain
from f2v_core.cli.runs_output import name_of
from f2v_core.runs import Run
from f2v_core.runs.queue import queue_run, read_queue, start_next, unqueue_run


def join_queue(run: Run) -> None:
    """Queue a run and say where it stands; where nothing trains, it starts at once.

    Raises:
        RunError: it is being trained, or all its steps are done, or its folder cannot be written.
    """
    queue_run(run)
    started = start_next(run.folder.parent)
    if started is not None:
        print(f"Training in the background: {started.folder}")
    place = read_queue(run.folder.parent).place(run.folder)
    if place:
        print(f"Queued, number {place}: it starts when the trainings before it are over.")
        print(f"  f2v runs unqueue {name_of(run)}")


def leave_queue(run: Run) -> None:
    """Take a run off the queue and say so.

    Raises:
        RunError: it is not queued, or its folder cannot be written.
    """
    unqueue_run(run)
    print(f"Off the queue: {run.folder}")


def go_on(root: Path) -> None:
    """Start the next queued run of a folder if nothing trains, and say which one."""
    started = start_next(root)
    if started is not None:
        complain(f"the next in the queue trains in the background: {started.folder}")
