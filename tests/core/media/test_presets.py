from pathlib import Path

import pytest

from f2v_core.errors import InputError
from f2v_core.media.encoders import RECIPES
from f2v_core.media.presets import PRESETS, preset_of


def test_every_preset_has_a_way_to_be_written():
    assert set(PRESETS) - set(RECIPES) == {"gif", "frames", "frame"}


@pytest.mark.parametrize(
    ("name", "wish", "found"),
    [
        ("a.mp4", "", "mp4"), ("a.WEBM", "", "webm"), ("a.webm", "av1", "av1"), ("a.png", "", "apng"),
        ("a.png", "frame", "frame"), ("a.mkv", "x264rgb", "x264rgb"), ("a", "", "frames"),
    ],
)  # fmt: skip
def test_an_ending_or_a_wish(name, wish, found):
    assert preset_of(Path(name), wish) == found


@pytest.mark.parametrize(
    ("name", "wish", "words"),
    [
        ("a.mp4", "gif", "ends in .gif"), ("a.mp4", "frames", "is a folder"), ("a.gif", "h264", "mp4, webm"),
        ("a.doc", "", ".mp4 .webm"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_the_remedy(name, wish, words):
    with pytest.raises(InputError) as caught:
        preset_of(Path(name), wish)
    assert words in caught.value.remedy
