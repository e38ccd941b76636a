"""What files hold beside plain frames: rotation, odd pixels, alpha, colour tags, damage."""

import os
from fractions import Fraction

import av
import numpy as np
import pytest

from f2v_core.errors import MediaError
from f2v_core.media.decoding import _upright
from f2v_core.media.export import export_clip
from f2v_core.media.videos import probe_video, read_frames


def first_frame(path):
    return next(read_frames(path))[1]


@pytest.mark.parametrize(("degrees", "turns"), [(90, 1), (180, 2), (-90, 3)])
def test_a_turned_video_is_set_upright(write_video, moving_square, degrees, turns):
    frames = moving_square(2, (64, 48))
    path = write_video(
        frames,
        "turned.mp4",
        "libx264rgb",
        "rgb24",
        prepare=lambda stream: stream.set_display_rotation(degrees),
        crf="0",
    )
    upright = np.rot90(frames[0], turns)
    assert np.array_equal(first_frame(path), upright)
    assert probe_video(path).size == (upright.shape[1], upright.shape[0])


@pytest.mark.parametrize(
    ("matrix", "turn"),
    [
        (((-1, 0), (0, 1)), lambda f: f[:, ::-1]),
        (((1, 0), (0, -1)), lambda f: f[::-1]),
        (((0, 1), (1, 0)), lambda f: f.swapaxes(0, 1)),
        (((0, -1), (-1, 0)), lambda f: f[::-1, ::-1].swapaxes(0, 1)),
        (((65536, 2), (-1, 65530)), lambda f: f),
    ],
)
def test_mirrored_and_crooked_matrices(moving_square, matrix, turn):
    frame = moving_square(1)[0]
    assert np.array_equal(_upright(frame, np.array(matrix, np.int32)), turn(frame))


def test_oblong_pixels_are_made_square(write_video, moving_square):
    def oblong(stream):
        stream.codec_context.sample_aspect_ratio = Fraction(2, 1)

    path = write_video(moving_square(2), "oblong.mp4", "libx264rgb", "rgb24", prepare=oblong)
    assert first_frame(path).shape == (48, 128, 3)


def test_pixels_that_are_nearly_square_are_left_alone(write_video, moving_square):
    def nearly(stream):
        stream.codec_context.sample_aspect_ratio = Fraction(427, 426)

    path = write_video(moving_square(2), "nearly.mp4", "libx264rgb", "rgb24", prepare=nearly)
    assert first_frame(path).shape == (48, 64, 3)


def test_alpha_is_laid_over_white(write_video):
    frame = np.zeros((16, 16, 4), np.uint8)
    frame[:, :, 0] = 200
    frame[:8, :, 3] = 255
    frame[8:12, :, 3] = 51
    path = write_video([frame], "alpha.mkv", "ffv1", "bgra", source="rgba")
    read = first_frame(path)
    assert read[0, 0].tolist() == [200, 0, 0]
    assert read[9, 0].tolist() == [244, 204, 204]
    assert read[15, 0].tolist() == [255, 255, 255]


@pytest.mark.parametrize(("size", "matrix"), [((1280, 64), "ITU709"), ((320, 64), "ITU601")])
def test_untagged_colours_count_as_bt709_in_hd_only(write_video, size, matrix):
    colour = np.empty((size[1], size[0], 3), np.uint8)
    colour[:] = (200, 60, 30)
    path = write_video([colour], "untagged.mkv", "ffv1", "yuv444p")
    yuv = av.VideoFrame.from_ndarray(colour, "rgb24").reformat(
        format="yuv444p", dst_colorspace=matrix, dst_color_range="MPEG"
    )
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=10)
        stream.width, stream.height, stream.pix_fmt = size[0], size[1], "yuv444p"
        untagged = av.VideoFrame.from_ndarray(yuv.to_ndarray(), "yuv444p")
        container.mux(stream.encode(untagged))
        container.mux(stream.encode(None))
    assert np.abs(first_frame(path).astype(int) - (200, 60, 30)).max() <= 2


def test_missing_empty_and_folder(tmp_path):
    empty = tmp_path / "empty.mp4"
    empty.touch()
    for path, words in [
        (tmp_path / "no.mp4", "does not exist"),
        (tmp_path, "is a folder"),
        (empty, "is empty"),
    ]:
        with pytest.raises(MediaError, match=words) as caught:
            probe_video(path)
        assert str(path) in caught.value.message
        assert caught.value.remedy


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "secret.mp4"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(MediaError, match="cannot be opened"):
        probe_video(path)


def test_a_file_that_the_system_refuses(tmp_path):
    with pytest.raises(MediaError, match="cannot be opened"):
        probe_video(tmp_path / ("x" * 300))


@pytest.mark.parametrize("name", ["text.mp4", "text.txt", "text.mkv", "text.m3u8"])
def test_text_is_not_a_video(tmp_path, name):
    path = tmp_path / name
    path.write_text("Dear reader,\nthis is no video at all.\n" * 50, encoding="utf-8")
    with pytest.raises(MediaError, match=name):
        probe_video(path)


@pytest.mark.parametrize(
    "text", ["#EXTM3U\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n", "ffconcat version 1.0\nfile a.mp4\n"]
)
def test_a_playlist_is_not_followed(tmp_path, text):
    path = tmp_path / "list.mp4"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MediaError, match="list of other files"):
        probe_video(path)


def test_sound_alone_has_no_pictures(write_sound):
    with pytest.raises(MediaError, match="no pictures, only audio"):
        probe_video(write_sound())


def noise(count):
    """(count, 96, 128, 3): frames that take some bytes each, so that damage hits one in the middle."""
    return np.random.default_rng(0).integers(0, 256, (count, 96, 128, 3), dtype=np.uint8)


def read_until_broken(path):
    """The frames before the error, and its text; no text where the file is whole."""
    read = []
    try:
        read.extend(frame for _, frame in read_frames(path))
    except MediaError as error:
        return read, error.message
    return read, ""


def test_a_cut_off_file_yields_what_it_has_then_complains(tmp_path):
    path = tmp_path / "cut.mp4"
    list(export_clip(noise(30), 30, 10, path))
    frames, _ = read_until_broken(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 4])
    read, message = read_until_broken(path)
    assert 5 < len(read) < 30
    assert f"cut.mp4 is cut off after {len(read)} frames" in message
    assert np.array_equal(read[:-3], frames[: len(read) - 3])  # the last ones may lean on what is missing


def test_a_broken_file_yields_what_it_has_then_complains(tmp_path):
    path = tmp_path / "broken.mp4"
    list(export_clip(noise(30), 30, 10, path))
    data = bytearray(path.read_bytes())
    middle, length = len(data) // 2, len(data) // 10
    data[middle : middle + length] = np.random.default_rng(1).bytes(length)
    path.write_bytes(data)
    read, message = read_until_broken(path)
    assert 0 < len(read) < 30
    assert "broken.mp4 is broken after" in message


def test_a_scrambled_file_never_raises_anything_else(write_video, moving_square):
    path = write_video(moving_square(12), "scrambled.mp4", "mpeg4", "yuv420p")
    whole = path.read_bytes()
    random = np.random.default_rng(0)
    for _ in range(40):
        data = bytearray(whole)
        for place in random.integers(0, len(data), 30):
            data[place] = random.integers(256)
        path.write_bytes(bytes(data))
        read, message = read_until_broken(path)
        assert all(frame.dtype == np.uint8 for frame in read)
        assert message == "" or "scrambled.mp4" in message


@pytest.mark.parametrize("name", ["ünïcode 映像.mkv", "a:b.mkv", "100%d.mkv", "quote'.mkv"])
def test_names_of_all_kinds(write_video, moving_square, tmp_path, name):
    path = write_video(moving_square(3)).rename(tmp_path / name)
    assert probe_video(path).frames == 3
