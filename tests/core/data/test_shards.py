"""Shards: the same bytes for the same clips, offsets that are true, whole or not at all, damage in words."""

import tarfile
from dataclasses import replace

import pytest

from f2v_core.data.records import ClipRecord
from f2v_core.data.shards import read_shard, rewrite_shard, write_shard
from f2v_core.errors import DataError

RECORD = ClipRecord("", "train", "", "a", "a.mp4", 0, 0.0, 30, 64, 64, 10.0, 0.1, 10.0)
CLIPS = [
    (replace(RECORD, key=f"train-000000-{n:05d}", video=f"ünïcode {n}.mp4"), bytes([n]) * (500 * n + 1))
    for n in range(4)
]


@pytest.fixture
def shard(tmp_path):
    return tmp_path / "train-000000.tar"


def write(path, clips=CLIPS):
    with write_shard(path) as writer:
        for record, png in clips:
            writer.add(record, png)
    return writer.entries


def test_clips_come_back_in_order(shard):
    write(shard)
    assert list(read_shard(shard)) == CLIPS


def test_entries_say_where_the_bytes_lie(shard):
    entries, content = write(shard), shard.read_bytes()
    assert [entry.record for entry in entries] == [record for record, _ in CLIPS]
    assert {entry.shard for entry in entries} == {"train-000000"}
    for entry, (_, png) in zip(entries, CLIPS, strict=True):
        assert content[entry.offset : entry.offset + entry.size] == png


def test_it_is_a_tar_file_in_webdataset_layout(shard):
    write(shard)
    with tarfile.open(shard) as tar:
        members = tar.getmembers()
    keys = [record.key for record, _ in CLIPS]
    assert [member.name for member in members] == [
        f"{key}.{kind}" for key in keys for kind in ("png", "json")
    ]
    assert {(m.mtime, m.mode, m.uid, m.gid, m.uname, m.gname) for m in members} == {(0, 0o644, 0, 0, "", "")}


def test_the_same_clips_give_the_same_bytes(shard, tmp_path):
    write(shard)
    write(tmp_path / "again.tar")
    assert shard.read_bytes() == (tmp_path / "again.tar").read_bytes()


def test_a_shard_appears_whole_or_not_at_all(shard, tmp_path):
    def fail():
        with write_shard(shard) as writer:
            writer.add(*CLIPS[0])
            assert not shard.exists()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_dropping_clips_moves_the_others_up(shard, tmp_path):
    write(shard)
    entries = rewrite_shard(shard, [CLIPS[0][0].key, CLIPS[2][0].key])
    kept = [CLIPS[1], CLIPS[3]]
    assert list(read_shard(shard)) == kept
    (tmp_path / "again").mkdir()
    assert entries == write(tmp_path / "again" / shard.name, kept)
    assert rewrite_shard(shard, [record.key for record, _ in kept]) == []
    assert list(read_shard(shard)) == []


@pytest.mark.parametrize("size", [0, 100, 511, 700, 1100, 1700])
def test_a_cut_off_shard_is_an_error_that_names_it(shard, size):
    write(shard, CLIPS[1:])
    shard.write_bytes(shard.read_bytes()[:size])
    with pytest.raises(DataError, match=r"train-000000\.tar (cannot be read|is cut off)"):
        list(read_shard(shard))


def test_a_missing_shard_is_an_error_that_names_it(shard):
    with pytest.raises(DataError, match=r"train-000000\.tar cannot be read"):
        list(read_shard(shard))


def test_another_tar_file_is_no_shard(shard, tmp_path):
    (tmp_path / "x").mkdir()
    for inside in (["x", "x"], [__file__, __file__]):
        with tarfile.open(shard, "w") as tar:
            for name in inside:
                tar.add(tmp_path / name, arcname="member")
        with pytest.raises(DataError, match=r"holds 'member', which is no clip|record is damaged"):
            list(read_shard(shard))
