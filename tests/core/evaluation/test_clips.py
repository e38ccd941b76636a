from contextlib import closing
from errno import ENOSPC
from io import BytesIO
from tempfile import TemporaryFile

import numpy as np
import pytest
import torch
from typing_extensions import override

from f2v_core.config import EvaluateConfig, PrepareConfig
from f2v_core.errors import DataError
from f2v_core.evaluation.clips import append_clips, batches, read_clips, select_clips
from tests.datasets import Take, moving_square, write_dataset
from tests.iterators import ended


@pytest.fixture
def folder(tmp_path):
    takes = [Take(moving_square(n), f"video-{n % 3}.mp4", "val") for n in range(18)]
    takes += [Take(moving_square(50, frames=40, side=80, width=96), "wide.mp4", "train")]
    write_dataset(tmp_path / "d", takes)
    return str(tmp_path / "d")


def test_clips_are_read_into_a_file_with_progress(folder):
    with closing(select_clips(EvaluateConfig(data=folder, split="val"))) as clips, TemporaryFile() as file:
        events, real = ended(read_clips(clips, file))
    assert [(event.stage, event.done, event.total) for event in events] == [
        ("Reading clips", 16, 18),
        ("Reading clips", 18, 18),
    ]
    assert real.shape == (18, 30, 64, 64, 3)
    assert torch.from_numpy(real).is_contiguous()  # and no warning
    by_key = {record.key: clip for record, clip in zip(clips.records, real, strict=True)}
    assert np.array_equal(by_key["val-000000-00001"], moving_square(1))
    assert len(clips.digest) == 64


def test_fewer_clips_are_spread_over_the_sources(folder):
    clips = select_clips(EvaluateConfig(data=folder, split="val", clips=3))
    assert {record.source for record in clips.records} == {f"video-{n}.mp4" for n in range(3)}
    assert len(clips) == 3


def test_larger_clips_are_cut_and_scaled(folder):
    with closing(select_clips(EvaluateConfig(data=folder, split="train"))) as clips:
        assert clips.clip(0).shape == (30, 64, 64, 3)


def test_an_empty_split_says_which_ones_are_not(folder):
    with pytest.raises(
        DataError, match=r"no test clips. Compare on another split \(train has 1, val has 18\)"
    ):
        select_clips(EvaluateConfig(data=folder))


def test_scenes_are_no_test(tmp_path):
    takes = [Take(moving_square(0), "scene:a/0", split) for split in ("val", "test")]
    write_dataset(tmp_path / "d", takes, PrepareConfig(scenes="erupting"))
    with pytest.raises(DataError, match="procedural scenes"):
        select_clips(EvaluateConfig(data=str(tmp_path / "d")))
    assert len(select_clips(EvaluateConfig(data=str(tmp_path / "d"), split="val"))) == 1


class FullDisk(BytesIO):
    @override
    def flush(self) -> None:
        raise OSError(ENOSPC, "No space left on device")


def test_a_full_disk_is_told():
    with pytest.raises(DataError, match="temporary files: No space left"):
        append_clips(FullDisk(), moving_square(0)[None])


def test_batches_cover_all():
    assert batches(35) == [slice(0, 16), slice(16, 32), slice(32, 35)]
