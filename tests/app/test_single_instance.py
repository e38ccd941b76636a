"""A second start hands its files to the first."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtNetwork import QLocalSocket

from f2v_app.single_instance import SingleInstance, hand_over, server_name


@pytest.fixture
def name(tmp_path: Path) -> str:
    return server_name(tmp_path / "window.ini")


@pytest.fixture
def first(qtbot: Any, name: str) -> Iterator[SingleInstance]:
    made = SingleInstance(name)
    assert made.listening
    yield made
    made.close()


def test_names_differ_by_home(tmp_path: Path) -> None:
    assert server_name(tmp_path / "a") != server_name(tmp_path / "b")
    assert server_name(tmp_path / "a") == server_name(tmp_path / "x" / ".." / "a")


def test_nobody_listens_at_the_first_start(qtbot: Any, name: str) -> None:
    assert not hand_over(name, [])


def test_a_second_start_hands_its_files_over(
    qtbot: Any, first: SingleInstance, name: str, tmp_path: Path
) -> None:
    code = (
        "import sys; from pathlib import Path; from f2v_app.single_instance import hand_over;"
        "sys.exit(not hand_over(sys.argv[1], [Path(each) for each in sys.argv[2:]]))"
    )
    files = [tmp_path / "ein Bild ä.png", tmp_path / "b.png"]
    with qtbot.waitSignal(first.asked, timeout=20_000) as told:
        second = subprocess.Popen([sys.executable, "-c", code, name, *map(str, files)])
    assert told.args == [files]
    assert second.wait(timeout=20) == 0


def test_a_start_without_files_only_asks_for_the_window(qtbot: Any, first: SingleInstance, name: str) -> None:
    with qtbot.waitSignal(first.asked) as told:
        assert hand_over(name, [])
    assert told.args == [[]]


@pytest.mark.parametrize("data", [b"nonsense", b"{}", b"[1]"])
def test_strangers_are_not_listened_to(qtbot: Any, first: SingleInstance, name: str, data: bytes) -> None:
    with qtbot.assertNotEmitted(first.asked, wait=100):
        socket = QLocalSocket()
        socket.connectToServer(name)
        assert socket.waitForConnected(1000)
        socket.write(data)
        socket.waitForBytesWritten(1000)
        socket.disconnectFromServer()


def test_what_a_killed_window_left_is_no_hindrance(qtbot: Any, name: str) -> None:
    code = (
        "import os, sys; from PySide6.QtCore import QCoreApplication;"
        "from f2v_app.single_instance import SingleInstance;"
        "app = QCoreApplication([]); held = SingleInstance(sys.argv[1]); os._exit(not held.listening)"
    )
    assert subprocess.run([sys.executable, "-c", code, name], check=False).returncode == 0
    assert not hand_over(name, [])
    made = SingleInstance(name)
    assert made.listening
    made.close()
