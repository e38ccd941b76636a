"""Exports: every format holds the frames at their rate, and nothing half done is ever left."""

import errno
import os
import resource
import subprocess
import sys
from contextlib import contextmanager

import numpy as np
import pytest
from PIL import Image

from f2v_core.errors import ExportError, InputError
from f2v_core.media import export
from f2v_core.media.export import check_target, export_clip
from f2v_core.media.images import read_image
from f2v_core.media.presets import PRESETS
from f2v_core.media.videos import probe_video, read_frames
from f2v_core.messages import ExportDone, ExportProgress

CLIPS = [name for name, each in PRESETS.items() if not each.still]
LOSSY = [name for name in CLIPS if not PRESETS[name].lossless]


def named(folder, preset, stem="clip"):
    return folder / f"{stem}{PRESETS[preset].ending}"


def read_back(path):
    """(N, H, W, 3): all frames of an export."""
    if path.is_dir():
        return np.stack([read_image(file) for file in sorted(path.iterdir())])
    if path.suffix != ".webp":
        return np.stack([frame for _, frame in read_frames(path)])
    frames = []
    with Image.open(path) as animation:
        for index in range(animation.n_frames):
            animation.seek(index)
            frames.append(np.array(animation.convert("RGB")))
    return np.stack(frames)


@pytest.mark.parametrize("preset", CLIPS)
def test_frames_come_back(tmp_path, moving_square, preset):
    frames, path = moving_square(12, (96, 64)), named(tmp_path, preset)
    events = list(export_clip(iter(frames), 12, 10, path, preset=preset))
    assert events == [*(ExportProgress(done, 12) for done in range(1, 13)), ExportDone(str(path))]
    back = read_back(path)
    assert back.shape == frames.shape
    difference = np.abs(back.astype(int) - frames)
    assert difference.mean() < (0.01 if PRESETS[preset].lossless else 4)
    if PRESETS[preset].lossless:
        assert difference.max() == 0
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("preset", CLIPS)
@pytest.mark.parametrize("size", [(1, 1), (37, 53), (3, 2)])
def test_odd_sizes(tmp_path, preset, size):
    frames = np.random.default_rng(0).integers(0, 256, (3, size[1], size[0], 3), dtype=np.uint8)
    path = named(tmp_path, preset, "odd")
    list(export_clip(frames, 3, 10, path, preset=preset))
    back = read_back(path)
    padded, least = PRESETS[preset].even, PRESETS[preset].least
    assert back.shape[1:3] == tuple(max(side + side % 2, least) if padded else side for side in size[::-1])
    if PRESETS[preset].lossless:
        assert np.array_equal(back, frames)


@pytest.mark.parametrize("fps", [0.1, 1, 23.976, 60])
@pytest.mark.parametrize("ending", [".mp4", ".webm", ".gif", ".png", ".mkv"])
def test_clips_play_as_long_as_they_should(tmp_path, moving_square, ending, fps):
    path = tmp_path / f"clip{ending}"
    list(export_clip(moving_square(12), 12, fps, path))
    assert probe_video(path).seconds == pytest.approx(12 / fps, abs=0.02)


def test_a_gif_faster_than_browsers_play_leaves_frames_out(tmp_path, moving_square):
    path = tmp_path / "fast.gif"
    events = list(export_clip(moving_square(24), 24, 120, path))
    assert len(events) == 25
    assert len(read_back(path)) == 8
    assert probe_video(path).seconds == pytest.approx(24 / 120, abs=0.02)


@pytest.mark.parametrize("ending", [".gif", ".webp", ".png"])
def test_animations_loop_for_ever(tmp_path, moving_square, ending):
    path = tmp_path / f"clip{ending}"
    list(export_clip(moving_square(3), 3, 10, path))
    with Image.open(path) as animation:
        animation.load()
        assert (animation.n_frames, animation.info["loop"]) == (3, 0)
        assert animation.info["duration"] == 100


def test_mp4_plays_everywhere(tmp_path, moving_square):
    import av

    path = tmp_path / "clip.mp4"
    list(export_clip(moving_square(5), 5, 10, path))
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")  # so that it starts before it is downloaded
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
    assert frame.format.name == "yuv420p"
    assert (frame.colorspace, frame.color_primaries, frame.color_trc, frame.color_range) == (1, 1, 1, 1)


@pytest.mark.parametrize("ending", [".MP4", ".Gif", ".PNG"])
def test_endings_in_capitals(tmp_path, moving_square, ending):
    path = tmp_path / f"clip{ending}"
    list(export_clip(moving_square(3), 3, 10, path))
    assert len(read_back(path)) == 3


@pytest.mark.parametrize("preset", CLIPS)
def test_closing_leaves_nothing_behind(tmp_path, moving_square, preset):
    events = export_clip(moving_square(8), 8, 10, named(tmp_path, preset), preset=preset)
    assert next(events) == ExportProgress(1, 8)
    events.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("preset", CLIPS)
def test_a_failing_source_leaves_nothing_behind(tmp_path, moving_square, preset):
    def failing():
        yield from moving_square(3)
        raise InputError("The third frame is one too many.")

    with pytest.raises(InputError):
        list(export_clip(failing(), 8, 10, named(tmp_path, preset), preset=preset))
    assert list(tmp_path.iterdir()) == []


def test_frames_are_taken_one_at_a_time(tmp_path, moving_square):
    taken = []
    frames = (taken.append(index) or frame for index, frame in enumerate(moving_square(6)))
    events = export_clip(frames, 6, 10, tmp_path / "clip.mkv")
    assert taken == []
    next(events)
    assert taken == [0]
    events.close()


@pytest.mark.parametrize("preset", CLIPS)
def test_no_frames_at_all(tmp_path, preset):
    with pytest.raises(ExportError, match="no frames"):
        list(export_clip([], 0, 10, named(tmp_path, preset), preset=preset))
    assert list(tmp_path.iterdir()) == []


def test_frames_of_two_sizes(tmp_path):
    frames = [np.zeros((4, 4, 3), np.uint8), np.zeros((6, 4, 3), np.uint8)]
    with pytest.raises(ExportError, match="differ in shape"):
        list(export_clip(frames, 2, 10, tmp_path / "clip.mp4"))


@contextmanager
def largest_file(size):
    """No file may grow beyond `size` bytes: what a disk without space is like."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("preset", CLIPS)
def test_a_disk_without_space(tmp_path, preset):
    frames = np.random.default_rng(0).integers(0, 256, (30, 120, 160, 3), dtype=np.uint8)
    path = named(tmp_path, preset)
    with largest_file(20_000), pytest.raises(ExportError, match="cannot be written") as caught:
        list(export_clip(frames, 30, 10, path, preset=preset))
    assert str(path) in caught.value.message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_called_so(tmp_path, moving_square, monkeypatch, number):
    def full(*_args):
        raise OSError(number, os.strerror(number))
        yield

    monkeypatch.setattr("f2v_core.media.encoders.encode", full)
    with pytest.raises(ExportError, match="The disk is full") as caught:
        list(export_clip(moving_square(3), 3, 10, tmp_path / "clip.mp4"))
    assert "Free some space" in caught.value.remedy


def test_unknown_endings_name_the_known_ones(tmp_path):
    with pytest.raises(InputError, match=r"\.docx") as caught:
        check_target(tmp_path / "clip.docx", force=False)
    assert ".mp4" in caught.value.remedy


@pytest.mark.parametrize("preset", CLIPS)
def test_what_exists_is_replaced_only_by_force(tmp_path, moving_square, preset):
    path = named(tmp_path, preset)
    list(export_clip(moving_square(5), 5, 10, path, preset=preset))
    with pytest.raises(ExportError, match="exists already"):
        export_clip(moving_square(3), 3, 10, path, preset=preset)
    assert len(read_back(path)) == 5
    list(export_clip(moving_square(3), 3, 10, path, preset=preset, force=True))
    assert len(read_back(path)) == 3


def test_a_cancelled_replacement_keeps_what_was_there(tmp_path, moving_square):
    path = tmp_path / "clip.mkv"
    list(export_clip(moving_square(5), 5, 10, path))
    events = export_clip(moving_square(3), 3, 10, path, force=True)
    next(events)
    events.close()
    assert len(read_back(path)) == 5


def test_a_folder_with_other_things_is_never_replaced(tmp_path):
    folder = tmp_path / "holiday"
    folder.mkdir()
    check_target(folder, force=True)
    (folder / "frame-0001.png").touch()
    check_target(folder, force=True)
    (folder / "thesis.pdf").touch()
    with pytest.raises(ExportError, match="holds more than frames"):
        check_target(folder, force=True)


def test_files_do_not_replace_folders_nor_folders_files(tmp_path):
    (tmp_path / "folder.mp4").mkdir()
    (tmp_path / "file").touch()
    for name in ("folder.mp4", "file"):
        with pytest.raises(ExportError, match="already"):
            check_target(tmp_path / name, force=True)


def test_the_parent_folder_must_exist_and_be_writable(tmp_path, monkeypatch):
    with pytest.raises(ExportError, match="does not exist"):
        check_target(tmp_path / "missing" / "clip.mp4", force=False)
    monkeypatch.setattr(export.os, "access", lambda *_args: False)
    with pytest.raises(ExportError, match="read-only"):
        check_target(tmp_path / "clip.mp4", force=False)


@pytest.mark.parametrize("fps", [0, -1, float("nan")])
def test_no_rate(tmp_path, moving_square, fps):
    with pytest.raises(ExportError, match="cannot play"):
        export_clip(moving_square(2), 2, fps, tmp_path / "clip.mp4")


def test_names_of_all_kinds(tmp_path, moving_square):
    for name in ("映像 ünï.mp4", "a:b.mkv", "100%d.mp4", "quote'.gif"):
        list(export_clip(moving_square(2), 2, 10, tmp_path / name))
        assert len(read_back(tmp_path / name)) == 2


def test_the_table_of_formats_is_light():
    code = f"import sys, {export.__name__}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"av", "cv2", "PIL", "torch", "PySide6"} & set(done.stdout.split())
    assert LOSSY == ["mp4", "webm", "av1", "gif", "webp"]
