"""Near-duplicates: copies are found, mirrored too, others are not; the more protected clip stays."""

import random
from pathlib import Path

import numpy as np
import pytest

from f2v_core.config import prepare_preset
from f2v_core.data.catalog.catalog import open_catalog
from f2v_core.data.cutting.hashing import hash_clip, mirror_hash
from f2v_core.data.duplicates import near
from f2v_core.data.duplicates.near import CHUNK, Duplicate, compare_clips, read_duplicates
from f2v_core.data.plan import ShardResult
from f2v_core.data.records import ClipRecord
from f2v_core.data.scanning.found import Found
from f2v_core.data.shards import Entry

CONFIG = prepare_preset("windows")
DRAW = random.Random(0)


def draw(count=12):
    return [DRAW.getrandbits(64) for _ in range(count)]


def nearly(values, bits):
    """The hashes with so many bits changed in each."""
    return [value ^ sum(1 << bit for bit in DRAW.sample(range(64), bits)) for value in values]


@pytest.fixture
def find(tmp_path):
    """A function from videos, (name, split, source, hashes of each clip), to the duplicates among their clips."""

    def run(*videos, count=False):
        clips = {name: each for name, _, _, *each in videos}
        with open_catalog(tmp_path / "c.db") as catalog:
            list(catalog.fill(Found(name, "", split, source, 1) for name, split, source, *_ in videos))
            catalog.assign_splits(CONFIG)
            catalog.plan(CONFIG)
            for task in catalog.tasks(Path(), CONFIG):
                made = [(video, hashes) for video in task.videos for hashes in clips[video.path]]
                entries = tuple(
                    Entry(
                        ClipRecord(
                            f"{task.name}-{number:05d}", task.split, "", video.source, video.path, 0, 0.0, 30, 8, 8,
                            10.0, 0.1, 1.0, (), tuple(hashes),
                        ),
                        task.name, 512, 10,
                    )
                    for number, (video, hashes) in enumerate(made)
                )  # fmt: skip
                catalog.finish(ShardResult(task.name, entries, (), (), {}, "ab", 1))
            counts = list(compare_clips(catalog))
            return counts if count else list(read_duplicates(catalog))

    return run


def pairs(found):
    return {(each.video, each.kept_video) for each in found}


def test_a_copy_leaves_the_less_protected_split(find):
    clip = draw()
    found = find(
        ("t", "test", "t", clip), ("x", "train", "x", draw(), nearly(clip, 6)), ("y", "train", "y", draw())
    )
    (each,) = found
    assert each == Duplicate(each.dropped, "train", "x", "test-000000-00000", "test", "t", 6)
    assert each.dropped.endswith("-00001")


def test_mirrored_copies_are_found(find):
    clip = draw()
    found = find(("t", "test", "t", clip), ("x", "val", "x", nearly([mirror_hash(each) for each in clip], 3)))
    assert pairs(found) == {("x", "t")}
    assert found[0].distance == 3


def test_two_frames_must_be_alike_in_one_source_the_same_way_round(find):
    one, two, three = draw(), draw(), draw()
    found = find(
        ("t", "test", "t", one, draw()),
        ("u", "test", "u", two),
        ("v", "test", "v", three),
        ("single", "train", "s", [one[0], *draw(11)]),
        ("mixed", "train", "m", [one[0], two[0], *draw(10)]),
        ("turned", "train", "r", [one[0], mirror_hash(one[1]), *draw(10)]),
        ("far", "train", "f", nearly(one, 7)),
        ("copy", "train", "c", [three[4], three[9], *draw(10)]),
    )
    assert pairs(found) == {("copy", "v")}


def test_frames_may_be_spread_over_the_clips_of_one_source(find):
    one, two = draw(), draw()
    found = find(
        ("t", "test", "same", one), ("u", "test", "same", two), ("x", "train", "x", [one[11], two[0]])
    )
    assert len(found) == 1


def test_clips_of_one_split_are_left_alone(find):
    clip = draw()
    assert not find(("x", "train", "x", clip), ("y", "train", "y", clip), ("t", "test", "t", draw()))


def test_the_nearest_clip_is_named(find):
    clip = draw()
    found = find(
        ("t", "test", "t", nearly(clip, 4)),
        ("v", "val", "v", nearly(clip, 5)),
        ("x", "train", "x", nearly(clip, 1)),
    )
    assert all(each.kept_video in {"t", "v"} for each in found)
    exact = find(("t", "test", "t", nearly(clip, 4), clip), ("x", "train", "x", clip))
    assert (exact[0].kept[-5:], exact[0].distance) == ("00001", 0)


def test_a_dropped_clip_protects_nothing(find):
    chain = draw(4)
    test, val, train = chain[:2] + draw(10), chain + draw(8), chain[2:] + draw(10)
    found = find(("t", "test", "t", test), ("v", "val", "v", val), ("x", "train", "x", train))
    assert pairs(found) == {("v", "t")}
    assert pairs(find(("v", "val", "v", val), ("x", "train", "x", train))) == {("x", "v")}


def test_they_come_by_split_shard_and_place_however_they_are_portioned(find, monkeypatch):
    clips = [draw() for _ in range(40)]
    videos = [
        *((f"t{n}", "test", f"t{n}", clip) for n, clip in enumerate(clips[:20])),
        *((f"v{n}", "val", f"v{n}", clip) for n, clip in enumerate(clips[10:30])),
        *((f"x{n}", "train", f"x{n}", nearly(clip, 2)) for n, clip in enumerate(clips)),
    ]
    found = find(*videos)
    assert [each.dropped for each in found] == sorted(
        (each.dropped for each in found), key=lambda key: (key.startswith("val"), key)
    )
    assert len(found) == 10 + 30
    assert find(*reversed(videos)) == found
    monkeypatch.setattr(near, "BLOCK", 3)
    monkeypatch.setattr(near, "CHUNK", 7)
    monkeypatch.setattr(near, "MOST_MATCHES", 5)
    assert find(*videos) == found


def test_clips_without_hashes_are_passed_over(find):
    assert not find(("t", "test", "t", []), ("x", "train", "x", []))
    assert not find(("x", "train", "x", draw()))


def test_the_work_is_counted(find):
    videos = [("t", "test", "t", draw()), ("v", "val", "v", draw()), ("x", "train", "x", draw(), draw())]
    assert find(*videos, count=True) == [1, 3]
    assert CHUNK > 3


def moving_picture(seed, start, frames=30):
    """A clip (T, 64, 64, 3) of smooth blobs that drift, from second `start` on."""
    draw = np.random.default_rng(seed)
    y, x = np.mgrid[0:64, 0:64] / 64
    values = np.zeros((frames, 64, 64))
    for _ in range(8):
        (cy, cx, vy, vx), size = (
            draw.uniform((0, 0, -0.15, -0.15), (1, 1, 0.15, 0.15)),
            draw.uniform(0.1, 0.3),
        )
        for n in range(frames):
            t = start + n / 10
            values[n] += np.exp(-((y - cy - vy * t) ** 2 + (x - cx - vx * t) ** 2) / size**2)
    grey = np.clip(values / 3 * 255, 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=3)


def test_trimmed_brightened_and_mirrored_pictures_are_found_and_other_ones_are_not(find):
    first, later = hash_clip(moving_picture(1, 0)), hash_clip(moving_picture(1, 3))
    brighter = np.clip(moving_picture(1, 0) * 1.1 + 12, 0, 255).astype(np.uint8)
    found = find(
        ("t", "test", "t", first, later),
        ("trimmed", "train", "a", hash_clip(moving_picture(1, 0.5))),
        ("bright", "train", "b", hash_clip(brighter)),
        ("mirrored", "train", "c", hash_clip(moving_picture(1, 0.37)[:, :, ::-1].copy())),
        ("other", "train", "d", hash_clip(moving_picture(2, 0))),
    )
    assert pairs(found) == {("trimmed", "t"), ("bright", "t"), ("mirrored", "t")}
