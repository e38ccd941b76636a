"""Which categories are taken, and what is said about unknown ones."""

import pytest

from f2v_core.data.scanning.categories import wanted_categories
from f2v_core.data.scanning.layouts import recognise
from f2v_core.errors import DataError


def touch(path, text="x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def wanted(root, listed):
    return wanted_categories(root, recognise(root), listed)


def test_names_are_separated_by_commas(tmp_path):
    for name in ("skiing/x.mp4", "erupting/x.mp4"):
        touch(tmp_path / name)
    assert wanted(tmp_path, " skiing, erupting,") == {"skiing", "erupting"}
    assert wanted(tmp_path, "") == frozenset()


def test_unknown_ones_are_answered_with_the_nearest(tmp_path):
    for name in ("train/skiing/x.mp4", "train/erupting/x.mp4", "val/sailing/x.mp4"):
        touch(tmp_path / name)
    with pytest.raises(DataError, match=r"has no category SKING\. Did you mean skiing or sailing\?"):
        wanted(tmp_path, "SKING")
    with pytest.raises(
        DataError, match=r"has no category qqq\. There are 3, such as erupting, sailing, skiing\."
    ):
        wanted(tmp_path, "skiing, qqq")
    with pytest.raises(DataError, match=r"has no category \.\./train"):
        wanted(tmp_path, "../train")


def test_where_there_are_no_folders_there_are_no_categories(tmp_path):
    touch(tmp_path / "x.mp4")
    with pytest.raises(DataError, match="name no category"):
        wanted(tmp_path, "skiing")


def test_categories_of_moments_in_time_are_those_of_its_table(tmp_path):
    touch(tmp_path / "training" / "skiing" / "x.mp4")
    touch(tmp_path / "moments_categories.txt", "skiing,0\nerupting,1\n")
    assert wanted(tmp_path, "erupting") == {"erupting"}
    with pytest.raises(DataError, match=r"Did you mean erupting\?"):
        wanted(tmp_path, "erupt")


def test_categories_of_the_authors_folders_begin_their_names(tmp_path):
    for name in ("skiing_train/x.mp4", "skiing_val/x.mp4"):
        touch(tmp_path / name)
    assert wanted(tmp_path, "skiing") == {"skiing"}
    with pytest.raises(DataError, match=r"Did you mean skiing\?"):
        wanted(tmp_path, "skiing_train")
