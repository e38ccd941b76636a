"""Perceptual hashes: near for what looks the same, far for what does not, and mirrored without the frame."""

from itertools import combinations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.data.cutting.hashing import hash_clip, hash_distance, hash_frame, mirror_hash
from f2v_core.data.cutting.shapes import ClipShape
from f2v_core.data.cutting.windows import Film
from f2v_core.media.pictures import read_pictures
from tests.core.data.films import place, shot, write_film

NEAR, FAR = 6, 14


def scene(number):
    """A frame (256, 340, 3) with shapes large and small."""
    rng = np.random.default_rng(number)
    frame = place(number, (340, 256))
    for _ in range(12):
        x, y, r = rng.integers(0, 340), rng.integers(0, 256), rng.integers(5, 60)
        cv2.circle(frame, (int(x), int(y)), int(r), rng.integers(0, 256, 3).tolist(), -1)
    return frame


FRAMES = [scene(number) for number in range(16)]


@pytest.mark.parametrize("frame", FRAMES[:8])
@pytest.mark.parametrize(
    "change",
    [
        lambda f: cv2.resize(f, (64, 48), interpolation=cv2.INTER_AREA),
        lambda f: cv2.resize(f, (680, 512), interpolation=cv2.INTER_CUBIC),
        lambda f: cv2.imdecode(cv2.imencode(".jpg", f, [cv2.IMWRITE_JPEG_QUALITY, 15])[1], 1),
        lambda f: (f * 0.7 + 30).astype(np.uint8),
        lambda f: cv2.GaussianBlur(f, (0, 0), 2),
    ],
    ids=["smaller", "larger", "jpeg", "light", "blur"],
)
def test_what_looks_the_same_is_near(frame, change):
    assert hash_distance(hash_frame(frame), hash_frame(change(frame))) <= NEAR


def test_what_looks_different_is_far():
    hashes = [hash_frame(frame) for frame in FRAMES]
    assert min(hash_distance(a, b) for a, b in combinations(hashes, 2)) >= FAR


@pytest.mark.parametrize("frame", FRAMES)
def test_a_mirrored_frame(frame):
    mirrored = hash_frame(np.ascontiguousarray(frame[:, ::-1]))
    assert hash_distance(mirrored, mirror_hash(hash_frame(frame))) <= 1
    assert hash_distance(mirrored, hash_frame(frame)) >= FAR


@given(st.integers(0, 2**64 - 1))
def test_mirroring_twice_changes_nothing(value):
    assert mirror_hash(mirror_hash(value)) == value
    assert 0 <= mirror_hash(value) < 2**64
    assert hash_distance(value, mirror_hash(value)) == 32


@pytest.mark.parametrize("level", [0, 90, 255])
def test_flat_frames_have_none(level):
    noise = np.random.default_rng(0).integers(-2, 3, (64, 64, 3))
    assert hash_frame((level + noise).clip(0, 255).astype(np.uint8)) is None


def test_frames_are_spread_over_the_clip_and_flat_ones_left_out():
    hashes = [hash_frame(frame) for frame in FRAMES[:12]]
    clip = np.repeat(np.stack(FRAMES[:12]), 3, axis=0)
    assert hash_clip(clip) == tuple(hashes)
    clip[12:18] = 40
    assert hash_clip(clip) == tuple(hashes[:4] + hashes[6:])
    assert hash_clip(clip[:2]) == (hashes[0],) * 12


def test_a_crop_of_the_middle_is_near():
    for frame in FRAMES:
        assert hash_distance(hash_frame(frame), hash_frame(frame[:, 42:-42])) <= 1


def test_a_film_encoded_twice_at_other_sizes(tmp_path):
    frames = shot(3, 30, (320, 240))
    small = np.stack([cv2.resize(frame, (160, 120), interpolation=cv2.INTER_AREA) for frame in frames])
    shape = ClipShape(10, 10, 10.0, 64, "center")
    hashes = []
    for film, crf in ((frames, "18"), (small, "32")):
        path = write_film(tmp_path / f"{crf}.mp4", film, 25, "libx264", "yuv420p", crf=crf)
        (window,) = Film(read_pictures(path)).windows(shape)
        hashes.append(hash_clip(window.frames))
    assert [hash_distance(a, b) for a, b in zip(*hashes, strict=True)] == pytest.approx([0] * 12, abs=NEAR)
