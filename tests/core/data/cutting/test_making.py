"""From a task to a shard: what is in it, what is rejected and why, and what is left when something fails."""

import errno
import json
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest

from f2v_core.config import prepare_preset
from f2v_core.data import scenes
from f2v_core.data.cutting import making
from f2v_core.data.cutting.making import make_shard
from f2v_core.data.cutting.measures import linear_l2, motion
from f2v_core.data.plan import Now, ShardTask, VideoItem
from f2v_core.data.shards import ShardWriter, read_shard
from f2v_core.errors import DataError, InputError
from f2v_core.media.export import export_clip
from f2v_core.media.strips import decode_strip
from tests.core.data.films import join, shot, write_film, write_sound


@pytest.fixture
def videos(tmp_path):
    """A folder of videos; `task` prepares it."""
    return tmp_path / "videos"


@pytest.fixture
def task(tmp_path, videos):
    """A function that makes a task of files in `videos`, in the order given: clips of one second."""
    videos.mkdir()
    for name in ("shards", ".work"):
        (tmp_path / "out" / name).mkdir(parents=True)

    def make(*names, crashed=frozenset(), recipe="windows", **changes):
        length = {"seconds": 1.0} if recipe == "windows" else {}
        settings = {**length, "size": 32, "videos": str(videos), **changes}
        items = tuple(VideoItem(name, "dogs", f"source of {name}") for name in names)
        config = prepare_preset(recipe, **settings)
        return ShardTask(str(tmp_path / "out"), "train-000007", "train", config, items, crashed)

    return make


def left(task):
    """The files in the dataset's folder."""
    folder = task.shard_file.parents[1]
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_video_becomes_clips(task, videos):
    write_film(videos / "deep" / "ä film.mkv", join(shot(1, 55), shot(2, 30)))
    result = make_shard(each := task("deep/ä film.mkv"))
    records = [entry.record for entry in result.entries]
    assert [(r.key, r.shot, r.start_s) for r in records] == [
        ("train-000007-00000", 0, 0.0),
        ("train-000007-00001", 0, 1.0),
        ("train-000007-00002", 1, 2.2),
    ]
    for record, (stored, png) in zip(records, read_shard(each.shard_file), strict=True):
        clip = decode_strip(png, 10)
        assert record == stored
        assert record.shape == clip.shape == (10, 32, 32, 3)
        assert (record.split, record.category, record.source) == (
            "train",
            "dogs",
            "source of deep/ä film.mkv",
        )
        assert (record.video, record.fps, record.flags) == ("deep/ä film.mkv", 10.0, ())
        assert record.motion == pytest.approx(motion(clip, 10.0), abs=1e-6)
        assert record.linear_l2 == pytest.approx(linear_l2(clip), abs=1e-4)
        assert len(record.hashes) > 0
    (video,) = result.videos
    assert (video.seconds, video.width, video.height, video.fps, video.clips) == (3.4, 64, 48, 25.0, 3)
    assert (result.name, result.rejected, result.dropped) == ("train-000007", (), {})
    content = each.shard_file.read_bytes()
    assert (result.nbytes, result.sha256) == (len(content), sha256(content).hexdigest())
    assert left(each) == ["shards/train-000007.tar"]


def test_the_same_task_gives_the_same_bytes(task, videos):
    write_film(videos / "a.mp4", shot(1, 60), 25, "libx264", "yuv420p")
    first = make_shard(task("a.mp4"))
    assert make_shard(task("a.mp4")) == first


def test_files_without_use_are_listed_and_stop_nothing(task, videos):
    write_film(videos / "good.mkv", shot(1, 30))
    write_film(videos / "short.mkv", shot(1, 12))
    write_film(videos / "cuts.mkv", join(shot(1, 20), shot(2, 15), shot(3, 18)))
    write_sound(videos / "sound.wav")
    (videos / "zero.mp4").touch()
    (videos / "text.mp4").write_text("Dear reader,\n" * 50)
    (videos / "folder.mp4").mkdir()
    write_film(videos / "black.mkv", 0 * shot(1, 40))
    names = [
        "black.mkv",
        "zero.mp4",
        "sound.wav",
        "text.mp4",
        "folder.mp4",
        "gone.mp4",
        "short.mkv",
        "cuts.mkv",
        "good.mkv",
    ]
    result = make_shard(task(*names))
    reasons = dict(result.rejected)
    assert list(reasons) == names[:-1]
    assert reasons["black.mkv"] == "It has no frame that shows anything."
    assert reasons["zero.mp4"] == "zero.mp4 is empty: it has 0 bytes."
    assert reasons["sound.wav"] == "sound.wav has no pictures, only audio."
    assert reasons["gone.mp4"] == "gone.mp4 does not exist."
    assert reasons["folder.mp4"] == "folder.mp4 is a folder, not a video."
    assert "text.mp4 cannot be read" in reasons["text.mp4"]
    short = (
        "It is too short: its longest shot has {} s from the first frame to the last, and a clip takes 0.9 s."
    )
    assert reasons["short.mkv"] == short.format(0.44)
    assert reasons["cuts.mkv"] == short.format(0.76)
    assert [video.item.path for video in result.videos] == ["good.mkv"]


def test_a_file_that_breaks_midway_gives_what_lies_before(task, videos):
    noise = np.random.default_rng(0).integers(0, 40, (100, 48, 64, 3), dtype=np.uint8)
    path = videos / "cut.mp4"
    list(export_clip(shot(1, 100) // 2 + noise, 100, 25.0, path))
    whole = make_shard(task("cut.mp4"))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 7 // 10])
    broken = make_shard(task("cut.mp4"))
    assert len(whole.entries) == 4
    assert 1 <= len(broken.entries) < 4
    assert broken.entries == whole.entries[: len(broken.entries)]
    assert (broken.rejected, broken.dropped) == ((), {"damaged": 1})
    path.write_bytes(content[: len(content) // 10])
    (rejected,) = make_shard(task("cut.mp4")).rejected
    assert "cut.mp4" in rejected[1]


def still(count):
    return np.repeat(shot(1, 1), count, axis=0)


def test_flagged_windows_are_dropped_and_counted(task, videos):
    frozen = shot(3, 25)
    frozen[10:] = frozen[10]
    write_film(videos / "a.mkv", join(still(100), frozen))
    result = make_shard(task("a.mkv"))
    assert [entry.record.flags for entry in result.entries] == [("static",)]
    assert result.dropped == {"static": 3, "frozen": 1}
    kept = make_shard(task("a.mkv", keep="frozen,static"))
    assert [entry.record.flags for entry in kept.entries] == [("static",)] * 4 + [("frozen",)]


def test_a_video_of_flagged_windows_only(task, videos):
    barred = shot(1, 30)
    barred[:, :8] = barred[:, -8:] = 0
    write_film(videos / "a.mkv", join(barred, still(50)))
    (rejected,) = make_shard(task("a.mkv", static_per_video=0)).rejected
    assert rejected == ("a.mkv", "None of its windows is of use: 1 letterboxed and 2 static.")


def test_every_video_has_its_own_share_of_static_windows(task, videos):
    for name in ("a.mkv", "b.mkv"):
        write_film(videos / name, still(75))
    result = make_shard(task("a.mkv", "b.mkv"))
    assert [entry.record.video for entry in result.entries] == ["a.mkv", "b.mkv"]
    assert result.dropped == {"static": 4}


def test_the_poster_keeps_all_and_pads(task, videos):
    write_film(videos / "a.mkv", join(still(30), shot(2, 15)), 30)
    (entry,) = make_shard(task("a.mkv", recipe="poster")).entries
    assert entry.record.shape == (30, 32, 32, 3)
    assert (entry.record.fps, entry.record.flags) == (10.0, ("frozen", "padded"))


def test_a_shard_without_clips_is_written_too(task, videos):
    (videos / "a.mp4").touch()
    result = make_shard(each := task("a.mp4"))
    assert (result.entries, result.videos) == ((), ())
    assert result.nbytes == each.shard_file.stat().st_size > 0
    assert list(read_shard(each.shard_file)) == []


def test_videos_that_crashed_a_worker_are_not_read(task, videos, monkeypatch):
    write_film(videos / "good.mkv", shot(1, 30))
    result = make_shard(task("bad.mkv", "good.mkv", crashed=frozenset({"bad.mkv"})))
    assert result.rejected == (("bad.mkv", making.CRASHED),)
    assert len(result.entries) == 1


def test_scenes(task, monkeypatch):
    def make_scene(name, number, *, seed, size, frames, fps):
        asked.append((name, number, seed, size, frames, fps))
        return shot(number, frames, (size, size))

    asked = []
    monkeypatch.setattr(scenes, "make_scene", make_scene)
    result = make_shard(
        task("scene:skiing/12", "scene:erupting/0", videos="", scenes="skiing,erupting", seed=3)
    )
    assert asked == [("skiing", 12, 3, 32, 10, 10.0), ("erupting", 0, 3, 32, 10, 10.0)]
    assert [entry.record.video for entry in result.entries] == ["scene:skiing/12", "scene:erupting/0"]
    assert [(v.seconds, v.width, v.height, v.clips) for v in result.videos] == [(1.0, 32, 32, 1)] * 2


def test_what_is_in_hand_is_said(task, videos, monkeypatch):
    said = []

    def encode(frames):
        said.append(Now(**json.loads(each.now_file.read_text(encoding="utf-8"))))
        return b"png"

    for name in ("a.mkv", "b.mkv"):
        write_film(videos / name, shot(1, 55))
    monkeypatch.setattr(making, "encode_strip", encode)
    monkeypatch.setattr(making, "NOW_EVERY_S", -1.0)
    make_shard(each := task("a.mkv", "gone.mkv", "b.mkv"))
    assert said == [Now(0, "a.mkv", 0), Now(0, "a.mkv", 1), Now(2, "b.mkv", 2), Now(2, "b.mkv", 3)]
    assert left(each) == ["shards/train-000007.tar"]


@pytest.mark.parametrize(
    ("number", "message", "remedy"),
    [(errno.ENOSPC, "disk is full", "Make room"), (errno.EROFS, "cannot be written", "Allow writing")],
)
def test_a_disk_that_refuses(task, videos, monkeypatch, number, message, remedy):
    def refuse(self, record, png):
        if len(self.entries) == 1:
            raise OSError(number, "No.")
        original(self, record, png)

    original = ShardWriter.add
    monkeypatch.setattr(ShardWriter, "add", refuse)
    write_film(videos / "a.mkv", shot(1, 60))
    with pytest.raises(DataError, match=message) as caught:
        make_shard(task("a.mkv"))
    assert remedy in caught.value.remedy
    assert left(task("a.mkv")) == []


def test_a_folder_that_is_gone(task, videos):
    each = replace(task("a.mkv"), dataset=str(videos / "nowhere"))
    with pytest.raises(DataError, match="nowhere"):
        make_shard(each)


def test_an_unknown_flag_to_keep(task, videos):
    write_film(videos / "a.mkv", shot(1, 30))
    with pytest.raises(InputError, match="blurred"):
        make_shard(task("a.mkv", keep="blurred"))
    assert left(task("a.mkv")) == []
