"""An X server of the test's own, and hands on its mouse and keyboard."""

import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

TOOLS = ("Xvfb", "openbox", "xdotool", "import")
HERE = Path(__file__).parent
PULSE_S = 0.1
SLOW_S = 120.0
"""A first start loads torch, on machines that have other work."""
T = TypeVar("T")


def missing_tools() -> list[str]:
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def wait_for(look: Callable[[], T | None], what: str, seconds: float = 20.0) -> T:
    """Look again and again from outside until there is something to see."""
    end = monotonic() + seconds
    while monotonic() < end:
        seen = look()
        if seen:
            return seen
        select.select([], [], [], PULSE_S)
    raise AssertionError(f"waited {seconds:g} s in vain for {what}")


@contextmanager
def process(*command: str, env: dict[str, str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    running = subprocess.Popen(command, env=env, text=True, **options)
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(5)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        for pipe in (running.stdin, running.stdout):
            if pipe is not None:
                pipe.close()


class Screen:
    """A running X server with a window manager."""

    def __init__(self, env: dict[str, str], stack: ExitStack) -> None:
        self.env, self._stack = env, stack

    def start(self, *command: str, **options: Any) -> subprocess.Popen[str]:
        return self._stack.enter_context(process(*command, env=self.env, **options))

    def do(self, *words: object) -> None:
        """One chain of xdotool commands."""
        subprocess.run(["xdotool", *map(str, words)], env=self.env, check=True, timeout=20)

    def find(self, name: str) -> str:
        """The number of a visible window with this name; nothing while there is none."""
        return self._told("search", "--onlyvisible", "--name", f"^{name}$").strip()

    def enter(self, name: str) -> None:
        """Wait for a window with this name, and until the keyboard writes into it."""

        def entered() -> bool:
            number = self.find(name)
            if number and self._told("getwindowfocus", "getwindowname").strip() != name:
                self._told("windowactivate", number)  # it fails while the window manager makes room for it
                return False
            return bool(number)

        wait_for(entered, f"the window {name}")
        self.do("sleep", 0.3)

    def _told(self, *words: str) -> str:
        asked = subprocess.run(
            ["xdotool", *words], env=self.env, capture_output=True, text=True, check=False, timeout=20
        )
        return asked.stdout

    def click(self, x: int, y: int) -> None:
        self.do("mousemove", x, y, "click", 1)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move in steps as a hand does, release."""
        self.do("mousemove", *start, "mousedown", 1)
        for step in range(1, 11):
            x, y = (round(a + (b - a) * step / 10) for a, b in zip(start, end, strict=True))
            self.do("mousemove", x, y, "sleep", 0.03)
        self.do("sleep", 0.2, "mouseup", 1)

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        command = ["import", "-window", "root", "-crop", f"1x1+{x}+{y}", "-depth", "8", "rgb:-"]
        done = subprocess.run(command, env=self.env, check=True, capture_output=True, timeout=20)
        red, green, blue = done.stdout[:3]
        return red, green, blue


@contextmanager
def screen(env: dict[str, str], size: str = "1920x1080") -> Iterator[Screen]:
    """Start an X server on a display that is free; it tells its number through a pipe."""
    reading, writing = os.pipe()
    with ExitStack() as stack:
        command = ("Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp")
        stack.enter_context(process(*command, env=env, pass_fds=[writing], stderr=subprocess.DEVNULL))
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        env = {**env, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        stack.enter_context(process("openbox", env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        yield Screen(env, stack)


class App:
    """The real app, seen through `launcher.py`."""

    def __init__(self, on: Screen, *arguments: str) -> None:
        self._screen = on
        self.process = on.start(
            sys.executable,
            str(HERE / "launcher.py"),
            *arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def find(self, name: str, kind: str) -> dict[str, Any] | None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"name": name, "kind": kind}) + "\n")
        self.process.stdin.flush()
        found = json.loads(self.process.stdout.readline())
        assert len(found) < 2, f"{name} is not unique: {found}"
        return found[0] if found else None

    def see(self, name: str, kind: str, seconds: float = 20.0, **wanted: object) -> dict[str, Any]:
        """Wait for a visible control that has the wanted properties."""

        def look() -> dict[str, Any] | None:
            found = self.find(name, kind)
            return found if found and wanted.items() <= found.items() else None

        return wait_for(look, f"{name} ({kind}) {wanted}", seconds)

    def place(
        self, name: str, kind: str, across: float = 0.5, down: float = 0.5, **wanted: object
    ) -> tuple[int, int]:
        """A point on a control, on the screen."""
        at = self.see(name, kind, **wanted)
        return round(at["x"] + at["width"] * across), round(at["y"] + at["height"] * down)

    def click(self, name: str, kind: str) -> None:
        self._screen.click(*self.place(name, kind, enabled=True))
