"""Reading videos: every frame at its time, whatever the file does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.errors import InputError, MediaError
from f2v_core.media import videos
from f2v_core.media.videos import nearest, probe_video, read_clip, read_ends, read_frames, read_truth


def test_probe_tells_length_rate_and_size(write_video, moving_square):
    info = probe_video(write_video(moving_square(15), rate=5))
    assert (info.size, info.frames) == ((64, 48), 15)
    assert info.fps == pytest.approx(5)
    assert info.seconds == pytest.approx(3, abs=0.01)


def test_probe_counts_the_frames_of_a_raw_stream(write_video, moving_square):
    info = probe_video(write_video(moving_square(15), "raw.mjpeg", "mjpeg", "yuvj420p", rate=25))
    assert (info.frames, info.fps, info.seconds) == (15, 25, pytest.approx(0.6))


def test_frames_come_with_their_times_and_unchanged(write_video, moving_square):
    frames = moving_square(6)
    read = list(read_frames(write_video(frames, rate=10)))
    assert [seconds for seconds, _ in read] == pytest.approx([0, 0.1, 0.2, 0.3, 0.4, 0.5])
    assert np.array_equal([frame for _, frame in read], frames)


def test_variable_rates_keep_their_times(write_video, moving_square):
    path = write_video(moving_square(4), times_ms=[500, 540, 1500, 1600])
    assert [seconds for seconds, _ in read_frames(path)] == pytest.approx([0, 0.04, 1.0, 1.1])


def test_frames_without_times_follow_at_the_rate_that_the_codec_names(write_video, moving_square):
    path = write_video(moving_square(5), "raw.264", "libx264", "yuv420p", rate=30)
    assert [seconds for seconds, _ in read_frames(path)] == pytest.approx([i / 30 for i in range(5)])


def test_frames_shrink_to_the_short_side_by_area(write_video, moving_square):
    frames = moving_square(2, (64, 48))
    (_, small), _ = read_frames(write_video(frames), short_side=12)
    means = frames[0].reshape(12, 4, 16, 4, 3).mean(axis=(1, 3))
    assert small.shape == (12, 16, 3)
    assert np.abs(small - means).max() <= 1.5


def test_frames_never_grow(write_video, moving_square):
    (_, frame), _ = read_frames(write_video(moving_square(2)), short_side=500)
    assert frame.shape == (48, 64, 3)


def test_a_short_side_below_one_is_refused(write_video, moving_square):
    with pytest.raises(InputError, match="0 pixels"):
        next(read_frames(write_video(moving_square(2)), short_side=0))


def test_a_clip_takes_the_nearest_frames(write_video, moving_square):
    frames = moving_square(30)
    clip = read_clip(write_video(frames, rate=30), count=5, fps=10, start_s=0.2)
    assert clip.fps == 10
    assert np.array_equal(clip.frames, frames[[6, 9, 12, 15, 18]])


def test_a_clip_longer_than_its_video_holds_the_last_frame(write_video, moving_square):
    frames = moving_square(3)
    clip = read_clip(write_video(frames, rate=10), count=5, fps=10)
    assert np.array_equal(clip.frames, frames[[0, 1, 2, 2, 2]])


def test_a_clip_fills_the_asked_size(write_video, moving_square):
    clip = read_clip(write_video(moving_square(3)), count=2, size=(20, 20))
    assert clip.frames.shape == (2, 20, 20, 3)


@pytest.mark.parametrize("name", ["late.mkv", "late.mp4"])
def test_a_late_clip_is_the_same_with_and_without_a_seek(write_video, moving_square, monkeypatch, name):
    path = write_video(moving_square(80), name, "libx264", "yuv420p", rate=10, g="12")
    sought = read_clip(path, count=4, start_s=6.05)
    monkeypatch.setattr(videos, "SEEK_FROM_S", 1000)
    assert np.array_equal(sought.frames, read_clip(path, count=4, start_s=6.05).frames)


def test_a_late_clip_of_a_raw_stream_is_decoded_from_the_start(write_video, moving_square, monkeypatch):
    monkeypatch.setattr(videos, "SEEK_FROM_S", 1)
    path = write_video(moving_square(80), "raw.mjpeg", "mjpeg", "yuvj420p", rate=10)
    read = [frame for _, frame in read_frames(path)]
    assert np.array_equal(
        read_clip(path, count=1, start_s=2.4, fps=1).frames[0], read[60]
    )  # raw: 25 a second


@pytest.mark.parametrize(
    ("count", "fps", "start_s"), [(0, 10, 0), (3, 0, 0), (3, float("nan"), 0), (3, 10, -1)]
)
def test_a_clip_of_nonsense_is_refused(write_video, moving_square, count, fps, start_s):
    with pytest.raises(InputError):
        read_clip(write_video(moving_square(2)), count, fps, start_s)


@pytest.mark.parametrize(
    ("name", "codec", "pixels"),
    [
        ("a.mkv", "ffv1", "bgr0"),
        ("a.mp4", "libx264rgb", "rgb24"),
        ("a.avi", "ffv1", "bgr0"),
        ("a.png", "apng", "rgb24"),
    ],
)
def test_ends_are_the_first_and_the_last_frame(write_video, moving_square, name, codec, pixels):
    frames = moving_square(40)
    options = {"crf": "0"} if codec == "libx264rgb" else {}
    name = name.replace(".png", ".apng")
    pair = read_ends(write_video(frames, name, codec, pixels, **options))
    assert np.array_equal(pair.first, frames[0])
    assert np.array_equal(pair.last, frames[-1])


def test_ends_of_a_raw_stream(write_video, moving_square):
    path = write_video(moving_square(10), "raw.264", "libx264", "yuv420p")
    read = [frame for _, frame in read_frames(path)]
    assert np.array_equal(read_ends(path).last, read[-1])


def test_truth_goes_from_the_first_to_the_last_frame(write_video, moving_square):
    frames = moving_square(31)
    truth = read_truth(write_video(frames, rate=10), 7)
    assert np.array_equal(truth.frames, frames[::5])
    assert truth.fps == pytest.approx(2)


def test_truth_needs_two_frames(write_video, moving_square):
    path = write_video(moving_square(1))
    with pytest.raises(MediaError, match="only one frame"):
        read_truth(path, 5)
    with pytest.raises(InputError, match="1 frames"):
        read_truth(path, 1)


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=20).map(sorted),
    st.lists(st.floats(0, 120), max_size=20).map(sorted),
)
def test_nearest_agrees_with_a_search_through_all(seconds, times):
    chosen = list(nearest(((s, s) for s in seconds), times))
    assert [abs(s - t) for s, t in zip(chosen, times, strict=True)] == [
        min(abs(s - t) for s in seconds) for t in times
    ]


def test_nearest_reads_no_further_than_needed():
    items = iter([(0.0, "a"), (1.0, "b"), (2.0, "c"), (3.0, "d")])
    assert list(nearest(items, [0.0, 0.9])) == ["a", "b"]
    assert next(items) == (3.0, "d")
