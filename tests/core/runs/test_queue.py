"""Runs that wait for their turn: their order, who starts them, and what holds them."""

import os
import threading
from pathlib import Path

import pytest

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError
from f2v_core.runs import Run, claim_run, create_run
from f2v_core.runs import queue as queue_module
from f2v_core.runs.queue import LOCK, move_up, queue_run, read_queue, start_next, unqueue_run
from f2v_core.runs.state import HOST, RunState, read_state, said_state, write_state
from f2v_core.storage import drop_lock, take_lock


def make(root: Path, name: str) -> Run:
    return create_run(root / name, TrainConfig(steps=70))


def tell(run: Run, phase: str, *, at: float | None = None, **values) -> None:
    write_state(run, RunState(phase, **{"steps": 70, "host": HOST, "pid": os.getpid(), **values}))
    if at is not None:
        os.utime(run.state_file, (at, at))


def begin(run: Run) -> None:
    """Stands for `start_training`."""
    tell(run, "starting")


def names(root: Path) -> list[str]:
    return [run.folder.name for run in read_queue(root).runs]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds at which runs are queued: 1000, 1001, ..."""
    seconds = [1000.0]

    def tick() -> float:
        seconds[0] += 1
        return seconds[0] - 1

    monkeypatch.setattr(queue_module, "time", tick)
    return seconds


@pytest.fixture
def three(tmp_path: Path, clock: list[float]) -> list[Run]:
    runs = [make(tmp_path, name) for name in ("c", "a", "b")]
    for run in runs:
        queue_run(run)
    return runs


def test_runs_are_queued_in_the_order_of_their_asking(three: list[Run], tmp_path: Path):
    assert names(tmp_path) == ["c", "a", "b"]
    queue_run(three[0])  # it is queued already, and keeps its place
    queue = read_queue(tmp_path)
    assert [queue.place(run.folder) for run in three] == [1, 2, 3]
    assert queue.place(tmp_path / "other") == 0
    assert not queue.held
    assert read_state(three[0]).phase == "queued"


def test_a_paused_run_is_queued_with_what_it_has_done(run: Run, say):
    run.checkpoint_folder(30).mkdir(parents=True)
    say("failed", step=33, saved=30, trained_s=9.0, error="Gone.")
    queue_run(run)
    state = read_state(run)
    assert (state.phase, state.step, state.saved, state.trained_s, state.error) == ("queued", 30, 30, 9.0, "")
    unqueue_run(run)
    assert (read_state(run).phase, read_state(run).step, read_state(run).host) == ("stopped", 30, HOST)


def test_who_trains_or_is_done_is_not_queued(run: Run, say):
    say("starting")
    with pytest.raises(RunError, match="being trained already"):
        queue_run(run)
    say("paused")
    run.checkpoint_folder(70).mkdir(parents=True)
    with pytest.raises(RunError, match="All 70 steps"):
        queue_run(run)


def test_a_run_leaves_the_queue_as_it_was_before(three: list[Run], tmp_path: Path):
    unqueue_run(three[1])
    assert names(tmp_path) == ["c", "b"]
    state = read_state(three[1])
    assert (state.phase, state.host, state.queued) == ("stopped", "", 0.0)
    for change in (unqueue_run, move_up):
        with pytest.raises(RunError, match="not in the queue"):
            change(three[1])


def test_runs_move_up_one_by_one(three: list[Run], tmp_path: Path):
    move_up(three[2])
    assert names(tmp_path) == ["c", "b", "a"]
    move_up(three[2])
    assert names(tmp_path) == ["b", "c", "a"]
    move_up(three[2])
    assert names(tmp_path) == ["b", "c", "a"]
    move_up(three[1])
    assert names(tmp_path) == ["b", "a", "c"]


def test_the_first_is_started_when_nothing_trains(three: list[Run], tmp_path: Path):
    busy = make(tmp_path, "busy")
    with claim_run(busy):
        tell(busy, "training")
        assert start_next(tmp_path, begin) is None
        tell(busy, "finished")
    assert start_next(tmp_path, begin) == three[0]
    assert start_next(tmp_path, begin) is None  # it trains now
    assert names(tmp_path) == ["a", "b"]
    assert not (tmp_path / LOCK).exists()


def test_nothing_is_touched_where_nothing_is_queued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queue_module, "take_lock", lambda _path: pytest.fail("locked"))
    make(tmp_path, "idle")
    assert start_next(tmp_path) is None
    assert start_next(tmp_path / "nowhere") is None


def test_a_pause_holds_the_queue_until_a_run_is_queued_or_ends(three: list[Run], tmp_path: Path):
    paused = make(tmp_path, "paused")
    tell(paused, "paused", at=2000.0)
    assert read_queue(tmp_path).held
    assert start_next(tmp_path, begin) is None
    other = make(tmp_path, "other")
    tell(other, "stopped", at=3000.0)
    assert not read_queue(tmp_path).held
    tell(other, "paused", at=3000.0)
    tell(paused, "queued", queued=4000.0)
    assert start_next(tmp_path, begin) == three[0]


@pytest.mark.parametrize("phase", ["finished", "failed", "stopped", "training"])
def test_after_any_other_end_the_next_one_follows(three: list[Run], tmp_path: Path, phase: str):
    tell(make(tmp_path, "paused"), "paused", at=2000.0)
    tell(make(tmp_path, "ended"), phase, at=3000.0, pid=0)  # "training": its trainer was killed
    assert start_next(tmp_path, begin) == three[0]


def test_other_machines_keep_their_own_queue(three: list[Run], tmp_path: Path):
    tell(three[0], "queued", host="far", queued=1.0)
    far = make(tmp_path, "far")
    tell(far, "training", host="far")
    assert names(tmp_path) == ["a", "b"]
    assert start_next(tmp_path, begin) == three[1]


def test_a_run_that_cannot_be_started_fails_and_the_next_one_is_started(three: list[Run], tmp_path: Path):
    def start(run: Run) -> None:
        if run == three[0]:
            raise RunError("It is odd.", "Even it.")
        begin(run)

    assert start_next(tmp_path, start) == three[1]
    state = said_state(three[0])
    assert (state.phase, state.error, state.remedy) == ("failed", "It is odd.", "Even it.")


def test_none_is_started_where_none_can_be(three: list[Run], tmp_path: Path):
    def start(run: Run) -> None:
        raise RunError("No.")

    assert start_next(tmp_path, start) is None
    assert names(tmp_path) == []


def test_of_many_who_see_the_end_one_starts_one(three: list[Run], tmp_path: Path):
    started: list[str] = []

    def start(run: Run) -> None:
        started.append(run.folder.name)
        begin(run)

    threads = [threading.Thread(target=start_next, args=(tmp_path, start)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert started == ["c"]


def test_who_finds_the_lock_held_for_long_starts_nothing(
    three: list[Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(queue_module, "PATIENCE_S", 0.05)
    lock = take_lock(tmp_path / LOCK)
    assert lock is not None
    assert start_next(tmp_path, begin) is None
    with pytest.raises(RunError, match="Another process holds"):
        unqueue_run(three[0])
    drop_lock(tmp_path / LOCK, lock)


def test_folders_that_cannot_be_written_are_told(
    three: list[Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(queue_module, "write_state", full)
    with pytest.raises(RunError, match="No space left on device"):
        queue_run(make(tmp_path, "late"))
    monkeypatch.setattr(queue_module, "take_lock", full)
    with pytest.raises(RunError, match="No space left on device"):
        move_up(three[0])


def test_a_run_that_is_deleted_meanwhile_holds_nothing(three: list[Run], tmp_path: Path):
    state = RunState("paused", host=HOST)
    known = [(run, read_state(run)) for run in three]
    assert not queue_module.queue_of([*known, (Run(tmp_path / "gone", TrainConfig()), state)]).held
