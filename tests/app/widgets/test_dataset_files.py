import json
import os
from pathlib import Path

import pytest

from f2v_app.widgets import dataset_files
from f2v_app.widgets.dataset_files import (
    check_videos,
    datasets_folder,
    fresh_name,
    look_at_place,
    open_folder,
    plan_of,
    read_row,
    read_rows,
)
from f2v_core.config import PrepareConfig
from f2v_core.data.claim import PLAN
from f2v_core.data.dataset import INFO, WORK
from f2v_core.errors import DataError
from tests.app.made_datasets import CONFIG, make_dataset, make_unfinished

OTHER = PrepareConfig(videos="/elsewhere")


def age(folder: Path, seconds: int) -> None:
    os.utime(folder, (seconds, seconds))


def test_datasets_lie_in_the_users_data(user_home):
    assert datasets_folder() == user_home / "data" / "f2v" / "datasets"


def test_it_lists_what_are_datasets_newest_first(tmp_path):
    root, away = tmp_path / "root", tmp_path / "away"
    make_dataset(root / "a")
    make_unfinished(root / "b")
    make_dataset(away)
    (root / "videos").mkdir()
    (root / "file").touch()
    for seconds, folder in enumerate((root / "b", away, root / "a")):
        age(folder, seconds)
    rows = read_rows(root, [away, root / "a", tmp_path / "gone"])
    assert [(row.folder.name, row.state, row.clips) for row in rows] == [
        ("a", "ready", 6), ("away", "ready", 6), ("b", "unfinished", 0),
    ]  # fmt: skip
    assert read_rows(tmp_path / "nowhere", []) == []


def test_a_damaged_dataset_is_listed_as_such(tmp_path):
    dataset = make_dataset(tmp_path / "set")
    (dataset.folder / INFO).write_text("{")
    row = read_row(dataset.folder)
    assert row.state == "damaged"
    assert "is damaged" in row.problem


def test_it_opens_what_is_complete_and_what_is_not(tmp_path):
    opened = open_folder(make_dataset(tmp_path / "set").folder)
    assert opened.dataset is not None
    assert opened.config == CONFIG
    opened = open_folder(make_unfinished(tmp_path / "begun"))
    assert opened.dataset is None
    assert opened.shards == 1
    assert opened.nbytes > 1000
    with pytest.raises(DataError, match="holds no dataset"):
        open_folder(tmp_path)


def test_a_dataset_that_says_too_little_is_told(tmp_path):
    dataset = make_dataset(tmp_path / "set")
    path = dataset.folder / INFO
    info = json.loads(path.read_text())
    del info["layout"], info["flags"]
    path.write_text(json.dumps(info))
    with pytest.raises(DataError, match="says nothing of: flags, layout"):
        open_folder(dataset.folder)


def test_a_plan_that_cannot_be_read_is_told(tmp_path):
    folder = make_unfinished(tmp_path / "begun")
    (folder / WORK / PLAN).write_text("[]")
    with pytest.raises(DataError, match="cannot be read"):
        plan_of(folder)
    assert "cannot be read" in look_at_place(tmp_path, "begun").problem


def test_folders_of_videos_are_looked_at(tmp_path, monkeypatch):
    videos = tmp_path / "videos"
    videos.mkdir()
    assert check_videos(videos) == "Searched with all its subfolders."
    with pytest.raises(DataError, match="is not a folder"):
        check_videos(tmp_path / "none")
    with pytest.raises(DataError, match="is a dataset, not a folder of videos"):
        check_videos(make_unfinished(tmp_path / "begun"))

    def refuse(_self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(dataset_files.Path, "iterdir", refuse)
    with pytest.raises(DataError, match="cannot be read: Permission denied"):
        check_videos(videos)


@pytest.mark.parametrize("name", ["", "a/b", "..", ".hidden", "tab\tin it", "x" * 101])
def test_names_that_cannot_be(tmp_path, name):
    assert look_at_place(tmp_path, name).problem


def test_places_that_are_taken(tmp_path):
    make_dataset(tmp_path / "set")
    make_unfinished(tmp_path / "begun")
    (tmp_path / "videos").mkdir()
    (tmp_path / "killed" / WORK).mkdir(parents=True)
    assert "There is a dataset" in look_at_place(tmp_path, "set").problem
    assert "something else" in look_at_place(tmp_path, "videos").problem
    assert look_at_place(tmp_path, "begun").begun == CONFIG
    for free in ("new", "killed"):
        assert look_at_place(tmp_path, free) == dataset_files.Place()


def test_a_fresh_name_is_free_or_to_be_gone_on_with(tmp_path):
    assert fresh_name(tmp_path, "my: videos?", CONFIG) == "my- videos-"[:-1]
    assert fresh_name(tmp_path, "...", CONFIG) == "dataset"
    make_dataset(tmp_path / "set")
    make_unfinished(tmp_path / "set-2")
    assert fresh_name(tmp_path, "set", CONFIG) == "set-2"
    assert fresh_name(tmp_path, "set", OTHER) == "set-3"
