"""Scanning: what is found in each layout, what is refused, and what the window is told."""

import math
import os
import tracemalloc

import pytest
from PIL import Image

from f2v_core.config import prepare_preset
from f2v_core.data.scanning import scan as scanning
from f2v_core.data.scanning.scan import VIDEO_ENDINGS, Found, Unusable, describe, find_videos, scan, search
from f2v_core.errors import DataError, InputError
from f2v_core.messages import FolderScanned, StageProgress


def touch(root, *names, content="x"):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def found(root, **changes):
    """Path to (category, split, source) of all videos, and path to reason of all files that are no use."""
    everything = list(find_videos(prepare_preset("windows", videos=str(root), **changes)))
    videos = {e.path: (e.category, e.split, e.source) for e in everything if isinstance(e, Found)}
    return videos, {e.path: e.reason for e in everything if isinstance(e, Unusable)}


def test_categories_are_the_first_folders_of_a_tree(tmp_path):
    touch(tmp_path, "a/b/x.mp4", "y.MKV", "c/notes.txt")
    videos, unusable = found(tmp_path)
    assert videos == {"a/b/x.mp4": ("a", None, "a/b/x.mp4"), "y.MKV": ("", None, "y.MKV")}
    assert not unusable
    assert ".mkv" in VIDEO_ENDINGS


def test_moments_in_time(tmp_path):
    touch(
        tmp_path, "training/skiing/yt-a_1.mp4", "training/skiing/yt-new_1.mp4", "validation/skiing/yt-b_7.mp4"
    )
    touch(tmp_path, "spare/yt-c_1.mp4", "moments_categories.txt")
    touch(
        tmp_path,
        "trainingSet.csv",
        content="skiing/yt-a_1.mp4,skiing,3,0\nerupting/yt-d_1.mp4,erupting,3,0\n",
    )
    videos, unusable = found(tmp_path)
    assert videos == {
        "training/skiing/yt-a_1.mp4": ("skiing", None, "yt-a"),
        "training/skiing/yt-new_1.mp4": ("skiing", None, "yt-new"),
        "validation/skiing/yt-b_7.mp4": ("skiing", "test", "yt-b"),
    }
    assert unusable == {
        "training/erupting": "It is missing, though trainingSet.csv lists it.",
        "spare/yt-c_1.mp4": "It lies outside of the folders of Moments in Time.",
    }


def test_the_authors_folders(tmp_path):
    touch(tmp_path, "skiing_train/yt-a_1.mp4", "skiing_val/yt-b_1.mp4", "erupting_train/yt-c_1.mp4")
    videos, _ = found(tmp_path, categories="skiing")
    assert videos == {
        "skiing_train/yt-a_1.mp4": ("skiing", None, "yt-a"),
        "skiing_val/yt-b_1.mp4": ("skiing", "test", "yt-b"),
    }


def test_given_splits_with_chosen_categories(tmp_path):
    touch(
        tmp_path,
        "train/a/x.mp4",
        "train/b/x.mp4",
        "val/a/x.mp4",
        "test/b/x.mp4",
        "train/x.mp4",
        "more/a/x.mp4",
    )
    videos, unusable = found(tmp_path, categories="a")
    assert {path: split for path, (_, split, _) in videos.items()} == {
        "train/a/x.mp4": "train",
        "val/a/x.mp4": "val",
    }
    assert not unusable
    videos, unusable = found(tmp_path)
    assert videos["train/x.mp4"] == ("", "train", "train/x.mp4")
    assert list(unusable) == ["more/a/x.mp4"]


def test_one_split_for_all_and_sources_by_pattern(tmp_path):
    touch(tmp_path, "train/cam1_a.mp4", "test/cam2_a.mp4")
    videos, _ = found(tmp_path, split="val", source_pattern="(cam.)_")
    assert videos == {"train/cam1_a.mp4": ("", "val", "cam1"), "test/cam2_a.mp4": ("", "val", "cam2")}


def test_folders_without_use_are_errors_by_name(tmp_path):
    with pytest.raises(DataError, match="nowhere is not a folder"):
        found(tmp_path / "nowhere")
    with pytest.raises(DataError, match="The empty path is not a folder"):
        found("")
    with pytest.raises(DataError, match="holds no video"):
        found(tmp_path)
    touch(tmp_path, "a/empty.mp4", content="")
    with pytest.raises(
        DataError, match=r"holds no usable video of the categories a\. a/empty\.mp4: It is empty"
    ):
        found(tmp_path, categories="a")
    with pytest.raises(InputError, match="not a regular expression"):
        found(tmp_path, source_pattern="(")
    with pytest.raises(InputError, match="leave nothing"):
        found(tmp_path, val_share=0.9, test_share=0.9)


def test_a_folder_that_may_not_be_opened_is_an_error_by_name(tmp_path, monkeypatch):
    def refuse(root):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(scanning, "recognise", refuse)
    with pytest.raises(DataError, match=r"cannot be read: Permission denied\."):
        found(tmp_path)


def test_the_layout_is_described(tmp_path):
    touch(tmp_path, "train/x.mp4", "val/y.mp4")
    name, rule = describe(prepare_preset("windows", videos=str(tmp_path)))
    assert name == "folders named train and val"
    assert rule.endswith("Nothing is split off.")


def write_gif(path, frames=5):
    path.parent.mkdir(parents=True, exist_ok=True)
    pictures = [Image.new("RGB", (48, 32), (40 * n, 60, 30)) for n in range(frames)]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=100)


def test_the_window_is_told_what_a_folder_holds(tmp_path):
    for number in range(10):
        write_gif(tmp_path / "a" / f"{number}.gif")
    touch(tmp_path, "b/broken.mp4", content="no video at all")
    touch(tmp_path, "b/empty.mp4", content="")
    *progress, result = scan(prepare_preset("windows", videos=str(tmp_path)))
    assert isinstance(result, FolderScanned)
    assert {split: sum(each.values()) for split, each in result.counts.items()} == {
        "train": 9,
        "val": 1,
        "test": 1,
    }
    assert result.rejected == 1
    assert result.size_bytes == sum(path.stat().st_size for path in tmp_path.rglob("*.*"))
    assert result.seconds == pytest.approx((0.5,) * 10)
    assert result.sizes == ((48, 32),) * 10
    assert [path for path, _ in result.unreadable] == ["b/broken.mp4"]
    stages = [event for event in progress if isinstance(event, StageProgress)]
    assert [(each.stage, each.done, each.total) for each in stages if each.stage == "Scanning"] == [
        ("Scanning", 12, 0)
    ]
    assert stages[0].eta_s == math.inf
    assert (stages[-1].stage, stages[-1].done, stages[-1].total) == ("Reading lengths", 11, 11)


def test_memory_does_not_grow_with_the_number_of_files(tmp_path):
    touch(tmp_path, "a/0.mp4")
    for number in range(1, 3000):
        os.link(tmp_path / "a" / "0.mp4", tmp_path / "a" / f"{number}.mp4")
    tracemalloc.start()
    try:
        count = sum(each is not None for each in search(prepare_preset("windows", videos=str(tmp_path))))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 3000
    assert peak < 200_000
