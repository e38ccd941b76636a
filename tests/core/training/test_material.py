"""What a run trains and validates on, from folders of real video files."""

import shutil

import numpy as np
import pytest

from f2v_core.config import train_preset
from f2v_core.errors import DataError
from f2v_core.messages import Notice, StageProgress
from f2v_core.training.material import Material, load_material


def load(config) -> tuple[Material, list]:
    events, loading = [], load_material(config)
    while True:
        try:
            events.append(next(loading))
        except StopIteration as end:
            return end.value, events


def config(folder, **changes):
    return train_preset("cvae", "motion", data=str(folder), batch=2, size=32, frames=8, **changes)


def test_a_tenth_is_held_out_and_both_stages_are_reported(videos):
    material, events = load(config(videos))
    stages = {e.stage: e.total for e in events if isinstance(e, StageProgress)}
    assert stages == {"Reading training videos": 2, "Reading validation videos": 1}
    assert material.validation.clips.shape[1:] == (8, 32, 32, 3)
    trained = {line.split(" | ")[0] for line in material.credits}
    assert len(trained) == 2
    assert trained < {"0.gif", "1.gif", "2.gif"}


def test_batches_depend_on_the_seed_and_the_position_alone(videos):
    one, _ = load(config(videos, seed=5))
    first, second = one.batch(), one.batch()
    assert first.shape == (2, 8, 32, 32, 3)
    assert first.dtype == np.uint8
    assert not np.array_equal(first, second)
    other, _ = load(config(videos, seed=5))
    other.position = 1
    assert np.array_equal(other.batch(), second)
    assert other.position == 2


def test_a_validation_folder_leaves_all_others_for_training(videos, tmp_path, write_gif):
    write_gif(tmp_path / "held" / "v.gif", 9)
    material, _ = load(config(videos, validation=str(tmp_path / "held")))
    assert len(material.credits) == 3


def test_validation_videos_inside_the_training_folder_are_not_trained_on(videos, write_gif):
    write_gif(videos / "val" / "v.gif", 9)
    material, _ = load(config(videos, validation=str(videos / "val")))
    assert [line.split(" | ")[0] for line in material.credits] == ["0.gif", "1.gif", "2.gif"]


def test_one_folder_for_both_is_refused(videos):
    with pytest.raises(DataError, match="validation videos too"):
        load(config(videos, validation=str(videos)))


def test_damaged_videos_are_skipped_with_a_notice(videos, tmp_path, write_gif):
    (videos / "broken.mp4").write_bytes(b"no video")
    write_gif(tmp_path / "held" / "v.gif", 9)
    material, events = load(config(videos, validation=str(tmp_path / "held")))
    assert len(material.credits) == 3
    assert any("broken.mp4" in e.text for e in events if isinstance(e, Notice))


def test_others_stand_in_for_damaged_validation_videos(videos):
    for name in ("broken", "cut", "empty"):
        (videos / f"{name}.mp4").write_bytes(b"no video")
    for seed in range(6):
        material, _ = load(config(videos, seed=seed))
        assert len(material.validation.clips)
        assert len(material.credits) == 2


def test_nothing_but_damaged_videos_is_an_error(tmp_path):
    for name in ("broken", "cut", "empty"):
        (tmp_path / f"{name}.mp4").write_bytes(b"no video")
    with pytest.raises(DataError, match="could be used"):
        load(config(tmp_path))


def test_credits_come_from_the_table(videos):
    (videos / "credits.csv").write_bytes("file,licence,credit\n0.gif,CC0,Jos\xe9\n".encode("latin-1"))
    (videos / "val").mkdir()
    shutil.move(videos / "2.gif", videos / "val")
    material, _ = load(config(videos, validation=str(videos / "val")))
    assert material.credits == ("0.gif | CC0 | Jos\ufffd", "1.gif")


def test_missing_folders_are_errors_by_name(videos, tmp_path):
    with pytest.raises(DataError, match="nowhere is not a folder"):
        load(config(tmp_path / "nowhere"))
    with pytest.raises(DataError, match="nowhere is not a folder"):
        load(config(videos, validation=str(tmp_path / "nowhere")))
