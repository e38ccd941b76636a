"""Watching: each look tells what is new, also when the history went back."""

import os
from pathlib import Path

import pytest

from f2v_core.runs import Run, append_history, truncate_history
from f2v_core.runs import watch as watch_module
from f2v_core.runs.events import append_event
from f2v_core.runs.watch import RunWatch, Tail

NAMES = ("step", "loss")


def add(run: Run, *steps: int) -> None:
    for step in steps:
        append_history(run, NAMES, {"step": step, "loss": 0.5})


def steps(news) -> list[float]:
    return [row["step"] for row in news.rows]


def test_a_look_tells_what_is_new(run: Run):
    add(run, 1, 2)
    append_event(run, 0, "started")
    watch = RunWatch(run)
    news = watch.look()
    assert news.afresh
    assert news.rows == ({"step": 1.0, "loss": 0.5}, {"step": 2.0, "loss": 0.5})
    assert [event.kind for event in news.events] == ["started"]
    assert (news.state.phase, news.samples, news.checkpoints) == ("stopped", (), ())
    add(run, 3)
    run.checkpoint_folder(3).mkdir(parents=True)
    run.real_file.parent.mkdir()
    run.sample_file(3).touch()
    append_event(run, 3, "checkpoint")
    news = watch.look()
    assert not news.afresh
    assert steps(news) == [3]
    assert [event.kind for event in news.events] == ["checkpoint"]
    assert (news.samples, news.checkpoints) == ((3,), (3,))
    assert steps(watch.look()) == []


def test_a_run_that_went_back_is_told_afresh(run: Run):
    watch = RunWatch(run)
    add(run, 1, 2, 3)
    watch.look()
    truncate_history(run, 2)
    add(run, 3, 4)
    news = watch.look()
    assert news.afresh
    assert steps(news) == [1, 2, 3, 4]


def test_a_successor_with_the_number_of_its_predecessor_is_told_afresh(
    run: Run, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(watch_module, "_identity", lambda _handle: (1, 1))
    watch = RunWatch(run)
    add(run, 1, 2)
    watch.look()
    truncate_history(run, 0)
    add(run, 3, 4, 5)
    news = watch.look()
    assert news.afresh
    assert steps(news) == [3, 4, 5]


def test_a_header_that_comes_alone_is_kept(run: Run):
    watch = RunWatch(run)
    run.history_file.write_text("step,loss\n")
    assert steps(watch.look()) == []
    add(run, 1)
    assert watch.look().rows == ({"step": 1.0, "loss": 0.5},)


def test_a_damaged_row_is_left_out(run: Run):
    add(run, 1)
    with run.history_file.open("ab") as file:
        file.write(b"\0\xff\0\r\n")
    add(run, 2)
    assert steps(RunWatch(run).look()) == [1, 2]


def test_half_a_line_waits_for_its_end(tmp_path: Path):
    path, tail = tmp_path / "a.txt", Tail(tmp_path / "a.txt")
    assert tail.read() == (False, [])
    path.write_text("one\ntw")
    assert tail.read() == (True, ["one"])
    path.write_text("one\ntwo\n")
    assert tail.read() == (False, ["two"])


def test_a_file_that_goes_is_told_once(tmp_path: Path):
    path, tail = tmp_path / "a.txt", Tail(tmp_path / "a.txt")
    path.write_text("one\n")
    tail.read()
    path.unlink()
    assert tail.read() == (True, [])
    assert tail.read() == (False, [])
    path.write_text("other\n")
    assert tail.read() == (True, ["other"])


def test_a_file_that_was_cut_is_told_afresh(tmp_path: Path):
    path, tail = tmp_path / "a.txt", Tail(tmp_path / "a.txt")
    path.write_text("one\ntwo\n")
    tail.read()
    os.truncate(path, 4)
    assert tail.read() == (True, ["one"])
