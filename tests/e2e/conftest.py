"""A screen for each end-to-end test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.screen import Screen, screen


@pytest.fixture
def desk(user_home: Path) -> Iterator[Screen]:
    """A screen of our own, with empty folders for settings and data."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "PYTHONPATH")
        if name in os.environ
    }
    folders = {name: value for name, value in os.environ.items() if name.startswith("XDG_")}
    with screen({**kept, **folders, "QT_LOGGING_RULES": "qt.qpa.theme*=false"}) as on:
        yield on
