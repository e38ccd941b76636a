"""The whole way through the real window, with a real mouse: drop, generate, scrub, export, look at the file."""

import os
import signal
import sys
from pathlib import Path

import numpy as np
import pytest

from f2v_core.frames import FramePair, frame_times
from f2v_core.generators.linear import Linear
from f2v_core.media.images import read_image, write_png
from tests.e2e.screen import SLOW_S, App, Screen, missing_tools, wait_for

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(missing_tools()), reason=f"not on this machine: {', '.join(missing_tools())}"),
]
SOURCE = (1800, 20)  # beside the window, which takes the middle 80 % of the screen
ICON = 100


@pytest.fixture
def pair(tmp_path: Path) -> list[Path]:
    """Two pictures whose pixels all differ; the middle of the cross-fade is known."""
    rng = np.random.default_rng(5)
    paths = [tmp_path / "ä first.png", tmp_path / "ö last.png"]
    for path in paths:
        blocks = rng.integers(0, 256, (4, 6, 3), np.uint8)
        write_png(path, np.repeat(np.repeat(blocks, 16, 0), 16, 1))
    return paths


def frames_of(pair: list[Path], count: int) -> list[np.ndarray]:
    ends = FramePair(read_image(pair[0]), read_image(pair[1]))
    return list(Linear().frames(ends, frame_times(count).tolist(), 0))


def start_with_sample(desk: Screen) -> App:
    """The first start: a sample's clips are made without a click."""
    app = App(desk)
    app.see("Export", "Button", SLOW_S, enabled=True)
    return app


def drop(desk: Screen, app: App, icon: int, well: str) -> None:
    start = (SOURCE[0] + ICON // 2, SOURCE[1] + icon * ICON + ICON // 2)
    desk.drag(start, app.place(well, "ImageWell"))


def drop_both(desk: Screen, app: App, pair: list[Path]) -> None:
    desk.start(
        sys.executable, str(Path(__file__).parent / "drag_source.py"), *map(str, SOURCE), *map(str, pair)
    )
    wait_for(lambda: desk.find("files to drag"), "the drag source")
    for icon, well in enumerate(("First image", "Last image")):
        drop(desk, app, icon, well)
        app.see(well, "ImageWell", description=pair[icon].name)


def scrub(desk: Screen, app: App, share: float) -> int:
    start, end = app.place("Frame", "QSlider", 0.02), app.place("Frame", "QSlider", share)
    desk.drag(start, end)
    return int(app.see("Frame", "QSlider")["value"])


def export_linear(desk: Screen, app: App, target: Path) -> None:
    app.click("Export", "Button")
    for name, choice in (("What", "Linear"), ("Format", "Folder")):
        app.click(name, "QComboBox")
        desk.do("sleep", 0.3, "type", "--delay", 40, choice)
        desk.do("sleep", 0.3, "key", "Return")
    app.click("File", "QLineEdit")
    desk.do("key", "ctrl+a", "type", "--delay", 20, str(target))
    desk.do("key", "Tab")
    app.click("Export", "Button")


def test_drop_generate_scrub_export(desk: Screen, pair: list[Path], tmp_path: Path):
    app = start_with_sample(desk)
    drop_both(desk, app, pair)
    app.click("Generate", "Button")
    app.see("Export", "Button", SLOW_S, enabled=True)
    index = scrub(desk, app, 0.5)
    assert 10 < index < 20
    for key, place in (("End", 29), ("comma", 28), ("shift+Left", 18), ("Home", 0), ("period", 1)):
        desk.do("key", key)
        app.see("Frame", "QSlider", value=place)
    index = scrub(desk, app, 0.5)

    expected = frames_of(pair, 30)
    x, y = app.place("Linear", "FrameView", 0.5 + 0.01, 0.5 + 0.01)
    desk.do("mousemove", 5, 5)
    middle = tuple(expected[index][33, 49].tolist())
    wait_for(lambda: desk.pixel(x, y) == middle, f"{middle} on the screen, there is {desk.pixel(x, y)}")

    export_linear(desk, app, tmp_path / "out")
    written = wait_for(lambda: sorted((tmp_path / "out").glob("*.png")) or None, "exported frames", 30)
    assert len(written) == 30
    for path, frame in zip(written, expected, strict=True):
        np.testing.assert_array_equal(read_image(path), frame)


def children_of(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def worker_of(pid: int) -> int | None:
    """The child process that holds torch."""
    workers = [each for each in children_of(pid) if "libtorch" in Path(f"/proc/{each}/maps").read_text()]
    return workers[0] if workers else None


def test_a_killed_worker_gives_a_message_and_a_working_app(desk: Screen, pair: list[Path]):
    app = App(desk, *map(str, pair))
    app.see("Last image", "ImageWell", description=pair[1].name)
    worker = wait_for(lambda: worker_of(app.process.pid), "the worker", SLOW_S)
    os.kill(worker, signal.SIGSTOP)  # so that the job is surely still under way when the process dies
    app.click("Generate", "Button")
    app.see("Cancel", "Button")
    os.kill(worker, signal.SIGKILL)
    app.see("Generate", "Button", enabled=True)
    assert "died" in app.see("State of the work", "QLabel")["text"]
    app.click("Generate", "Button")
    app.see("Export", "Button", SLOW_S, enabled=True)


def test_cancel_answers_within_a_second_even_when_the_worker_hangs(desk: Screen, pair: list[Path]):
    app = App(desk, *map(str, pair))
    app.see("Last image", "ImageWell", description=pair[1].name)
    worker = wait_for(lambda: worker_of(app.process.pid), "the worker", SLOW_S)
    os.kill(worker, signal.SIGSTOP)
    app.click("Generate", "Button")
    app.click("Cancel", "Button")
    app.see("Generate", "Button", 1.5, enabled=True)  # a second, and what looking and clicking takes


def test_the_program_opens_without_torch_and_closes_cleanly(desk: Screen, pair: list[Path]):
    running = desk.start(sys.executable, "-m", "f2v_app", *map(str, pair))
    wait_for(lambda: desk.find("f2v"), "the window")
    worker = wait_for(lambda: worker_of(running.pid), "the worker", SLOW_S)
    assert "libtorch" not in Path(f"/proc/{running.pid}/maps").read_text()
    assert "libQt6" not in Path(f"/proc/{worker}/maps").read_text()
    desk.enter("f2v")
    desk.do("key", "alt+F4")  # to whoever is active: the window may be gone before the keys are up again
    assert running.wait(20) == 0
    assert not Path(f"/proc/{worker}").exists()
