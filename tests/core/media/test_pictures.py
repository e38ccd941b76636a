"""Frames that are converted later: the same as those read at once; glimpses of every kind of pixel."""

import numpy as np
import pytest

from f2v_core.errors import MediaError
from f2v_core.media.fitting import resize_frame
from f2v_core.media.pictures import GLIMPSE, read_pictures
from f2v_core.media.videos import read_frames


def test_pictures_are_the_frames_of_the_video(write_video, moving_square):
    path = write_video(moving_square(6), times_ms=[0, 40, 140, 150, 300, 301])
    kept = list(read_pictures(path))  # all of them, longer than the file is open
    frames = list(read_frames(path))
    assert [each.seconds for each in kept] == [seconds for seconds, _ in frames]
    for picture, (_, frame) in zip(kept, frames, strict=True):
        assert (picture.size, picture.coded_size) == ((64, 48), (64, 48))
        assert np.array_equal(picture.rgb((64, 48)), frame)


@pytest.mark.parametrize("degrees", [0, 90, 180, -90])
def test_turned_videos_are_scaled_as_they_are_shown(write_video, moving_square, degrees):
    path = write_video(
        moving_square(2),
        "turned.mp4",
        "libx264rgb",
        "rgb24",
        prepare=lambda stream: stream.set_display_rotation(degrees),
        crf="0",
    )
    picture = next(read_pictures(path))
    frame = next(read_frames(path))[1]
    size = (24, 32) if degrees % 180 else (32, 24)
    assert picture.size == (frame.shape[1], frame.shape[0])
    assert np.abs(picture.rgb(size).astype(int) - resize_frame(frame, size)).max() <= 1


@pytest.mark.parametrize(
    ("codec", "pixels"),
    [
        ("ffv1", "bgr0"),
        ("ffv1", "yuv420p"),
        ("ffv1", "yuv444p"),
        ("ffv1", "yuv420p10le"),
        ("ffv1", "gray"),
        ("ffv1", "gray16le"),
        ("ffv1", "yuva420p"),
        ("mjpeg", "yuvj420p"),
        ("rawvideo", "yuyv422"),
        ("libx264rgb", "rgb24"),
    ],
)
@pytest.mark.parametrize("size", [(64, 48), (33, 97), (400, 300), (20, 10)])
def test_glimpses_show_the_brightness(write_video, moving_square, codec, pixels, size):
    frames = (
        moving_square(3, size)
        if size[0] > 20
        else np.random.default_rng(0).integers(0, 256, (3, size[1], size[0], 3), dtype=np.uint8)
    )
    try:
        path = write_video(frames, "a.mkv", codec, pixels)
    except ValueError:
        pytest.skip(f"{codec} takes no {size} in {pixels}")
    for picture, frame in zip(read_pictures(path), frames, strict=True):
        glimpse = picture.glimpse()
        assert (glimpse.shape, glimpse.dtype) == ((GLIMPSE, GLIMPSE), np.uint8)
        grey = resize_frame(frame, (GLIMPSE, GLIMPSE)) @ [0.299, 0.587, 0.114]
        assert np.corrcoef(glimpse.ravel(), grey.ravel())[0, 1] > (0.9 if size[0] > 20 else 0.6)


def test_a_missing_file(tmp_path):
    with pytest.raises(MediaError, match="does not exist"):
        next(read_pictures(tmp_path / "gone.mp4"))


def test_frames_that_the_decoder_knows_to_be_damaged_are_passed_over(write_video, moving_square, monkeypatch):
    from f2v_core.media import pictures

    class Damaged:
        is_corrupt = True

    def frames(video):
        yield 0.0, Damaged()
        yield from original(video)

    original = pictures.timed_frames
    monkeypatch.setattr(pictures, "timed_frames", frames)
    assert len(list(read_pictures(write_video(moving_square(4))))) == 4
