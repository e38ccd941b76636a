"""f2v doctor: what is installed, what it can use, and what is missing with its remedy."""

import argparse
import ctypes
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from f2v_core.assets import resource_folder
from f2v_core.library import embedded_folder, list_models, user_folder
from f2v_core.runs import runs_folder
from f2v_core.version import __version__

NAME = "doctor"
HELP = "show versions, devices, codecs and folders, and what is missing"
PACKAGES = (
    "numpy", "torch", "safetensors", "av", "opencv-python-headless", "Pillow", "PySide6-Essentials", "appdirs",
    "rich",
)  # fmt: skip
QT_LIBRARIES = (
    "libEGL.so.1", "libGL.so.1", "libfontconfig.so.1", "libdbus-1.so.3", "libglib-2.0.so.0", "libxkbcommon-x11.so.0",
    "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1", "libxcb-render-util.so.0",
    "libxcb-xkb.so.1",
)  # fmt: skip
"""What Qt's window on Linux needs from the system beyond what every system has."""
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
REINSTALL = "Install f2v again: bash packaging/run.sh, or pip install --force-reinstall f2v."


@dataclass(frozen=True)
class Finding:
    """One fact of the report.

    Attributes:
        topic: what it is about, such as "codecs".
        text: what was found.
        remedy: what to do about it; empty when nothing needs to be done.
    """

    topic: str
    text: str
    remedy: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing beyond the command itself."""
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Print what is found; returns 1 when something needed is missing."""
    missing = 0
    for finding in findings():
        missing += bool(finding.remedy)
        mark = "MISSING" if finding.remedy else "ok"
        print(f"{mark:8}{finding.topic:10}{finding.text}", flush=True)
        if finding.remedy:
            print(f"{'':18}-> {finding.remedy}")
    return 1 if missing else 0


def findings() -> Iterator[Finding]:
    """All facts, in the order of the report."""
    yield Finding("system", f"{platform.platform()}, Python {platform.python_version()}, f2v {__version__}")
    for package in PACKAGES:
        yield _version(package)
    yield _devices()
    yield _codecs()
    yield from _folders()
    yield from _models()
    yield _fonts()
    yield _display()


def _version(package: str) -> Finding:
    try:
        return Finding("package", f"{package} {version(package)}")
    except PackageNotFoundError:
        return Finding("package", f"{package} is not installed", REINSTALL)


def _devices() -> Finding:
    try:
        import torch
    except (ImportError, OSError) as error:  # OSError: one of its own libraries does not load
        return Finding("devices", f"torch does not start: {error}", REINSTALL)
    names = [f"cuda: {torch.cuda.get_device_name(i)}" for i in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        names.append("mps")
    return Finding("devices", ", ".join([f"cpu with {torch.get_num_threads()} threads", *names]))


def _codecs() -> Finding:
    from f2v_core.media.codecs import ENCODERS, missing_encoders

    missing = missing_encoders()
    if missing:
        return Finding(
            "codecs", f"no encoder for {', '.join(missing)}", "Install PyAV's own build: pip install av."
        )
    return Finding("codecs", ", ".join(ENCODERS))


def _folders() -> Iterator[Finding]:
    resources = resource_folder()
    remedy = "" if (resources / "samples").is_dir() else REINSTALL
    yield Finding("folder", f"resources: {resources}", remedy)
    for title, folder in (("models", user_folder()), ("runs", runs_folder())):
        remedy = "" if _is_writable(folder) else f"Allow writing there: chmod u+w {_existing(folder)}"
        yield Finding("folder", f"{title}: {folder}", remedy)


def _existing(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())


def _is_writable(folder: Path) -> bool:
    """Whether files can be made in `folder`, which need not exist yet."""
    return _existing(folder).is_dir() and os.access(_existing(folder), os.W_OK)


def _models() -> Iterator[Finding]:
    cards, problems = list_models()
    names = [card.name for card in cards]
    shipped = [card.name for card in cards if card.embedded]
    absent = [name for name in ("cvae", "cgan") if name not in shipped]
    remedy = f"{', '.join(absent)} should lie in {embedded_folder()}. {REINSTALL}" if absent else ""
    yield Finding("models", ", ".join(["linear", "flow", *names]), remedy)
    for problem in problems:
        yield Finding("models", problem.message, problem.remedy or "Delete its folder.")


def _fonts() -> Finding:
    if sys.platform != "linux":
        return Finding("fonts", "the system's")
    found = any(
        path.suffix.lower() in {".ttf", ".otf", ".ttc"}
        for folder in FONT_FOLDERS
        for path in Path(folder).expanduser().rglob("*")
    )
    return (
        Finding("fonts", "found")
        if found
        else Finding("fonts", "none", "sudo apt-get install fonts-dejavu-core")
    )


def _display() -> Finding:
    """No display is no fault: the command line needs none. A display that Qt could not use is one."""
    name = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if sys.platform != "linux":
        return Finding("display", "the system's")
    if not name:
        return Finding("display", "none: the command line works, the window would not open")
    missing = [library for library in QT_LIBRARIES if not _loads(library)]
    remedy = "bash packaging/run.sh installs them, or says how." if missing else ""
    return Finding("display", f"{name}; missing {', '.join(missing)}" if missing else name, remedy)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
