"""Cuts: found where they are, and nowhere else; nothing but a few frames is held."""

import numpy as np
import pytest

from f2v_core.data.cutting.shots import AROUND, FURTHEST, number_shots
from f2v_core.errors import MediaError
from tests.core.data.films import FakePicture, join, pictures, place, shot


def starts(frames, **rates):
    """The frames that begin a shot, by their number in what comes through."""
    numbers = [number for number, _ in number_shots(pictures(frames, **rates))]
    return np.flatnonzero(np.diff(numbers, prepend=0)).tolist()


@pytest.mark.parametrize("rate", [8.0, 25.0, 60.0, 90_000.0])
def test_hard_cuts_are_found_to_the_frame(rate):
    assert starts(join(shot(1, 30), shot(2, 17), shot(3, 30)), rate=rate) == [30, 47]


def test_every_frame_comes_through_in_order():
    frames = join(shot(1, 23), shot(2, 14))
    assert [picture.pixels.sum() for _, picture in number_shots(pictures(frames))] == [
        frame.sum() for frame in frames
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_very_short_films(count):
    assert [number for number, _ in number_shots(pictures(shot(1, count)))] == [0] * count


def test_a_cut_between_dark_shots():
    assert starts(join(shot(1, 30) // 6, shot(2, 30) // 6)) == [30]


def test_a_cut_to_a_similar_frame():
    """The camera stands, and suddenly something stands before it."""
    before, after = shot(1, 30), shot(1, 60)[30:]
    after[:, 4:30, 40:] = 20
    assert starts(join(before, after)) == [30]


def test_a_cut_between_shots_that_move_differently():
    calm, rng = shot(1, 30), np.random.default_rng(0)
    wild = np.stack([np.roll(place(2), rng.integers(-4, 5), axis=1) for _ in range(30)])
    assert starts(join(calm, wild)) == [30]


def test_a_flash_is_no_cut():
    frames = shot(1, 60)
    frames[30:32] = 255 - (255 - frames[30:32]) // 6
    assert starts(frames) == []


def test_what_passes_before_the_camera_is_no_cut():
    frames = shot(1, 60)
    frames[30, :, 10:], frames[31, :, :50] = 30, 30
    assert starts(frames) == []


def test_a_fast_pan_is_no_cut():
    wide = place(1, (640, 48))
    assert starts([wide[:, 8 * i : 8 * i + 64] for i in range(60)]) == []


def test_light_that_goes_on_is_no_cut():
    frames = shot(1, 60)
    frames[30:] = frames[30:] // 2 + 100
    assert starts(frames) == []


def test_noise_is_no_cut():
    rng = np.random.default_rng(0)
    assert starts(rng.integers(0, 256, (40, 48, 64, 3), dtype=np.uint8)) == []


def test_a_fade_through_black_parts_two_shots():
    light = np.concatenate([np.ones(30), np.linspace(1, 0, 20)])[:, None, None, None]
    frames = join((shot(1, 50) * light).astype(np.uint8), (shot(2, 50) * light[::-1]).astype(np.uint8))
    (cut,) = starts(frames)
    passed = [picture.pixels for _, picture in number_shots(pictures(frames))]
    assert 40 <= cut < 52
    assert all(np.ptp(frame) > 6 for frame in passed)
    assert len(frames) - len(passed) < 10


def test_a_film_that_shows_nothing_has_no_shot():
    assert list(number_shots(pictures(np.full((50, 48, 64, 3), 16, np.uint8)))) == []


def test_a_film_that_changes_its_size_begins_a_shot():
    parts = [*shot(1, 20), *shot(1, 20, (80, 60))]
    assert starts(parts) == [20]


def test_a_hole_in_time_begins_a_shot():
    times = [index / 25 + (1.5 if index >= 20 else 0) for index in range(40)]
    assert starts(shot(1, 40), times=times) == [20]


def test_a_damaged_file_loses_a_few_frames_only():
    def breaking():
        yield from pictures(shot(1, 40))
        raise MediaError("It is cut off.")

    passed = []
    with pytest.raises(MediaError):
        passed.extend(number_shots(breaking()))
    assert len(passed) >= 40 - AROUND - 3


def test_only_a_few_frames_are_held():
    read = 0

    def counted():
        nonlocal read
        for picture in pictures(shot(1, 300), rate=240.0):
            read += 1
            yield picture

    for passed, _ in enumerate(number_shots(counted())):
        assert read - passed <= AROUND + FURTHEST + 2


def test_calm_stretches_are_hardly_looked_at():
    looks = 0

    class Watched(FakePicture):
        def glimpse(self):
            nonlocal looks
            looks += 1
            return super().glimpse()

    list(number_shots(Watched(index / 60, frame, 60.0) for index, frame in enumerate(shot(1, 120))))
    assert looks <= 120 / 6 + 2
