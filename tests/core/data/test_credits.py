"""Credits: from a table beside the videos to the lines of a model's card."""

import pytest

from f2v_core.config import PrepareConfig
from f2v_core.data import credits as credits_module
from f2v_core.data.credits import credit_lines, credit_lookup
from tests.datasets import Take, moving_square, write_dataset

CLIP = moving_square(0, 4, 16)


def test_a_table_above_the_folder_is_found(tmp_path):
    (tmp_path / "footage.csv").write_text(
        "file,licence,credit\ntrain/a.mp4,CC0,Ada\ntrain/c.mp4,,\nval/d.mp4,CC0,Eve\n"
    )
    credit = credit_lookup(tmp_path / "train")
    assert credit("a.mp4") == ("CC0", "Ada")
    assert credit("c.mp4") == credit("d.mp4") == credit("nowhere.mp4") == ("", "")


def test_a_table_in_the_folder_counts_before_one_above(tmp_path):
    folder = tmp_path / "train"
    folder.mkdir()
    (tmp_path / "credits.csv").write_text(
        "file,licence,credit\ntrain/x/a.mp4,CC0,above\ntrain/b.mp4,CC0,above\n"
    )
    (folder / "footage.csv").write_text("file,licence,credit\n./x/a.mp4,CC0,footage\n")
    (folder / "credits.csv").write_bytes("file,licence,credit\nx/a.mp4,CC0,Jos\xe9\n".encode("latin-1"))
    credit = credit_lookup(folder)
    assert credit("x/a.mp4") == ("CC0", "Jos\ufffd")
    assert credit("b.mp4") == ("CC0", "above")


def test_without_a_table_nothing_is_known(tmp_path):
    assert credit_lookup(tmp_path)("a.mp4") == ("", "")
    (tmp_path / "credits.csv").write_text("name,who\na.mp4,Ada\n")
    assert credit_lookup(tmp_path)("a.mp4") == ("", "")


@pytest.fixture
def videos():
    return [
        Take(CLIP, "a.mp4", licence="CC0", credit="Ada"), Take(CLIP, "a.mp4", licence="CC0", credit="Ada"),
        Take(CLIP, "b.mp4"), Take(CLIP, "v.mp4", "val", licence="CC0"), Take(CLIP, "c.mp4", licence="CC-BY-3.0"),
    ]  # fmt: skip


def test_a_card_names_each_training_video_once(tmp_path, videos):
    dataset = write_dataset(tmp_path / "set", videos)
    assert credit_lines(dataset) == ("a.mp4 | CC0 | Ada", "b.mp4", "c.mp4 | CC-BY-3.0")


def test_a_card_says_how_many_more_there_are(tmp_path, videos, monkeypatch):
    monkeypatch.setattr(credits_module, "MOST_LINES", 1)
    dataset = write_dataset(tmp_path / "set", videos)
    assert credit_lines(dataset) == ("a.mp4 | CC0 | Ada", "and 2 more: see videos.csv of the dataset set")


def test_procedural_clips_are_marked_as_such(tmp_path):
    scenes = [Take(CLIP, f"scene:skiing/{n}") for n in range(3)]
    dataset = write_dataset(tmp_path / "set", scenes, PrepareConfig(scenes="erupting,skiing"))
    assert credit_lines(dataset) == ("3 procedural clips, no videos: erupting,skiing",)
