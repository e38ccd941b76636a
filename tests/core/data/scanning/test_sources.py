"""Which source a path belongs to."""

import pytest

from f2v_core.data.scanning.sources import source_finder
from f2v_core.errors import InputError


def test_without_a_pattern_a_file_is_its_source_unless_its_name_says_more():
    find = source_finder("", in_names=False)
    assert find("skiing/holiday-abc_1.mp4") == "skiing/holiday-abc_1.mp4"
    assert find("skiing/yt-abc_1.mp4") == "yt-abc"
    assert find("skiing/yt-abc.mp4") == "skiing/yt-abc.mp4"


def test_names_of_moments_in_time_hold_the_source():
    find = source_finder("", in_names=True)
    assert find("training/skiing/yt-V4dmYY8nvAk_118.mp4") == "yt-V4dmYY8nvAk"
    assert find("a/flickr-0-2-0-0-2-6-7-5-12102002675_0.mp4") == "flickr-0-2-0-0-2-6-7-5-12102002675"
    assert find("a/getty-some_thing_3.mp4") == "getty-some_thing"
    assert find("a/elsewhere-12_3.mp4") == "elsewhere-12"
    assert find("a/holiday.mp4") == "a/holiday.mp4"


def test_a_pattern_finds_its_group_or_the_whole_match_or_else_the_path():
    assert source_finder(r"cam(\d+)_", in_names=True)("x/cam12_7.mp4") == "12"
    assert source_finder(r"cam\d+", in_names=False)("x/cam12_7.mp4") == "cam12"
    assert source_finder(r"cam(\d+)?x", in_names=False)("camx.mp4") == "camx.mp4"
    assert source_finder(r"cam(\d+)", in_names=False)("other.mp4") == "other.mp4"


def test_a_broken_pattern_is_refused_by_name():
    with pytest.raises(InputError, match=r"'\(' is not a regular expression"):
        source_finder("(", in_names=False)
