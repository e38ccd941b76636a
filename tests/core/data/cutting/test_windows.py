"""Windows: inside one shot, back to back, at the times that they claim."""

import gc
import weakref

import numpy as np
import pytest

from f2v_core.data.cutting.shapes import ClipShape
from f2v_core.data.cutting.windows import Film
from f2v_core.errors import MediaError
from f2v_core.media.pictures import read_pictures
from tests.core.data.films import FakePicture, join, pictures, shot, write_film

SECOND = ClipShape(10, 10, 10.0, 16, "stretch")
"""One second at 10 frames a second."""


def clock(seconds, rate=25.0, times=None):
    """Pictures that show their own number, in tens of grey levels from 0, under a bright band."""
    for index in range(round(seconds * rate) if times is None else len(times)):
        pixels = np.full((16, 16, 3), index % 256, np.uint8)
        pixels[0] = 255
        yield FakePicture(index / rate if times is None else times[index], pixels, rate)


def numbers(window):
    """Which pictures of a `clock` a window holds."""
    return window.frames[:, 12, 8, 0].tolist()


def cut(stream, shape=SECOND):
    film = Film(stream)
    return film, list(film.windows(shape))


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (30.0, [0, 3, 6, 9, 12, 15, 18, 21, 24, 27]),
        (10.0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (25.0, [0, 3, 5, 8, 10, 13, 15, 18, 20, 23]),
        (24.0, [0, 2, 5, 7, 10, 12, 14, 17, 19, 22]),
        (5.0, [0, 1, 1, 2, 2, 3, 3, 4, 4, 4]),
    ],
)
def test_frames_are_those_nearest_in_time_the_later_of_two(rate, expected):
    _, windows = cut(clock(1.0, rate))
    assert [numbers(window) for window in windows] == [expected]


def test_windows_follow_each_other_without_drift():
    _, windows = cut(clock(8.5, 30.0))
    assert [window.start_s for window in windows] == pytest.approx([0, 1, 2, 3, 4, 5, 6, 7])
    assert [number for window in windows for number in numbers(window)] == list(range(0, 240, 3))


def test_a_variable_frame_rate_is_honoured():
    """Two seconds: first 50, then 10 frames a second."""
    times = [i / 50 for i in range(50)] + [1 + i / 10 for i in range(10)]
    _, windows = cut(clock(2, 30.0, times))
    assert numbers(windows[0]) == list(range(0, 50, 5))
    assert numbers(windows[1]) == list(range(50, 60))


def test_no_window_holds_a_cut():
    parts = [shot(n, length) for n, length in enumerate((70, 10, 25, 47))]
    film, windows = cut(pictures(join(*parts)))
    assert [(window.shot, window.start_s) for window in windows] == [(0, 0.0), (0, 1.0), (2, 3.2), (3, 4.2)]
    for window, number in zip(windows, (0, 0, 2, 3), strict=True):
        outside = np.abs(window.frames[:, 0].astype(int) - window.frames[0, 0]).max()
        assert outside == 0, number
    assert film.longest_shot_s == pytest.approx(2.8)
    assert (film.count, film.seconds, film.size, film.fps) == (152, pytest.approx(152 / 25), (64, 48), 25.0)


@pytest.mark.parametrize(("count", "windows"), [(22, 0), (23, 1), (47, 1), (48, 2)])
def test_the_last_frame_is_near_enough_for_half_its_time(count, windows):
    """The tenth frame of a second belongs at 0.9; the 23rd of 25 lies at 0.88."""
    assert len(cut(clock(count / 25))[1]) == windows


def test_a_shot_without_time_for_room_gives_a_shorter_clip():
    roomy = ClipShape(12, 10, 10.0, 16, "stretch")
    lengths = [
        [len(window.frames) for window in cut(clock(s, 20.0), roomy)[1]] for s in (0.9, 1.0, 1.2, 2.2, 2.3)
    ]
    assert lengths == [[], [10], [12], [12, 10], [12, 11]]


def test_an_empty_film():
    film, windows = cut(iter(()))
    assert (windows, film.count, film.longest_shot_s) == ([], 0, 0.0)


def test_windows_before_the_damage_are_given():
    def breaking():
        yield from clock(2.5, 30.0)
        raise MediaError("The file is cut off.")

    windows = []
    with pytest.raises(MediaError):
        windows.extend(Film(breaking()).windows(SECOND))
    assert [numbers(window)[0] for window in windows] == [0, 30]


def test_only_the_frames_that_are_kept_are_converted():
    class Watched(FakePicture):
        def rgb(self, size):
            converted.append(self.seconds)
            return super().rgb(size)

    converted = []
    film = Film(Watched(each.seconds, each.pixels, each.rate) for each in clock(3, 30.0))
    assert len(list(film.windows(SECOND))) == 3
    assert len(converted) == 30


def test_memory_holds_one_window_however_long_the_film_is():
    alive = weakref.WeakSet()
    most = 0
    stream = (alive.add(each) or each for each in clock(20.0, 30.0))
    for _ in Film(stream).windows(SECOND):
        gc.collect()
        most = max(most, len(alive))
    assert most < 30


@pytest.mark.parametrize(
    ("crop", "expected"), [("center", (24, 24)), ("full", (24, 32)), ("stretch", (24, 24))]
)
@pytest.mark.parametrize("turn", [False, True])
def test_crops_of_real_films(tmp_path, crop, expected, turn):
    def prepare(stream):
        if turn:
            stream.set_display_rotation(90)

    path = write_film(tmp_path / "a.mp4", shot(1, 30), 25, "libx264rgb", "rgb24", prepare=prepare, crf="0")
    (window,) = Film(read_pictures(path)).windows(ClipShape(10, 10, 10.0, 24, crop))
    assert window.frames.shape[1:3] == (expected[::-1] if turn else expected)
    assert window.frames[0].max(axis=(0, 1)).min() > 200


def test_small_films_are_enlarged(tmp_path):
    path = write_film(tmp_path / "a.mkv", shot(1, 30, (20, 16)))
    (window,) = Film(read_pictures(path)).windows(ClipShape(10, 10, 10.0, 64, "center"))
    assert window.frames.shape == (10, 64, 64, 3)


POSTER = ClipShape(30, 30, 10.0, 16, "stretch")


@pytest.mark.parametrize("rate", [30.0, 12.0])
def test_the_poster_takes_every_third_of_the_first_90(rate):
    film = Film(clock(89 / rate, rate))
    (window,) = film.poster_windows(POSTER)
    assert numbers(window) == list(range(0, 90, 3))
    assert not window.padded
    assert (window.shot, window.start_s) == (0, 0.0)


def test_the_poster_fills_up_with_the_last_kept_frame():
    (window,) = Film(clock(40 / 30, 30.0)).poster_windows(POSTER)
    assert numbers(window) == list(range(0, 40, 3)) + [39] * 16
    assert window.padded


def test_the_poster_stops_where_the_size_changes():
    parts = [
        FakePicture(i / 30, np.full((16, 16 if i < 50 else 20, 3), i, np.uint8), 30.0) for i in range(80)
    ]
    (window,) = Film(iter(parts)).poster_windows(ClipShape(30, 30, 10.0, 16, "full"))
    assert window.frames[:, 0, 0, 0].tolist() == list(range(0, 50, 3)) + [48] * 13


def test_the_poster_of_nothing():
    assert list(Film(iter(())).poster_windows(POSTER)) == []


def test_the_poster_says_how_long_a_longer_film_is(tmp_path):
    film = Film(read_pictures(write_film(tmp_path / "a.mkv", shot(1, 120, (32, 16)))))
    list(film.poster_windows(POSTER))
    assert film.seconds == pytest.approx(4.8)
