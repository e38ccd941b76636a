"""What is fitted to a dataset: to which of its clips, when, and what stands in where they are too few."""

import numpy as np
import pytest

from f2v_core.data.index import read_index
from f2v_core.errors import DataError
from f2v_core.evaluation import fitting
from f2v_core.evaluation.adaptive_blur import SHAPE
from f2v_core.evaluation.fitting import OWN_COEFFICIENTS, OWN_SIGMA, Fitting, fitting_rows
from tests.datasets import Take, moving_square, squares, write_dataset


def test_few_training_clips_leave_the_programs_own_numbers(tmp_path):
    fit = Fitting(write_dataset(tmp_path / "few", squares())).fit
    assert fit.sigma == OWN_SIGMA
    assert fit.coefficients is OWN_COEFFICIENTS
    assert OWN_COEFFICIENTS.shape == SHAPE


def test_so_does_a_dataset_without_training_clips(tmp_path):
    takes = [Take(moving_square(n), f"{n}", "test") for n in range(3)]
    assert Fitting(write_dataset(tmp_path / "test", takes)).fit.coefficients is OWN_COEFFICIENTS


def test_enough_clips_are_fitted_once_and_the_other_splits_are_of_no_effect(tmp_path, monkeypatch):
    monkeypatch.setattr(fitting, "FEWEST", 4)
    one = Fitting(write_dataset(tmp_path / "one", squares(4, 2)))
    other = Fitting(write_dataset(tmp_path / "other", squares(4, 1)))
    assert one.fit is one.fit
    assert one.fit.coefficients is not OWN_COEFFICIENTS
    assert np.array_equal(one.fit.coefficients, other.fit.coefficients)
    assert one.fit.sigma == other.fit.sigma


def test_the_fit_tells_of_each_clip_and_is_made_once(tmp_path, monkeypatch):
    monkeypatch.setattr(fitting, "FEWEST", 3)
    made = Fitting(write_dataset(tmp_path / "data", squares(3, 1, side=16)))
    stages = list(made.prepare())
    assert [(each.stage, each.done, each.total) for each in stages] == [
        ("Fitting the blurred cross-fades", done, 3) for done in range(4)
    ]
    assert list(made.prepare()) == []
    assert made.fit is not fitting.OWN


def test_a_fit_that_was_stopped_begins_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(fitting, "FEWEST", 3)
    made = Fitting(write_dataset(tmp_path / "data", squares(3, 1, side=16)))
    stopped = made.prepare()
    next(stopped)
    stopped.close()
    assert len(list(made.prepare())) == 4


def test_rows_are_long_enough_and_spread_over_the_sources(tmp_path, monkeypatch):
    monkeypatch.setattr(fitting, "CLIPS", 4)
    long, short = moving_square(0, side=16), moving_square(1, 20, side=16)
    takes = [Take(long, "film")] * 6 + [Take(short, "snippet")] * 2 + [Take(long, "other")] * 2
    index = read_index(write_dataset(tmp_path / "data", takes), "train")
    rows = fitting_rows(index)
    assert len(rows) == 4
    assert sum(row < 6 for row in rows) == 2
    assert rows[2:] == [8, 9]


def test_the_digest_is_the_datasets_and_reads_no_clip(tmp_path):
    dataset, other = (write_dataset(tmp_path / str(n), squares(n)) for n in (2, 3))
    digest = Fitting(dataset).digest
    dataset.shard_file("train-000000").unlink()
    assert Fitting(dataset).digest == digest != Fitting(other).digest


def test_a_missing_index_is_named(tmp_path):
    dataset = write_dataset(tmp_path / "data", squares())
    (dataset.folder / "index.csv").unlink()
    with pytest.raises(DataError, match=r"index.csv"):
        _ = Fitting(dataset).digest
