"""The tables and names of Moments in Time."""

import pytest

from f2v_core.data.scanning.found import Unusable
from f2v_core.data.scanning.moments import categories, has_names, has_table, missing
from f2v_core.errors import DataError


def touch(path, text="x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def listed(root, wanted=frozenset()):
    return [each for each in missing(root, "training", wanted) if each]


def test_listed_files_that_are_missing_are_named(tmp_path):
    touch(tmp_path / "training" / "skiing" / "yt-a_1.mp4")
    touch(
        tmp_path / "trainingSet.csv",
        "skiing/yt-a_1.mp4,skiing,3,0\nskiing/yt-b_1.mp4,skiing,3,1\n\nstray.mp4,skiing,1,1\n"
        "erupting/yt-c_1.mp4,erupting,3,1\nerupting/yt-d_1.mp4,erupting,3,1\n",
    )
    gone = "It is missing, though trainingSet.csv lists it."
    whole = [Unusable("training/skiing/yt-b_1.mp4", gone), Unusable("training/erupting", gone)]
    assert listed(tmp_path) == whole
    assert listed(tmp_path, frozenset({"skiing"})) == whole[:1]


def test_without_a_list_nothing_is_missing(tmp_path):
    assert listed(tmp_path) == []


def test_long_lists_give_signs_of_life(tmp_path):
    (tmp_path / "training" / "a").mkdir(parents=True)
    touch(tmp_path / "trainingSet.csv", "b/x.mp4,b,1,1\n" * 2500)
    assert list(missing(tmp_path, "training", frozenset({"a"}))) == [None] * 3


def test_broken_tables_are_errors_by_name(tmp_path):
    (tmp_path / "trainingSet.csv").write_bytes(b"caf\xe9/x.mp4,a,1,1\n")
    with pytest.raises(DataError, match=r"trainingSet\.csv cannot be read"):
        listed(tmp_path)
    (tmp_path / "moments_categories.txt").write_bytes(b"\xff")
    with pytest.raises(DataError, match=r"moments_categories\.txt cannot be read"):
        categories(tmp_path)


def test_categories_are_read_with_their_commas_and_without_their_numbers(tmp_path):
    assert categories(tmp_path) is None
    touch(tmp_path / "moments_categories.txt", "skiing,0\nadult+male+singing,1\na,b,2\n\n")
    assert categories(tmp_path) == ["skiing", "adult+male+singing", "a,b"]
    assert has_table(tmp_path)


def test_folders_are_known_by_the_names_of_their_files(tmp_path):
    assert not has_names(tmp_path)
    for name in ("yt-a_1.mp4", "flickr-1-2_0.mp4", "holiday.mp4"):
        touch(tmp_path / "skiing" / name)
    assert has_names(tmp_path)
    for name in ("me.mp4", "you.mp4"):
        touch(tmp_path / "skiing" / name)
    assert not has_names(tmp_path)
