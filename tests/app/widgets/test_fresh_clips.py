import os

import numpy as np
import pytest

from f2v_app.widgets import fresh_clips
from f2v_app.widgets.fresh_clips import FreshView, read_fresh
from f2v_core.data.dataset import SHARDS
from tests.app.made_datasets import frames_of, make_unfinished, record, write_clips


@pytest.fixture
def folder(tmp_path):
    made = make_unfinished(tmp_path / "begun", clips=2)
    write_clips(made, [record(number) for number in range(3)], "val-000001")
    (made / SHARDS / ".val-000002-1-partial.tar").touch()
    for age, name in enumerate(("train-000000", "val-000001")):
        os.utime(made / SHARDS / f"{name}.tar", (age, age))
    return made


def test_the_newest_shards_come_first(folder):
    fresh = read_fresh(folder, "")
    assert fresh.newest == "val-000001"
    assert [fresh.record(row).key[-1] for row in range(5)] == ["0", "1", "2", "0", "1"]
    assert np.array_equal(fresh.frames(1), frames_of(1))
    assert read_fresh(folder, "val-000001") is None


def test_there_are_not_too_many(folder, monkeypatch):
    monkeypatch.setattr(fresh_clips, "EACH", 2)
    assert len(read_fresh(folder, "").packed) == 4
    monkeypatch.setattr(fresh_clips, "MOST_BYTES", 1)
    assert len(read_fresh(folder, "").packed) == 2
    monkeypatch.setattr(fresh_clips, "MOST", 3)
    assert len(read_fresh(folder, "").packed) == 2


def test_it_is_seen_when_there_is_something(qtbot, folder, tmp_path):
    view = FreshView()
    qtbot.addWidget(view)
    for place in (tmp_path / "nowhere", folder):
        with qtbot.waitSignal(view._background.answered):
            view.look(place)
            view.look(folder)  # it looks already
    assert not view.isHidden()
    assert view.grid.clips.count == 5
    view.clear()
    assert view.isHidden()


def test_a_shard_that_is_being_replaced_is_for_the_next_time(qtbot, folder):
    (folder / SHARDS / "val-000001.tar").write_bytes(b"no tar")
    view = FreshView()
    qtbot.addWidget(view)
    with qtbot.waitSignal(view._background.failed):
        view.look(folder)
    assert view.isHidden()
    assert not view._looking
