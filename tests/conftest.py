"""What every test stands on: the user's folders lie in a temporary place, windows open without a screen."""

import os
from pathlib import Path

import pytest

os.environ.setdefault(
    "QT_QPA_PLATFORM", "offscreen"
)  # before Qt loads; e2e tests start an X server of their own


@pytest.fixture(autouse=True)
def user_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home: no test reads or writes the models, runs and settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    return home
