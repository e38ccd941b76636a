"""Files and folders appear whole or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from f2v_core.storage import (
    atomic_file,
    atomic_folder,
    delete_folder,
    drop_lock,
    take_lock,
    temporary_beside,
    write_json,
)


class Interrupted(BaseException):
    """Stands for Ctrl+C or a closed generator."""


def half_a_file(path: Path, error: type[BaseException]) -> None:
    with atomic_file(path) as partial:
        partial.write_text("half")
        raise error


def half_a_folder(path: Path, error: type[BaseException]) -> None:
    with atomic_folder(path) as partial:
        (partial / "half.txt").write_text("half")
        raise error


def test_the_temporary_name_is_hidden_and_keeps_the_ending(tmp_path: Path):
    for name, ending in (("out.mp4", ".mp4"), ("folder", "")):
        partial = temporary_beside(tmp_path / name)
        assert partial.parent == tmp_path
        assert partial.name.startswith("." + name[:3])
        assert partial.suffix == ending


def test_a_file_appears_only_at_the_end(tmp_path: Path):
    path = tmp_path / "a.txt"
    with atomic_file(path) as partial:
        partial.write_text("new")
        assert not path.exists()
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [ValueError, Interrupted])
def test_an_interrupted_file_leaves_the_old_one(tmp_path: Path, error: type[BaseException]):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(error):
        half_a_file(path, error)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_appears_only_at_the_end(tmp_path: Path):
    path = tmp_path / "made" / "model"
    with atomic_folder(path) as partial:
        (partial / "deep").mkdir()
        (partial / "deep" / "a.txt").write_text("new")
        assert not path.exists()
    assert (path / "deep" / "a.txt").read_text() == "new"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_replaces_the_old_one_whole(tmp_path: Path):
    path = tmp_path / "model"
    path.mkdir()
    (path / "old.txt").write_text("old")
    with atomic_folder(path) as partial:
        (partial / "new.txt").write_text("new")
    assert [file.name for file in path.iterdir()] == ["new.txt"]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [ValueError, Interrupted])
def test_an_interrupted_folder_leaves_the_old_one(tmp_path: Path, error: type[BaseException]):
    path = tmp_path / "model"
    path.mkdir()
    (path / "old.txt").write_text("old")
    with pytest.raises(error):
        half_a_folder(path, error)
    assert [file.name for file in path.iterdir()] == ["old.txt"]
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_crash_left_under_the_temporary_name_is_cleared(tmp_path: Path):
    path = tmp_path / "model"
    left = temporary_beside(path)
    left.mkdir()
    (left / "left.txt").write_text("left")
    with atomic_folder(path) as partial:
        (partial / "new.txt").write_text("new")
    assert [file.name for file in path.iterdir()] == ["new.txt"]


def test_a_deleted_folder_is_gone_whole(tmp_path: Path):
    folder = tmp_path / "model"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.txt").write_text("old")
    delete_folder(folder)
    assert list(tmp_path.iterdir()) == []


def test_json_is_readable_by_people(tmp_path: Path):
    write_json(tmp_path / "a.json", {"name": "Größe", "values": [1, 2]})
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert "Größe" in text
    assert text.endswith("}\n")
    assert json.loads(text) == {"name": "Größe", "values": [1, 2]}


def test_a_lock_has_one_holder(tmp_path):
    lock = take_lock(tmp_path / ".lock")
    assert lock is not None
    assert take_lock(tmp_path / ".lock") is None
    drop_lock(tmp_path / ".lock", lock)
    assert not (tmp_path / ".lock").exists()
    again = take_lock(tmp_path / ".lock")
    assert again is not None
    drop_lock(tmp_path / ".lock", again)


def test_a_lock_dies_with_its_process(tmp_path):
    code = "import os, sys, pathlib, f2v_core.storage as s; lock = s.take_lock(pathlib.Path(sys.argv[1])); os.abort()"
    died = subprocess.run([sys.executable, "-c", code, str(tmp_path / ".lock")], check=False)
    assert died.returncode != 0
    assert (tmp_path / ".lock").exists()
    lock = take_lock(tmp_path / ".lock")
    assert lock is not None
    drop_lock(tmp_path / ".lock", lock)


def test_a_lock_that_was_just_dropped_is_not_taken(tmp_path, monkeypatch):
    """Between our opening and our locking the holder removed the file: another one may lie there by now."""
    real = os.fstat

    def other(handle):
        return os.stat_result([0, 1, *real(handle)[2:]])

    monkeypatch.setattr(os, "fstat", other)
    assert take_lock(tmp_path / ".lock") is None


def test_a_lock_needs_a_folder(tmp_path):
    with pytest.raises(FileNotFoundError):
        take_lock(tmp_path / "nowhere" / ".lock")
