"""A folder of videos: what is found, read, skipped and split."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from f2v_core.data import folder
from f2v_core.data.folder import Footage, find_videos, number_shots, read_footage, split_videos
from f2v_core.errors import DataError, MediaError
from f2v_core.messages import Notice, StageProgress


def write_gif(path: Path, frames: int = 20, level: int = 0) -> Path:
    """A small GIF of 10 frames a second, each frame a step brighter."""
    pictures = [Image.new("RGB", (48, 32), (level + 5 * n, 60, 30)) for n in range(frames)]
    path.parent.mkdir(parents=True, exist_ok=True)
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=100)
    return path


def read_all(videos, memory_gb=1.0) -> tuple[list[Footage], list]:
    events, reading = [], read_footage(videos, 16, memory_gb, 0, "Reading")
    while True:
        try:
            events.append(next(reading))
        except StopIteration as end:
            return end.value, events


def test_videos_are_found_in_all_subfolders(tmp_path):
    wanted = [write_gif(tmp_path / "a" / "b" / "x.gif"), write_gif(tmp_path / "Y.GIF")]
    (tmp_path / "notes.txt").write_text("no video")
    write_gif(tmp_path / ".hidden.gif")
    assert find_videos(tmp_path) == sorted(wanted)


def test_folders_without_videos_are_errors_by_name(tmp_path):
    with pytest.raises(DataError, match="holds no video"):
        find_videos(tmp_path)
    with pytest.raises(DataError, match="nowhere is not a folder"):
        find_videos(tmp_path / "nowhere")


def test_reading_gives_frames_times_and_progress(tmp_path):
    videos = [write_gif(tmp_path / f"{n}.gif") for n in range(3)]
    footage, events = read_all(videos)
    assert [f.path for f in footage] == videos
    assert footage[0].frames.shape == (20, 16, 24, 3)
    assert footage[0].seconds == pytest.approx(1.9)
    assert footage[0].longest_shot_s == pytest.approx(1.9)
    progress = [e for e in events if isinstance(e, StageProgress)]
    assert [(e.done, e.total) for e in progress] == [(1, 3), (2, 3), (3, 3)]
    assert progress[-1].eta_s == 0


def test_broken_and_short_files_are_skipped_with_their_reason(tmp_path):
    good, short = write_gif(tmp_path / "good.gif"), write_gif(tmp_path / "short.gif", frames=3)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"not a video")
    footage, events = read_all([good, short, broken])
    assert [f.path for f in footage] == [good]
    notices = " ".join(e.text for e in events if isinstance(e, Notice))
    assert "short.gif has 3 frames" in notices
    assert "broken.mp4" in notices
    with pytest.raises(DataError, match="None of the 2 videos"):
        read_all([short, broken])


def test_reading_stops_where_the_memory_ends(tmp_path):
    videos = [write_gif(tmp_path / f"{n}.gif") for n in range(4)]
    footage, events = read_all(videos, memory_gb=20 * 16 * 24 * 3 * 1.5 / 1e9)
    assert sorted(len(f.frames) for f in footage) == [
        12,
        20,
    ]  # the second one to be read keeps the least there is
    assert any("Used 2 of 4 videos" in e.text for e in events if isinstance(e, Notice))


def test_a_long_video_can_be_cancelled_while_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "TICK", 6)
    _, events = read_all([write_gif(tmp_path / "long.gif")])
    assert [(e.done, e.total) for e in events] == [(0, 1), (0, 1), (0, 1), (1, 1)]
    assert all(e.eta_s >= 0 for e in events)


def test_a_video_that_changes_its_size_is_used_up_to_there(tmp_path, monkeypatch):
    sizes = [(16, 24)] * 15 + [(24, 16)] * 5
    changing = [(n / 10, np.full((*size, 3), n, np.uint8)) for n, size in enumerate(sizes)]
    monkeypatch.setattr(folder, "read_frames", lambda *_: iter(changing))
    footage, _ = read_all([tmp_path / "changing.ts"])
    assert footage[0].frames[:, 0, 0, 0].tolist() == list(range(15))


def test_a_damaged_end_costs_the_end_only(tmp_path, monkeypatch):
    def broken(*_):
        yield from ((n / 10, np.full((16, 24, 3), n, np.uint8)) for n in range(14))
        raise MediaError("cut off")

    monkeypatch.setattr(folder, "read_frames", broken)
    footage, _ = read_all([tmp_path / "broken.ts"])
    assert len(footage[0].frames) == 14


def test_frames_closer_than_training_needs_are_skipped(tmp_path, monkeypatch):
    fast = [(n / 120, np.zeros((16, 24, 3), np.uint8)) for n in range(120)]
    monkeypatch.setattr(folder, "read_frames", lambda *_: iter(fast))
    assert len(read_all([tmp_path / "fast.mp4"])[0][0].frames) == 30


def test_the_split_is_by_video_seeded_and_never_empty():
    videos = [Path(f"{n}.mp4") for n in range(20)]
    train, held_out = split_videos(videos, seed=3)
    assert len(held_out) == 2
    assert sorted(train + held_out) == sorted(videos)
    assert split_videos(videos, seed=3) == (train, held_out)
    assert len(split_videos(videos[:2], seed=0)[1]) == 1
    with pytest.raises(DataError, match="one video only"):
        split_videos(videos[:1], seed=0)


def test_cuts_are_found_and_motion_is_not_a_cut():
    rng = np.random.default_rng(0)
    dark, bright = rng.integers(0, 60, (32, 32, 3)), rng.integers(150, 255, (32, 32, 3))
    clip = np.stack(
        [np.roll(dark, n, axis=1) for n in range(12)] + [np.roll(bright, n, axis=1) for n in range(9)]
    )
    shots = number_shots(clip.astype(np.uint8))
    assert shots.tolist() == [0] * 12 + [1] * 9
    assert number_shots(clip[:3].astype(np.uint8)).tolist() == [0, 0, 0]
