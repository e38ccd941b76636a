"""Samples on fixed pairs: strips on disk, and a sheet of them."""

import numpy as np
import pytest

from f2v_core.config import TrainConfig
from f2v_core.errors import ExportError, MediaError
from f2v_core.media.filmstrips import read_filmstrips
from f2v_core.runs import create_run
from f2v_core.training.samples import sample_sheet, write_samples

CLIPS = np.random.default_rng(0).integers(0, 256, (3, 4, 16, 16, 3), np.uint8)


@pytest.fixture
def run(tmp_path):
    return create_run(tmp_path / "run", TrainConfig(frames=4, size=16))


def test_samples_come_back_and_the_real_clips_are_written_once(run):
    write_samples(run, 5, CLIPS, CLIPS[::-1])
    write_samples(run, 9, np.zeros_like(CLIPS), CLIPS)
    assert run.samples() == [5, 9]
    assert np.array_equal(read_filmstrips(run.real_file, 4), CLIPS)
    assert np.array_equal(read_filmstrips(run.sample_file(5), 4), CLIPS[::-1])
    assert np.array_equal(read_filmstrips(run.sample_file(9), 4), CLIPS)


def test_a_sheet_has_each_sample_below_its_real_clip(run):
    write_samples(run, 5, CLIPS, CLIPS)
    one = sample_sheet(run, 5)
    write_samples(run, 6, CLIPS, np.zeros_like(CLIPS))
    other = sample_sheet(run, 6)
    assert one.shape == other.shape
    assert not np.array_equal(one, other)


def test_clips_that_do_not_belong_together_are_no_sheet(run):
    write_samples(run, 5, CLIPS, CLIPS[:2])
    with pytest.raises(MediaError, match="has 2 clips"):
        sample_sheet(run, 5)


def test_samples_that_cannot_be_written_are_an_error_in_words(run):
    (run.folder / "samples").touch()
    with pytest.raises(ExportError, match="samples cannot be made"):
        write_samples(run, 5, CLIPS, CLIPS)
