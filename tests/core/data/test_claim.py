from pathlib import Path

import pytest

from f2v_core.config import PrepareConfig
from f2v_core.data.claim import claim_dataset, is_planned, is_unfinished, write_plan
from f2v_core.data.dataset import SHARDS, WORK
from f2v_core.errors import DataError

CONFIG = PrepareConfig(videos="/videos")


def begin(folder: Path) -> None:
    """What preparing does until it is stopped."""
    with claim_dataset(folder, CONFIG):
        write_plan(folder, CONFIG)


def test_a_planned_dataset_can_be_claimed_again_later(tmp_path: Path):
    folder = tmp_path / "deep" / "dataset"
    for _ in range(2):
        begin(folder)
        assert is_unfinished(folder)
        assert is_planned(folder)
        assert (folder / SHARDS).is_dir()


def test_what_ends_before_its_plan_leaves_nothing(tmp_path: Path):
    folder = tmp_path / "dataset"
    with pytest.raises(DataError, match="mine"), claim_dataset(folder, CONFIG):
        raise DataError("mine")
    assert not folder.exists()


def test_two_at_once_are_refused(tmp_path: Path):
    with (
        claim_dataset(tmp_path, CONFIG),
        pytest.raises(DataError, match="being prepared already"),
        claim_dataset(tmp_path, CONFIG),
    ):
        pass


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path):
    (tmp_path / "holiday.txt").write_text("precious")
    with pytest.raises(DataError, match="holds no dataset"), claim_dataset(tmp_path, CONFIG):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.txt"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path):
    path = tmp_path / "dataset"
    path.write_text("precious")
    with pytest.raises(DataError, match="holds no dataset"), claim_dataset(path, CONFIG):
        pass


def test_other_settings_are_named(tmp_path: Path):
    begin(tmp_path)
    other = PrepareConfig(videos="/videos", size=96, seconds=2.0)
    with (
        pytest.raises(DataError, match=r"other settings: seconds 3\.0, size 64\."),
        claim_dataset(tmp_path, other),
    ):
        pass


def test_a_damaged_plan_is_named(tmp_path: Path):
    begin(tmp_path)
    (tmp_path / WORK / "plan.json").write_text("{")
    with pytest.raises(DataError, match=r"plan\.json is damaged"), claim_dataset(tmp_path, CONFIG):
        pass


def test_what_a_killed_process_left_is_swept_away(tmp_path: Path):
    begin(tmp_path)
    leftover = tmp_path / SHARDS / ".train-000000-123-partial.tar"
    leftover.write_bytes(b"half")
    with claim_dataset(tmp_path, CONFIG):
        assert not leftover.exists()


def test_a_work_folder_of_somebody_else_is_left_alone(tmp_path: Path):
    (tmp_path / WORK).mkdir()
    (tmp_path / WORK / "precious.txt").write_text("mine")
    assert not is_unfinished(tmp_path)
    with pytest.raises(DataError, match="holds no dataset"), claim_dataset(tmp_path, CONFIG):
        pass
    assert (tmp_path / WORK / "precious.txt").exists()


def test_an_empty_folder_that_was_there_stays(tmp_path: Path):
    with pytest.raises(DataError, match="mine"), claim_dataset(tmp_path, CONFIG):
        raise DataError("mine")
    assert list(tmp_path.iterdir()) == []


def test_what_is_half_written_goes_at_the_end_too(tmp_path: Path):
    leftover = tmp_path / SHARDS / ".train-000000-123-partial.tar"
    with claim_dataset(tmp_path, CONFIG):
        write_plan(tmp_path, CONFIG)
        leftover.write_bytes(b"half")
    assert not leftover.exists()
