import pytest

from f2v_app.widgets.clip_words import clock, words_of
from tests.app.made_datasets import record


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0.0 s"),
        (59.94, "59.9 s"),
        (60, "1:00.0"),
        (187.46, "3:07.5"),
        (3725.0, "1:02:05.0"),
        (119.97, "2:00.0"),
    ],
)
def test_a_place_in_a_video(seconds, words):
    assert clock(seconds) == words


def test_a_video_is_called_by_its_file():
    said = words_of(record(0))
    assert said.title == 'a "0", b.mp4'
    assert said.line == "motion 1"
    assert "Flags" not in said.details
    assert said.spoken.startswith('folder/a "0", b.mp4, train · erupting, 0.4 s from')


def test_a_scene_is_called_by_its_number():
    said = words_of(record(0, video="scene:skiing/17", category="", flags=("static",)))
    assert said.title == "skiing 17"
    assert said.line == "static"
    assert said.details.splitlines()[:2] == ["skiing 17", "train"]
