"""What is measured on clips, and which flags they get; clips that were encoded on the way, too."""

import cv2
import numpy as np
import pytest

from f2v_core.config import prepare_preset
from f2v_core.data.cutting.measures import check_keep, find_flags, l2_distance, linear_l2, motion
from f2v_core.data.cutting.shapes import ClipShape
from f2v_core.data.cutting.windows import Film
from f2v_core.errors import InputError
from f2v_core.frames import FramePair, frame_times
from f2v_core.generators.registry import create_generator
from f2v_core.media.pictures import read_pictures
from tests.core.data.films import place, shot, write_film

SIZE = (64, 64)


def clip(count=30, number=1):
    return shot(number, 2 * count, SIZE)[::2]


def textured(count=30):
    """A clip whose square and backdrop both have fine patterns, which an encoder has to work on."""
    grain = np.random.default_rng(0).integers(-12, 13, (64, 64, 1))
    return (clip(count).astype(int) + grain).clip(0, 255).astype(np.uint8)


def encoded(tmp_path, frames, codec="libx264", **options):
    """The clip again, from a video four times its size with compression's noise."""
    large = frames.repeat(4, axis=1).repeat(4, axis=2)
    path = write_film(tmp_path / "a.mp4", large, 10, codec, "yuv420p", **(options or {"crf": "26"}))
    (window,) = Film(read_pictures(path)).windows(ClipShape(30, 30, 10.0, 64, "center"))
    return window.frames


def test_motion_is_change_a_second():
    ramp = np.repeat(np.arange(0, 30, dtype=np.uint8) * 2, 4 * 4 * 3).reshape(30, 4, 4, 3)
    assert motion(ramp, 10.0) == pytest.approx(2 * 10 / 255)
    assert motion(ramp[::-1], 20.0) == pytest.approx(2 * 20 / 255)
    assert motion(np.repeat(ramp[:1], 5, axis=0), 10.0) == 0.0


def test_motion_and_distance_sum_exactly():
    a, b = np.random.default_rng(0).integers(0, 256, (2, 30, 64, 48, 3), dtype=np.uint8)
    assert l2_distance(a, b) == pytest.approx(np.linalg.norm(a / 255 - b / 255), rel=1e-12)
    assert motion(a, 10.0) == pytest.approx(np.abs(np.diff(a.astype(int), axis=0)).mean() / 25.5, rel=1e-12)


def test_distances_of_other_shapes():
    with pytest.raises(InputError, match="cannot be compared"):
        l2_distance(clip(30), clip(29))


def test_linear_is_what_the_linear_generator_makes():
    frames = clip()
    made = create_generator("linear").frames(FramePair(frames[0], frames[-1]), frame_times(30).tolist())
    assert linear_l2(frames) == l2_distance(np.stack(list(made)), frames) > 1


def test_a_plain_clip_has_no_flag(tmp_path):
    assert find_flags(clip()) == find_flags(encoded(tmp_path, textured())) == ()


def test_static(tmp_path):
    still = np.repeat(textured()[:1], 30, axis=0)
    noise = np.random.default_rng(1).normal(0, 3, still.shape)
    assert find_flags(still) == ("static",)
    assert find_flags((still + noise).clip(0, 255).astype(np.uint8)) == ("static",)
    assert find_flags(encoded(tmp_path, still)) == ("static",)


def test_little_that_moves_is_not_static():
    frames = np.repeat(place(1, SIZE)[None], 30, axis=0)
    for index in range(30):
        frames[index, 20:26, index : index + 6] = 250
    assert find_flags(frames) == ()


@pytest.mark.parametrize(
    ("codec", "options"),
    [("libx264", {"crf": "20"}), ("libx264", {"crf": "34"}), ("mpeg4", {"b": "300k"})],
)
def test_frozen(tmp_path, codec, options):
    frames = textured()
    frames[20:] = frames[20]
    assert find_flags(encoded(tmp_path, frames, codec, **options)) == ("frozen",)


@pytest.mark.parametrize(("tail", "flags"), [(6, ("frozen",)), (5, ())])
def test_frozen_is_a_fifth_or_more(tail, flags):
    frames = clip()
    frames[-tail:] = frames[-tail]
    assert find_flags(frames) == flags


def test_a_pause_before_the_end_is_not_frozen():
    frames = clip()
    frames[10:25] = frames[10]
    assert find_flags(frames) == ()


def barred(frames, bar, sides=False, black=2):
    frames = frames.swapaxes(1, 2).copy() if sides else frames.copy()
    frames[:, :bar] = frames[:, -bar:] = black
    return np.ascontiguousarray(frames.swapaxes(1, 2) if sides else frames)


@pytest.mark.parametrize("sides", [False, True])
@pytest.mark.parametrize("bar", [3, 8, 20])
def test_letterboxed(tmp_path, sides, bar):
    assert find_flags(encoded(tmp_path, barred(textured(), bar, sides))) == ("letterboxed",)


def test_bars_of_other_kinds_are_none():
    frames = clip()
    one, grey, once = frames.copy(), barred(frames, 8, black=60), barred(frames, 8)
    one[:, :8] = 0
    once[17] = frames[17]
    assert find_flags(one) == find_flags(grey) == find_flags(once) == find_flags(barred(frames, 1)) == ()


@pytest.mark.parametrize("light", [0.05, 0.15, 0.4])
def test_dark_scenes_are_not_letterboxed(light):
    spot = cv2.GaussianBlur(np.pad(np.ones((16, 16)), 24), (0, 0), 8)[None, ..., None]
    frames = (clip() * (light + (1 - light) * spot * (spot > 0.05)) * light).astype(np.uint8)
    assert "letterboxed" not in find_flags(frames)


def test_black_is_static_only():
    assert find_flags(np.zeros((30, 64, 64, 3), np.uint8)) == ("static",)


def test_several_flags():
    frames = barred(clip(), 8)
    frames[15:] = frames[15]
    assert find_flags(frames) == ("frozen", "letterboxed")


def test_flags_to_keep():
    assert check_keep(prepare_preset("windows")) == frozenset()
    assert check_keep(prepare_preset("windows", keep=" static,frozen ,")) == {"static", "frozen"}
    with pytest.raises(InputError, match="flagged blurred, padded") as caught:
        check_keep(prepare_preset("windows", keep="padded,static,blurred"))
    assert "static, frozen, letterboxed" in caught.value.remedy
