"""Shared options: sizes, lengths, help texts of knobs."""

import argparse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.cli.options import (
    add_clip,
    clip_config,
    describe,
    frame_count,
    parse_share,
    parse_size,
)
from f2v_core.config import GenerateConfig, TrainConfig
from f2v_core.errors import InputError


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    add_clip(parser)
    return parser.parse_args(words)


@given(st.integers(2, 16384), st.integers(2, 16384), st.sampled_from("xX"))
def test_a_size_is_width_and_height(width: int, height: int, sign: str):
    assert parse_size(f"{width}{sign}{height}") == (width, height)


def test_input_leaves_the_size_to_the_images():
    assert parse_size("input") is None


@pytest.mark.parametrize(
    "text", ["", "x", "640", "640x", "x360", "640x360x2", "-1x5", "1x5", "20000x5", "6.4x3", "²x³"]
)
def test_what_is_no_size_is_refused_by_name(text: str):
    with pytest.raises(argparse.ArgumentTypeError, match=r"size|side"):
        parse_size(text)


@pytest.mark.parametrize("text", ["-1", "5", "nan", "much", ""])
def test_a_share_outside_its_range_is_refused_by_name(text: str):
    with pytest.raises(argparse.ArgumentTypeError, match="from 0 to 1"):
        parse_share(text)


def test_without_options_a_clip_has_the_default_settings():
    args = parsed()
    assert clip_config(args) == GenerateConfig()
    assert frame_count(args, clip_config(args)) == 30
    assert (args.size, args.fit) == (None, "fill")


def test_every_option_arrives():
    args = parsed(
        *"--seconds 2 --fps 5 --seed 7 --variation 0.5 --detail 0.25 --device cpu --size 64x32 --fit fit".split()
    )
    config = clip_config(args)
    assert config == GenerateConfig(seconds=2.0, fps=5.0, seed=7, variation=0.5, detail=0.25, device="cpu")
    assert (frame_count(args, config), args.size, args.fit) == (10, (64, 32), "fit")


def test_frames_decide_instead_of_seconds():
    args = parsed("--frames", "7")
    assert frame_count(args, clip_config(args)) == 7


def test_seconds_and_frames_exclude_each_other():
    with pytest.raises(argparse.ArgumentError, match="not allowed with"):
        parsed("--frames", "7", "--seconds", "2")


def test_a_length_the_user_names_beats_the_one_proposed():
    assert clip_config(parsed(), seconds=8.0).seconds == 8.0
    assert clip_config(parsed("--seconds", "2"), seconds=8.0).seconds == 2.0


@pytest.mark.parametrize("words", [("--fps", "0"), ("--seconds", "-1"), ("--seed", "-1")])
def test_a_value_out_of_range_is_named(words: tuple[str, str]):
    with pytest.raises(InputError, match=words[0][2:]):
        clip_config(parsed(*words))


def test_one_frame_is_no_video():
    args = parsed("--frames", "1")
    with pytest.raises(InputError, match="no room for both images"):
        frame_count(args, clip_config(args))


def test_help_names_default_unit_and_range():
    knobs = {each.name: each for each in TrainConfig.knobs()}
    assert describe(knobs["seconds"]).endswith("(default 3.0 s, 0.1 to 60)")
    assert describe(knobs["seed"]).endswith("(default 0, 0 to 2147483647)")
    assert describe(knobs["augment"]).endswith("(default on)")
    assert describe(knobs["model"]).endswith("(default cvae)")
    assert describe(knobs["data"]).endswith(".")
