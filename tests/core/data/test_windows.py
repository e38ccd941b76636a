"""Windows: inside one shot, evenly spaced in time, the same for the same seed."""

from pathlib import Path

import numpy as np
import pytest

from f2v_core.data import windows
from f2v_core.data.folder import Footage
from f2v_core.data.windows import Sampler, fixed_windows
from f2v_core.errors import DataError


def footage(seconds: float, fps: float = 10.0, cut_s: float | None = None, size=(24, 16)) -> Footage:
    """Frame n is filled with the grey level n, so that a clip tells which frames it took."""
    count = round(seconds * fps) + 1
    width, height = size
    frames = np.broadcast_to(np.arange(count, dtype=np.uint8)[:, None, None, None], (count, height, width, 3))
    times = np.arange(count) / fps
    shots = (times >= (np.inf if cut_s is None else cut_s)).astype(np.int64)
    return Footage(Path(f"{seconds}.mp4"), frames, times, shots)


def sampler(*videos: Footage, augment: bool = False, seed: int = 0) -> Sampler:
    return Sampler(list(videos), size=16, frames=30, seconds=3.0, seed=seed, augment=augment)


def test_a_batch_depends_on_seed_and_number_alone():
    video = footage(20)
    one, other = sampler(video, augment=True), sampler(video, augment=True)
    one.batch(0, 2)
    assert np.array_equal(one.batch(7, 2), other.batch(7, 2))
    assert not np.array_equal(one.batch(7, 2), one.batch(8, 2))
    assert not np.array_equal(one.batch(7, 2), sampler(video, augment=True, seed=1).batch(7, 2))


def test_a_window_lasts_as_long_as_asked():
    clip = sampler(footage(20, fps=30)).batch(0, 1)[0]
    assert clip.shape == (30, 16, 16, 3)
    levels = clip[:, 0, 0, 0].astype(int)
    assert levels[-1] - levels[0] == 90
    assert set(np.diff(levels)) <= {3, 4}


@pytest.mark.parametrize("augment", [False, True])
def test_no_window_crosses_a_cut(augment):
    video = footage(8, cut_s=4.0)
    for clip in (sampler(video).batch(n, 4) for n in range(10)):
        first, last = clip[:, 0, 0, 0, 0].astype(int), clip[:, -1, 0, 0, 0].astype(int)
        assert ((first < 40) == (last < 40)).all()
    assert sampler(video, augment=augment).batch(0, 4).shape == (4, 30, 16, 16, 3)


def test_a_short_video_gives_its_whole_length():
    levels = sampler(footage(1.5)).batch(0, 1)[0, :, 0, 0, 0]
    assert (levels[0], levels[-1]) == (0, 15)


def test_uneven_times_take_the_nearest_frame():
    times = np.array([0.0, 0.1, 1.0, 1.1, 2.9, 3.0])
    frames = np.arange(6, dtype=np.uint8)[:, None, None, None] * np.ones((1, 16, 16, 3), np.uint8)
    video = Footage(Path("vfr.mp4"), frames, times, np.zeros(6, np.int64))
    levels = sampler(video).batch(0, 1)[0, :, 0, 0, 0]
    expected = [np.abs(times - t).argmin() for t in np.linspace(0, 3, 30)]
    assert levels.tolist() == expected


def test_footage_full_of_cuts_is_an_error():
    video = footage(4)
    choppy = Footage(video.path, video.frames, video.times, np.arange(len(video.times)))
    with pytest.raises(DataError, match="without a cut"):
        sampler(choppy)


def test_fixed_windows_are_central_and_spread():
    chosen = fixed_windows([footage(9), footage(2)], frames=30, seconds=3.0, count=4)
    assert len(chosen) == 3  # the short video has room for one
    assert all(w.corner == (4, 0) and w.side == 16 for w in chosen)
    assert [int(w.indices[0]) for w in chosen] == [0, 60, 0]
    assert len(fixed_windows([footage(30), footage(30)], 30, 3.0, 7)) == 7


def test_augmented_gaps_follow_the_length_of_a_clip(monkeypatch):
    drawn: list[float] = []
    real = windows._random_indices

    def spy(video, gap, frames, rng):
        drawn.append(gap)
        return real(video, gap, frames, rng)

    monkeypatch.setattr(windows, "_random_indices", spy)
    for seconds in (1.0, 3.0):
        Sampler([footage(12)], size=16, frames=5, seconds=seconds, seed=0, augment=True).batch(0, 40)
    short, usual = drawn[:40], drawn[40:]
    assert usual == pytest.approx([3 * gap for gap in short])
    assert min(usual) >= 0.5
    assert max(usual) <= 3.6
