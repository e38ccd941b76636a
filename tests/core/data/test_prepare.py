"""From videos to a dataset, end to end, with tiny videos."""

import errno
import json
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from f2v_core import storage
from f2v_core.config import PrepareConfig, prepare_preset
from f2v_core.data.dataset import INFO, REJECTED, WORK, Dataset, open_dataset
from f2v_core.data.prepare import cached_dataset, ensure_dataset, prepare
from f2v_core.errors import DataError, InputError
from f2v_core.messages import Notice, StageProgress
from tests.core.data.bars import INLINE, StoppedEngine, contents, make, write_video

VIDEOS = 6


@pytest.fixture(scope="module")
def videos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six good videos in two categories, and a file that is none."""
    folder = tmp_path_factory.mktemp("videos")
    for number in range(VIDEOS):
        write_video(folder / ("dogs" if number % 2 else "cats") / f"{number}.mkv", number)
    (folder / "cats" / "broken.mp4").write_bytes(b"this is no video at all")
    return folder


@pytest.fixture
def config(videos: Path) -> PrepareConfig:
    return PrepareConfig(videos=str(videos), seconds=2.0, size=16, val_share=0.2, test_share=0.2)


def test_a_folder_of_videos_becomes_a_dataset(config, tmp_path):
    dataset = make(config, tmp_path / "out")
    entries = list(dataset.entries())
    assert len(entries) == 2 * VIDEOS
    assert {e.record.split for e in entries} == {"train", "val", "test"}
    assert {e.record.category for e in entries} == {"cats", "dogs"}
    for entry in entries:
        clip = dataset.read(entry)
        assert clip.shape == entry.record.shape == (20, 16, 16, 3)
        assert entry.record.motion > 0
        assert entry.record.linear_l2 > 0
    assert not (dataset.folder / WORK).exists()
    assert len(list(dataset.table("videos.csv"))) == dataset.info["videos"] == VIDEOS
    (rejected,) = dataset.table(REJECTED)
    assert rejected["file"] == "cats/broken.mp4"
    assert rejected["reason"]


def test_no_source_is_in_two_splits(config, tmp_path):
    splits: dict[str, set[str]] = {}
    for entry in make(config, tmp_path / "out").entries():
        splits.setdefault(entry.record.source, set()).add(entry.record.split)
    assert len(splits) == VIDEOS
    assert all(len(each) == 1 for each in splits.values())


@pytest.mark.parametrize("workers", [1, 2])
def test_the_bytes_do_not_depend_on_the_workers(config, tmp_path, workers):
    inline = make(config, tmp_path / "inline")
    pooled = make(config, tmp_path / "pooled", workers)
    assert contents(inline.folder) == contents(pooled.folder)


def test_the_progress_counts_videos(config, tmp_path):
    events = list(prepare(config, tmp_path / "out", INLINE))
    stages = [event for event in events if isinstance(event, StageProgress)]
    assert {event.stage for event in stages} >= {"Scanning", "Cutting clips"}
    last = [event for event in stages if event.stage == "Cutting clips"][-1]
    assert last.done == last.total > 0


def test_closing_stops_and_preparing_again_goes_on(config, tmp_path):
    whole = make(config, tmp_path / "whole")
    folder = tmp_path / "parts"
    events = prepare(config, folder, INLINE)
    finished = 0
    with closing(events):
        for event in events:
            if isinstance(event, StageProgress) and event.stage == "Cutting clips" and event.done >= 2:
                finished = event.done
                break
    with pytest.raises(DataError, match="not complete"):
        open_dataset(folder)
    with closing(prepare(config, folder, INLINE)) as again:
        first = next(e for e in again if isinstance(e, StageProgress) and e.stage == "Cutting clips")
    assert first.done >= finished
    assert contents(make(config, folder).folder) == contents(whole.folder)


KILLED = """
import sys
from pathlib import Path
from f2v_core.config import PrepareConfig
from f2v_core.data.engines.engine import make_engine
from f2v_core.data.prepare import prepare
from f2v_core.messages import StageProgress
import json
if __name__ == "__main__":
    config = PrepareConfig.from_json(json.loads(sys.argv[1]))
    for event in prepare(config, Path(sys.argv[2]), make_engine("local", 2, None)):
        if isinstance(event, StageProgress) and event.stage == "Cutting clips":
            print(event.done, flush=True)
"""


def test_sigkill_loses_nothing_that_was_finished(config, tmp_path):
    whole = make(config, tmp_path / "whole")
    folder = tmp_path / "parts"
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    command = [sys.executable, str(script), json.dumps(config.to_json()), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if int(line) >= 2:
                break
        process.send_signal(signal.SIGKILL)
    assert not (folder / INFO).exists()
    assert contents(make(config, folder).folder) == contents(whole.folder)


def test_a_complete_dataset_is_left_alone(config, tmp_path):
    before = contents(make(config, tmp_path / "out").folder)
    events = list(prepare(config, tmp_path / "out", INLINE))
    assert any(isinstance(event, Notice) and "complete already" in event.text for event in events)
    assert contents(tmp_path / "out") == before


def test_another_dataset_is_not_overwritten(config, tmp_path):
    make(config, tmp_path / "out")
    with pytest.raises(DataError, match="other settings: size 16"):
        list(prepare(replace(config, size=32), tmp_path / "out", INLINE))


def test_changed_videos_are_noticed(tmp_path):
    for number in range(3):
        write_video(tmp_path / "videos" / f"{number}.mkv", number)
    config = PrepareConfig(videos=str(tmp_path / "videos"), seconds=2.0, size=16)
    make(config, tmp_path / "out")
    write_video(tmp_path / "videos" / "new.mkv", 7)
    with pytest.raises(DataError, match="no longer those"):
        list(prepare(config, tmp_path / "out", INLINE))


def test_training_prepares_for_itself_and_notices_changes(tmp_path):
    folder = tmp_path / "videos"
    for number in range(3):
        write_video(folder / f"{number}.mkv", number)

    def ensure() -> tuple[Dataset, list[object]]:
        making, seen = ensure_dataset(folder, {"seconds": 2.0, "size": 16}), []
        while True:
            try:
                seen.append(next(making))
            except StopIteration as end:
                return end.value, seen

    dataset, _ = ensure()
    assert dataset.folder == cached_dataset(dataset.config)
    again, _ = ensure()
    assert again.info == dataset.info
    write_video(folder / "new.mkv", 7)
    larger, seen = ensure()
    assert any(isinstance(event, Notice) and "changed" in event.text for event in seen)
    assert larger.info["videos"] == 4


def test_scenes_need_no_videos_and_never_test(tmp_path):
    config = PrepareConfig(scenes="erupting,skiing", count=5, seconds=0.5, size=16, val_share=0.2)
    dataset = make(config, tmp_path / "scenes")
    assert dataset.procedural
    assert {e.record.split for e in dataset.entries()} == {"train", "val"}
    assert {e.record.category for e in dataset.entries()} == {"erupting", "skiing"}


def test_the_posters_recipe_gives_one_clip_a_video(videos, tmp_path):
    dataset = make(prepare_preset("poster", videos=str(videos)), tmp_path / "out")
    entries = list(dataset.entries())
    assert len(entries) == VIDEOS
    assert all(e.record.shape == (30, 64, 64, 3) for e in entries)
    assert all("padded" in e.record.flags for e in entries)  # 45 frames: 15 kept ones are filled up to 30


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"videos": ""}, "either"),
        ({"scenes": "erupting"}, "either"),
        ({"videos": "", "scenes": "swimming"}, "swimming"),
        ({"val_share": 0.5, "test_share": 0.5}, "nothing for training"),
        ({"keep": "blurry"}, "blurry"),
        ({"seconds": 60.0, "fps": 120.0, "size": 512}, "too large"),
    ],
)
def test_impossible_settings_are_refused_at_once(config, tmp_path, changes, message):
    with pytest.raises(InputError, match=message):
        list(prepare(replace(config, **changes), tmp_path / "out", INLINE))
    assert not (tmp_path / "out").exists()


def test_a_folder_that_does_not_exist_leaves_nothing(config, tmp_path):
    with pytest.raises(DataError, match="nowhere"):
        list(prepare(replace(config, videos=str(tmp_path / "nowhere")), tmp_path / "out", INLINE))


def test_a_folder_without_a_usable_video_says_why_and_leaves_nothing(tmp_path):
    (tmp_path / "videos").mkdir()
    (tmp_path / "videos" / "a.mp4").write_bytes(b"nothing of use")
    with pytest.raises(DataError, match=r"Not one clip.*a\.mp4: .*cannot be read"):
        list(prepare(PrepareConfig(videos=str(tmp_path / "videos")), tmp_path / "out", INLINE))
    assert not (tmp_path / "out").exists()


def test_videos_that_change_before_anything_is_finished_are_scanned_anew(tmp_path):
    folder = tmp_path / "videos"
    write_video(folder / "a.mkv", 0)
    config = PrepareConfig(videos=str(folder), seconds=2.0, size=16)
    with (
        closing(prepare(config, tmp_path / "out", StoppedEngine())) as events,
        pytest.raises(KeyboardInterrupt),
    ):
        list(events)
    write_video(folder / "b.mkv", 1)
    assert make(config, tmp_path / "out").info["videos"] == 2


def test_videos_that_change_later_are_refused(config, tmp_path):
    videos = tmp_path / "videos"
    for number in range(3):
        write_video(videos / f"{number}.mkv", number)
    config = replace(config, videos=str(videos))
    events = prepare(config, tmp_path / "out", INLINE)
    with closing(events):
        next(e for e in events if isinstance(e, StageProgress) and e.stage == "Cutting clips" and e.done)
    write_video(videos / "new.mkv", 7)
    with pytest.raises(DataError, match="have changed since"):
        list(prepare(config, tmp_path / "out", INLINE))


def test_a_truncated_shard_of_a_complete_dataset_is_noticed(config, tmp_path):
    dataset = make(config, tmp_path / "out")
    path = dataset.shard_file(dataset.info["shards"][0]["name"])
    path.write_bytes(path.read_bytes()[:-512])
    with pytest.raises(DataError, match=f"{path.name} is missing or damaged"):
        list(prepare(config, tmp_path / "out", INLINE))


def test_a_full_disk_is_said_so_and_gone_on_from(config, tmp_path, monkeypatch):
    whole = make(config, tmp_path / "whole")
    folder = tmp_path / "out"

    def refuse(path: Path) -> None:
        if path.suffix == ".tar" and len(list(path.parent.glob("train-*.tar"))) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(storage, "sync", refuse)
        with pytest.raises(DataError, match=r"disk is full.*goes on from here"):
            list(prepare(config, folder, INLINE))
    assert not list(folder.rglob("*partial*"))
    assert contents(make(config, folder).folder) == contents(whole.folder)


def test_a_place_that_may_not_be_written_is_said_so(config, tmp_path, monkeypatch):
    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(DataError, match=r"cannot be written: Read-only file system"):
        list(prepare(config, tmp_path / "out", INLINE))
