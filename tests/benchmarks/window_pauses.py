"""How long the window stands still while a real training uses the same processors.

Run it with `xvfb-run -s "-screen 0 1440x900x24" python tests/benchmarks/window_pauses.py DATASET [--model cgan] ...`:
some two minutes. The whole window is open at the Train page, whose curves grow and whose samples play, while a
training runs as the window starts it. A timer that should ring every 5 ms tells how long the event loop was away;
"own" leaves out the time in which every processor was taken by the training.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from f2v_app.app import Studio
from f2v_app.theme import apply_theme
from f2v_core.cli.options import add_knobs, given_knobs
from f2v_core.config import TrainConfig, train_preset
from f2v_core.runs import Run, create_run, runs_folder
from f2v_core.runs.launch import start_training
from f2v_core.runs.requests import send_request
from f2v_core.runs.state import read_state

sys.path.insert(0, str(Path(__file__).parents[2]))  # from wherever this is run
from tests.heartbeat import Heartbeat, Pause

LONGEST_S = 0.05
LOOK_MS = 250
MOST_S = 300.0
"""For anything that is waited for."""


def until(holds: Callable[[], bool], most_s: float = MOST_S) -> None:
    """Let the window work until something holds, or the time is over."""
    loop, look, end = QEventLoop(), QTimer(interval=LOOK_MS), perf_counter() + most_s
    look.timeout.connect(lambda: loop.quit() if holds() or perf_counter() > end else None)
    look.start()
    loop.exec()


def watch(run: Run, seconds: float) -> tuple[list[Pause], int]:
    """Open the window on a run that trains; the pauses of its event loop over so many seconds, and the steps."""
    studio = Studio()
    studio.open([])
    until(lambda: not studio.session.running and bool(studio.session.finished_clips()))
    studio.playhead.pause()
    studio.window.show_page("Train")
    until(lambda: read_state(run).step >= 3)
    heart, before = Heartbeat(), read_state(run).step
    heart.start()
    until(lambda: False, seconds)
    heart.stop()
    studio.close()
    return heart.pauses, read_state(run).step - before


def report(pauses: list[Pause], steps: int, seconds: float) -> None:
    """Print the longest pauses and how many beats came in time for 60 pictures a second."""
    whole = sorted((each.whole for each in pauses), reverse=True)
    own = sorted((each.own for each in pauses), reverse=True)
    print(f"{len(pauses)} beats in {seconds:.0f} s, while {steps} steps were trained")
    print("longest pauses (ms):      " + ", ".join(f"{1000 * each:.1f}" for each in whole[:8]))
    print("of them the window's own: " + ", ".join(f"{1000 * each:.1f}" for each in own[:8]))
    late = sum(each > 1 / 60 for each in whole)
    print(f"later than a 60th of a second: {late} of {len(pauses)} ({late / len(pauses):.2%})")
    words = "met" if whole[0] <= LONGEST_S else "MISSED"
    print(f"LONGEST PAUSE {1000 * whole[0]:.1f} ms, own {1000 * own[0]:.1f} ms, target 50 ms: {words}")


def main() -> None:
    """Train, watch, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--watch-s", type=float, default=60.0, help="how long to measure (default: 60)")
    add_knobs(parser, TrainConfig, without=("data",))
    args = parser.parse_args()
    given = given_knobs(args, TrainConfig)
    kinds = given.pop("model", "cvae"), given.pop("architecture", "motion")
    given = {"steps": 50_000, "sample_every": 20, "checkpoint_every": 20, **given}
    config = train_preset(*kinds, data=str(args.dataset.absolute()), **given)  # type: ignore[arg-type]
    with TemporaryDirectory() as home:
        os.environ.update({f"XDG_{name}_HOME": home for name in ("DATA", "CONFIG", "CACHE", "STATE")})
        app = QApplication(sys.argv[:1])
        apply_theme(app)
        run = create_run(runs_folder() / "measured", config)
        start_training(run)
        try:
            pauses, steps = watch(run, args.watch_s)
        finally:
            send_request(run, "discard")
            until(lambda: not run.folder.exists())
    report(pauses, steps, args.watch_s)


if __name__ == "__main__":
    main()
