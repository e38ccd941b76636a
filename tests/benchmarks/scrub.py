"""How many frames a second the player shows while somebody scrubs: four panes in the real window.

Run it with `xvfb-run -s "-screen 0 1920x1080x24" python tests/benchmarks/scrub.py`: about half a minute. The window
is as large as the screen. A frame counts when all four panes have drawn it, so none is skipped; each mode is measured
for itself. The same loop with the panes hidden tells what is not the panes' work.
"""

import argparse
import os
import sys
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from PySide6.QtWidgets import QApplication

from f2v_app.app import Studio
from f2v_app.comparison import Mode
from f2v_app.samples import Picture
from f2v_app.theme import apply_theme
from f2v_app.widgets.generator_rows import KINDS
from f2v_core.messages import FrameReady, JobDone

SIZES = {(512, 512): 60, (1920, 1080): 30}
"""Width and height of the clips, and how many frames a second are wanted."""
MEASURED: tuple[Mode, ...] = ("grid", "wipe", "difference", "onion")
FRAMES = 30


def fill(studio: Studio, size: tuple[int, int]) -> None:
    """Put four clips of noise into the session, through its own events."""
    rng, session = np.random.default_rng(0), studio.session
    noise = rng.integers(0, 256, (FRAMES, size[1], size[0], 3), np.uint8)
    for slot, frame in (("first", noise[0]), ("last", noise[-1])):
        session.set_picture(slot, Picture(f"{slot}.png", frame))
    kinds = {kind.name: kind for kind in KINDS}
    studio.generate.room.name_kinds(kinds)
    session.begin(list(kinds), size)
    for place, name in enumerate(kinds):
        for index, frame in enumerate(noise):
            session.take(FrameReady(name, index, FRAMES, np.roll(frame, 40 * place, axis=1)))
    session.take(JobDone())


def frames_per_second(app: QApplication, studio: Studio, seconds: float) -> float:
    """Ask for one frame after another, each painted before the next is asked for."""
    playhead, shown = studio.playhead, 0
    begun = perf_counter()
    while perf_counter() - begun < seconds:
        playhead.seek((playhead.index + 7) % FRAMES)
        app.processEvents()
        shown += 1
    return shown / (perf_counter() - begun)


def main() -> None:
    """Open the window, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3.0, help="for each figure (default: 3)")
    args = parser.parse_args()
    with TemporaryDirectory() as home:
        os.environ.update({f"XDG_{name}_HOME": home for name in ("DATA", "CONFIG", "CACHE", "STATE")})
        app = QApplication(sys.argv[:1])
        apply_theme(app)
        studio = Studio()
        studio.window.showMaximized()
        studio.window.resize(studio.window.screen().size())
        for size, wanted in SIZES.items():
            fill(studio, size)
            for mode in MEASURED:
                how = studio.generate.room.view.comparison
                if how.mode != mode:
                    how.set_mode(mode)
                for _ in range(20):
                    app.processEvents()
                rate = frames_per_second(app, studio, args.seconds)
                words = "met" if rate >= wanted else "MISSED"
                panes = len(studio.generate.room.view.shown_panes)
                zoom = studio.generate.room.view.viewport.zoom
                print(
                    f"{size[0]} x {size[1]}, {mode}, {panes} panes at {zoom:.0%}: {rate:.1f} frames/s,"
                    f" target {wanted}: {words}"
                )
            studio.generate.room.view.comparison.set_mode("grid")
        studio.close()


if __name__ == "__main__":
    main()
