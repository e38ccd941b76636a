from pathlib import Path

import pytest

from f2v_app.widgets.data_words import (
    dataset_facts,
    dataset_words,
    flag_words,
    found_facts,
    found_words,
    size_words,
    unfinished_facts,
)
from f2v_app.widgets.dataset_files import Opened
from f2v_core.config import PrepareConfig
from f2v_core.messages import FolderScanned
from tests.app.made_datasets import CONFIG, make_dataset


@pytest.mark.parametrize(
    ("nbytes", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (999_600, "1 MB"),
        (12_345_678, "12.3 MB"),
        (4.56e9, "4.56 GB"),
        (3e15, "3e+03 TB"),
    ],
)
def test_sizes(nbytes, words):
    assert size_words(nbytes) == words


def found(**changes):
    values = {
        "layout": "folders", "rule": "By source video.", "counts": {"train": {"": 2}}, "rejected": 0,
        "size_bytes": 5_000_000, "seconds": (1.0, 2.0), "sizes": ((4, 3), (4, 3)), "unreadable": (),
    }  # fmt: skip
    return FolderScanned(**values | changes)


def test_what_a_folder_holds():
    assert found_facts(found()) == "2 videos, 5 MB."
    assert found_facts(found(counts={"val": {"a": 1}})) == "1 video, 5 MB."
    assert found_facts(found(counts={"val": {}})) == "No video that can be used."
    assert found_words(found()) == ["Layout: folders. By source video."]
    words = found_words(found(rejected=1, unreadable=(("a.mp4", "Broken."),)))
    assert words[1:] == [
        "1 file is no use, by its name or its size alone.",
        "Of 3 videos that were opened as a sample, 1 cannot be read: see below.",
    ]
    assert found_words(found(rejected=12_000))[1].startswith("12\u202f000 files are no use")


def test_what_a_dataset_holds(tmp_path):
    dataset = make_dataset(tmp_path / "set")
    assert dataset_facts(dataset) == "6 clips, 2 s long, 12.3 MB on the disk."
    assert dataset_words(dataset) == [
        "3 s at 10 frames a second, 64 px, from 6 videos in /videos.",
        "Layout: folders. By source video.",
        "Flagged clips: 1 static, 1 frozen.",
        "Windows left out: 12 short, 3 frozen.",
        "Left out as near-duplicates of another split's clips: 1.",
    ]


def test_a_dataset_of_scenes_says_so(tmp_path):
    config = PrepareConfig(scenes="skiing", seconds=1.5, size=128)
    dataset = make_dataset(
        tmp_path / "set", config=config, duplicates=0, flags={}, dropped={}, clips={"train": {"skiing": 1}}
    )
    assert dataset_facts(dataset).startswith("1 clip, ")
    (words,) = dataset_words(dataset)
    assert words.startswith("1.5 s at 10 frames a second, 128 px. Procedural scenes: ")


def test_how_far_an_unfinished_dataset_is():
    def said(*numbers):
        return unfinished_facts(Opened(Path("x"), CONFIG, None, *numbers))

    assert said() == "Not complete yet. Continue goes on with it."
    assert said(1, 2_000_000) == "Not complete yet: 1 shard, 2 MB, are kept. Continue goes on from there."
    assert "12 shards, 2 MB" in said(12, 2_000_000)


def test_flags():
    assert flag_words(["static", "frozen"]) == "static, frozen"
