"""Walking a tree: what is seen, passed over, said to be no use, and how little memory it takes."""

import os
import tracemalloc

import pytest

from f2v_core.data.scanning import walk as walking
from f2v_core.data.scanning.found import Unusable
from f2v_core.data.scanning.walk import TICK, Seen, readable, walk


def touch(path, content=b"x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def seen(root, *args):
    return sorted(each.path for each in walk(root, *args) if isinstance(each, Seen))


def unusable(root, *args):
    return {each.path: each.reason for each in walk(root, *args) if isinstance(each, Unusable)}


def test_videos_are_seen_in_all_folders_with_their_size(tmp_path):
    touch(tmp_path / "a" / "b" / "x.MP4", b"12345")
    touch(tmp_path / "y.webm")
    for name in ("notes.txt", ".hidden.mp4", ".git/z.mp4", "mp4", "a.mp4.part"):
        touch(tmp_path / name)
    assert sorted(walk(tmp_path), key=lambda each: each.path) == [Seen("a/b/x.MP4", 5), Seen("y.webm", 1)]


def test_a_walk_starts_where_it_is_told_and_skips_names_there_only(tmp_path):
    for name in ("a/skip/x.mp4", "a/b/skip/x.mp4", "c/x.mp4"):
        touch(tmp_path / name)
    assert seen(tmp_path, "a", frozenset({"skip"})) == ["a/b/skip/x.mp4"]


def test_empty_files_broken_links_and_pipes_are_no_use(tmp_path):
    touch(tmp_path / "empty.mp4", b"")
    (tmp_path / "broken.mp4").symlink_to("nowhere.mp4")
    (tmp_path / "itself.mp4").symlink_to("itself.mp4")
    os.mkfifo(tmp_path / "pipe.mp4")
    reasons = unusable(tmp_path)
    assert sorted(reasons) == ["broken.mp4", "empty.mp4", "itself.mp4", "pipe.mp4"]
    assert "0 bytes" in reasons["empty.mp4"]
    assert "does not exist" in reasons["broken.mp4"]
    assert "not a regular file" in reasons["pipe.mp4"]
    assert not seen(tmp_path)


def test_files_and_folders_without_permission_are_named(tmp_path, monkeypatch):
    touch(tmp_path / "x.mp4")
    touch(tmp_path / "locked" / "y.mp4")
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(walking.os, "scandir", refuse)
    monkeypatch.setattr(walking.os, "access", lambda path, mode: False)
    reasons = unusable(tmp_path)
    assert reasons == {
        "x.mp4": "It cannot be read: permission denied.",
        "locked/": "The folder cannot be read: Permission denied.",
    }
    assert unusable(tmp_path, "locked") == {"locked/": "The folder cannot be read: Permission denied."}


def test_a_folder_that_breaks_off_is_named_and_the_walk_goes_on(tmp_path, monkeypatch):
    touch(tmp_path / "bad" / "y.mp4")
    touch(tmp_path / "x.mp4")
    scandir = os.scandir

    class Broken:
        def __next__(self):
            raise OSError(5, "Input/output error")

        def close(self):
            pass

    monkeypatch.setattr(
        walking.os, "scandir", lambda path: Broken() if str(path).endswith("bad") else scandir(path)
    )
    assert unusable(tmp_path) == {"bad/": "The folder cannot be read to its end: Input/output error."}
    assert seen(tmp_path) == ["x.mp4"]


def test_links_are_followed_but_not_in_circles(tmp_path):
    root, outside = tmp_path / "root", tmp_path / "outside"
    touch(root / "a" / "x.mp4")
    touch(root / "b" / "y.mp4")
    touch(outside / "z.mp4")
    (root / "a" / "up").symlink_to(root)
    (root / "a" / "sideways").symlink_to(root / "b")
    (root / "b" / "sideways").symlink_to(root / "a")
    (root / "out").symlink_to(outside)
    (outside / "back").symlink_to(root)
    (outside / "above").symlink_to(tmp_path)
    (root / "linked.mp4").symlink_to(outside / "z.mp4")
    assert seen(root) == ["a/x.mp4", "b/y.mp4", "linked.mp4", "out/z.mp4"]


def test_a_start_may_be_a_link(tmp_path):
    touch(tmp_path / "far" / "x.mp4")
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "near").symlink_to(tmp_path / "far")
    assert seen(tmp_path / "root", "near") == ["near/x.mp4"]


def test_names_that_are_not_utf8_are_listed_readably(tmp_path):
    name = os.fsdecode(b"caf\xe9.mp4")
    try:
        touch(tmp_path / name)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    touch(tmp_path / os.fsdecode(b"d\xe9j\xe0") / "x.mp4")
    assert sorted(unusable(tmp_path)) == [r"caf\udce9.mp4", r"d\udce9j\udce0/x.mp4"]
    assert readable("plain ü") == "plain ü"


class FakeEntry:
    """An entry of a folder that is not on the disk."""

    def __init__(self, number):
        self.name = f"{number}.mp4" if number % 2 else f"{number}.txt"
        self.path = f"/nowhere/{self.name}"

    def is_dir(self):
        return False

    def stat(self):
        return os.stat_result((0o100644, 0, 0, 1, 0, 0, 9, 0, 0, 0))


class FakeFolder:
    """What scandir would give for a folder of many entries."""

    def __init__(self, count):
        self.entries = (FakeEntry(number) for number in range(count))

    def __next__(self):
        return next(self.entries)

    def close(self):
        pass


def test_memory_does_not_grow_with_the_number_of_entries(tmp_path, monkeypatch):
    monkeypatch.setattr(walking.os, "scandir", lambda path: FakeFolder(20_000))
    monkeypatch.setattr(walking.os, "DirEntry", FakeEntry)
    monkeypatch.setattr(walking.os, "access", lambda path, mode: True)
    tracemalloc.start()
    try:
        found = signs = 0
        for each in walk(tmp_path):
            found, signs = found + (each is not None), signs + (each is None)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (found, signs) == (10_000, 20_000 // TICK)
    assert peak < 100_000
