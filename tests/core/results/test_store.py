import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from f2v_core.errors import InputError
from f2v_core.results.records import KeptClip, Result
from f2v_core.results.store import THUMBNAILS, ResultStore

SHAPE = (4, 6, 8, 3)
BYTES = 4 * 6 * 8 * 3


@pytest.fixture
def store(tmp_path: Path) -> ResultStore:
    return ResultStore(tmp_path / "kept", 10 * BYTES)


def result(name: str, *keys: str) -> Result:
    clips = tuple(KeptClip(f"model {key}", "cvae", key, 0.5) for key in keys)
    pictures = (("ä.png", "/a/ä.png"), ("pasted", ""))
    return Result(name, "a-b", pictures, clips, SHAPE, 10.0, {"fit": "fill"})


def keep(store: ResultStore, name: str, *keys: str, value: int = 7) -> Result:
    for key, frames in store.reserve(keys, SHAPE).items():
        frames[:] = value
        store.finish(key)
    made = result(name, *keys)
    store.save(made, store.find(keys[0], SHAPE))
    return made


def test_a_finished_clip_is_found_by_another_process(store, tmp_path):
    made = keep(store, "1", "k1", "k2")
    later = ResultStore(tmp_path / "kept", 10 * BYTES)
    assert later.results() == [made]
    assert (later.find("k2", SHAPE) == 7).all()
    assert not later.find("k2", SHAPE).flags.writeable
    assert later.thumbnails(made).shape == (THUMBNAILS, 96, 128, 3)


def test_what_is_not_finished_is_not_found_and_goes(store, tmp_path):
    frames = store.reserve(["k1"], SHAPE)["k1"]
    frames[:] = 9
    assert store.find("k1", SHAPE) is None
    store.forget()
    assert list((tmp_path / "kept" / "clips").iterdir()) == []
    store.reserve(["k1"], SHAPE)
    again = ResultStore(tmp_path / "kept", 10 * BYTES)  # as after a crash
    again.reserve(["k2"], SHAPE)
    assert [path.name for path in (tmp_path / "kept" / "clips").iterdir()] == ["k2.part"]


def test_a_clip_of_another_size_is_another_one(store):
    keep(store, "1", "k1")
    assert store.find("k1", (5, 6, 8, 3)) is None
    assert store.find("k9", SHAPE) is None


def test_the_oldest_results_make_room(store):
    for number in range(4):
        keep(store, f"{number}", f"a{number}", f"b{number}")
    keep(store, "4", "a4", "b4")
    assert [each.name for each in store.results()] == ["4", "3", "2", "1", "0"]
    keep(store, "5", "a5")
    assert [each.name for each in store.results()] == ["5", "4", "3", "2", "1"]
    assert store.find("a0", SHAPE) is None
    assert store.size() <= store.budget


def test_a_clip_that_was_found_stays_when_room_is_made(store):
    for number in range(5):
        keep(store, f"{number}", f"a{number}", f"b{number}")
    store.reserve(["new"], SHAPE, found=["a0"])
    assert store.find("a0", SHAPE) is not None
    assert store.find("b0", SHAPE) is None


def test_deleting_a_result_leaves_clips_that_others_have(store):
    first = keep(store, "1", "k1", "k2")
    second = result("2", "k2")
    store.save(second, store.find("k2", SHAPE))
    keep(store, "3", "k3")
    store.delete(first)
    assert [each.name for each in store.results()] == ["3", "2"]
    assert store.find("k1", SHAPE) is None
    assert store.find("k2", SHAPE) is not None


def test_an_equal_result_takes_the_place_of_the_older(store):
    first = keep(store, "1", "k1")
    store.save(replace(first, name="2"), store.find("k1", SHAPE))
    store.save(replace(first, name="3", fps=20.0), store.find("k1", SHAPE))
    assert [each.name for each in store.results()] == ["3", "2"]


def test_more_than_the_budget_is_refused(store, tmp_path):
    with pytest.raises(InputError, match=r"take 0.0 GB; results may take.*fewer seconds"):
        store.reserve([str(number) for number in range(11)], SHAPE)
    assert not (tmp_path / "kept").exists()


def test_a_full_disk_is_an_error_in_words(store, monkeypatch, tmp_path):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(InputError, match=r"disk of .* is full.*Free some room"):
        store.reserve(["k1"], SHAPE)
    assert list((tmp_path / "kept" / "clips").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_an_error_in_words(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        ResultStore(tmp_path / "file", 10**9).reserve(["k1"], SHAPE)


def test_damaged_files_are_passed_over_and_logged(store, tmp_path, caplog):
    made = keep(store, "1", "k1")
    (tmp_path / "kept" / "2.json").write_text("no json")
    (tmp_path / "kept" / "3.json").write_text('{"format": 99}')
    (tmp_path / "kept" / "1.png").write_bytes(b"no picture")
    assert store.results() == [made]
    assert "is no result" in caplog.text
    assert store.thumbnails(made) is None
