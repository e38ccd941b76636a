"""What a run trains and validates on: a dataset, in memory or from the disk, or a folder of videos."""

import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
import torch

from f2v_core.config import PrepareConfig, TrainConfig, train_preset
from f2v_core.data.dataset import WORK, open_dataset
from f2v_core.errors import DataError
from f2v_core.messages import Notice, StageProgress
from tests.datasets import squares, write_dataset

TAKES = squares(5, 2, frames=8, side=32)


@pytest.fixture
def folder(tmp_path):
    return write_dataset(tmp_path / "set", TAKES).folder


def config(folder: Path | str, **changes) -> TrainConfig:
    small = {"batch": 2, "size": 32, "frames": 8, "seconds": 0.8, "loader_workers": 0}
    return train_preset("cvae", "motion", data=str(folder), **{**small, **changes})


def notices(events) -> list[str]:
    return [event.text for event in events if isinstance(event, Notice)]


def test_a_dataset_is_decoded_once_where_it_fits(folder, load):
    material, events = load(config(folder))
    assert [(e.stage, e.done, e.total) for e in events if isinstance(e, StageProgress)] == [
        ("Decoding training clips", 5, 5)
    ]
    assert notices(events) == []
    assert material.validation.clips.shape == (2, 8, 32, 32, 3)
    assert len(material.credits) == 5


def test_a_dataset_that_does_not_fit_is_read_from_the_disk(folder, load):
    material, events = load(config(folder, memory_gb=0.0))
    (notice,) = notices(events)
    assert "The 5 training clips take 0.00012 GB, more than the 0 GB allowed" in notice
    inside, _ = load(config(folder))
    for _ in range(4):
        assert torch.equal(material.batch(), inside.batch())
    material.close()


@pytest.mark.parametrize("augment", [False, True])
def test_batches_depend_on_the_seed_and_the_position_alone(folder, load, augment):
    one, _ = load(config(folder, seed=5, augment=augment))
    first, second = one.batch(), one.batch()
    assert first.shape == (2, 8, 3, 32, 32)
    assert first.dtype == torch.float32
    assert not torch.equal(first, second)
    other, _ = load(config(folder, seed=5, augment=augment))
    other.start(1)
    assert torch.equal(other.batch(), second)
    assert other.position == 2
    one.start(0)
    assert torch.equal(one.batch(), first)
    another, _ = load(config(folder, seed=6, augment=augment))
    assert not torch.equal(another.batch(), first)


def test_without_augmentation_clips_are_trained_on_as_they_are(folder, load):
    material, _ = load(config(folder, augment=False, batch=5))
    taken = (material.batch() * 255).round().byte().movedim(2, -1)
    wanted = torch.stack([torch.from_numpy(take.clip) for take in TAKES[:5]])
    assert sorted(clip.numpy().tobytes() for clip in taken) == sorted(
        clip.numpy().tobytes() for clip in wanted
    )


def test_what_the_dataset_lacks_is_said(folder, load):
    _, events = load(config(folder, size=64, frames=12, seconds=3.0, batch=8))
    assert notices(events) == [
        "There are only 5 training clips, fewer than a batch of 8: some are taken twice.",
        "Some clips are 32 pixels high or wide: they are enlarged to 64.",
        "All clips have only 8 frames: frames are repeated to make 12.",
        "All clips last only 0.8 s, shorter than the 3 s of the settings.",
    ]


def test_procedural_clips_are_marked(tmp_path, load):
    dataset = write_dataset(tmp_path / "scenes", TAKES, PrepareConfig(scenes="skiing"))
    material, _ = load(config(dataset.folder))
    assert material.credits == ("5 procedural clips, no videos: skiing",)


@pytest.mark.parametrize(("train", "val", "split"), [(3, 0, "val"), (0, 3, "train")])
def test_a_dataset_needs_clips_to_train_and_to_validate_on(tmp_path, load, train, val, split):
    dataset = write_dataset(tmp_path / "set", squares(train, val, frames=8, side=32))
    with pytest.raises(DataError, match=f"has no {split} clips") as caught:
        load(config(dataset.folder))
    assert caught.value.remedy


def test_an_unfinished_dataset_is_an_error(folder, load):
    (folder / "dataset.json").unlink()
    (folder / WORK).mkdir()
    with pytest.raises(DataError, match="set is not complete"):
        load(config(folder))


def test_missing_folders_are_errors_by_name(tmp_path, load):
    with pytest.raises(DataError, match="nowhere is not a folder"):
        load(config(tmp_path / "nowhere"))
    with pytest.raises(DataError, match="Nothing is not a folder"):
        load(config(""))


def test_of_a_folder_of_videos_a_dataset_is_made_first(folder, tmp_path, load, monkeypatch):
    asked = []

    def ensure_dataset(videos, changes):
        asked.append((videos, PrepareConfig.from_json({**changes, "videos": str(videos)})))
        yield StageProgress("Cutting clips", 1, 1, 1.0, 0.0)
        yield Notice("one was rejected")
        return open_dataset(folder)

    prepare = ModuleType("prepare")
    prepare.ensure_dataset = ensure_dataset
    monkeypatch.setitem(sys.modules, "f2v_core.data.prepare", prepare)
    videos = tmp_path / "videos"
    videos.mkdir()
    wanted = config(videos, size=48, frames=30, seconds=3.0)
    material, events = load(wanted)
    assert len(material.credits) == 5
    assert [type(event) for event in events[:2]] == [StageProgress, Notice]
    (asked_folder, made), *_ = asked
    assert asked_folder == videos
    assert (made.size, made.seconds, made.fps, made.frames, made.room) == (48, 3.0, 10.0, 30, True)
    load(replace(wanted, augment=False, frames=3, seconds=60.0))
    assert (asked[1][1].room, asked[1][1].fps) == (False, 0.5)  # as far as prepare goes
