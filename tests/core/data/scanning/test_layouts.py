"""How folders are understood by their names."""

import pytest

from f2v_core.data.scanning.layouts import Place, recognise

FREE = None


def layout_of(root, *files):
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return recognise(root)


def folders(layout):
    return {place.folder: place.split for place in layout.places}


def test_any_tree_is_split_by_source(tmp_path):
    (tmp_path / "itself").symlink_to("itself")
    layout = layout_of(tmp_path, "skiing/x.mp4", "train/x.mp4", ".hidden/x.mp4", "y.mp4")
    assert layout.places == (Place("", FREE),)
    assert not layout.moments


@pytest.mark.parametrize("table", ["trainingSet.csv", "validationSet.csv", "moments_categories.txt"])
def test_moments_in_time_is_known_by_its_tables(tmp_path, table):
    layout = layout_of(tmp_path, "training/skiing/x.mp4", "validation/skiing/y.mp4", "extra/z.mp4", table)
    assert layout.name == "Moments in Time"
    assert layout.moments
    assert folders(layout) == {"training": FREE, "validation": "test"}
    assert folders(layout_of(tmp_path / "half", "training/skiing/x.mp4", table)) == {"training": FREE}


def test_moments_in_time_is_known_by_its_file_names(tmp_path):
    names = "training/skiing/yt-a_1.mp4", "validation/skiing/flickr-1-2_3.mp4"
    assert layout_of(tmp_path, *names).name == "Moments in Time"


def test_the_authors_folders_are_known(tmp_path):
    layout = layout_of(
        tmp_path, "skiing_train/x.mp4", "skiing_val/x.mp4", "erupting_train/y.mp4", "more/z.mp4"
    )
    assert layout.places == (
        Place("erupting_train", FREE, "erupting"),
        Place("skiing_train", FREE, "skiing"),
        Place("skiing_val", "test", "skiing"),
    )
    assert layout.titles(FREE) == ["*_train"]
    assert layout.titles("test") == ["*_val"]
    assert len(layout_of(tmp_path / "alone", "skiing_train/x.mp4").places) == 1
    assert layout_of(tmp_path / "chance", "toy_train/x.mp4", "car/x.mp4").name == "folders"


@pytest.mark.parametrize(
    ("names", "splits"),
    [
        ("train val test", {"train": "train", "val": "val", "test": "test"}),
        ("Training valid Testing docs", {"Training": "train", "valid": "val", "Testing": "test"}),
        ("training validation", {"training": "train", "validation": "val"}),
        ("train validation", {"train": "train", "validation": "val"}),
        ("train test", {"train": FREE, "test": "test"}),
        ("train training", {"train": FREE, "training": FREE}),
        ("train", {"train": FREE}),
        ("val", {"val": "val"}),
        ("val test", {"val": "val", "test": "test"}),
    ],
)
def test_folders_named_after_splits_are_taken_as_given(tmp_path, names, splits):
    layout = layout_of(tmp_path, *(f"{name}/skiing/x.mp4" for name in names.split()))
    assert folders(layout) == splits


def test_one_such_folder_among_others_is_a_category(tmp_path):
    assert layout_of(tmp_path, "train/x.mp4", "plane/x.mp4").name == "folders"
    assert layout_of(tmp_path / "b", "train/x.mp4", "toy_train/x.mp4").name == "folders"


def test_places_without_a_wanted_category_are_left_out(tmp_path):
    layout = layout_of(tmp_path, "train/skiing/x.mp4", "val/erupting/x.mp4")
    assert folders(layout.only(tmp_path, frozenset({"skiing"}))) == {"train": "train"}
    assert layout.only(tmp_path, frozenset()) == layout
    authors = layout_of(tmp_path / "a", "skiing_train/x.mp4", "skiing_val/x.mp4", "erupting_val/x.mp4")
    assert folders(authors.only(tmp_path / "a", frozenset({"erupting"}))) == {"erupting_val": "test"}
