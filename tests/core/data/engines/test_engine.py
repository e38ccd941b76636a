"""Worker processes of this machine: order of reading, heartbeats, crashes, errors, and their end."""

import multiprocessing
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from f2v_core.data.engines.engine import Done, LocalEngine, default_workers, make_engine
from f2v_core.errors import InputError, MediaError, WorkerError
from tests.core.data import engine_tasks

PATIENCE_S = 30


def results(engine: LocalEngine, function, tasks) -> dict:
    """What came of each task."""
    with engine.run(function, tasks) as endings:
        return {each.task: each.result for each in endings if each is not None}


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_every_task_is_done_once(workers: int):
    with LocalEngine(workers).run(engine_tasks.double, range(20)) as endings:
        ended = [each for each in endings if each is not None]
    assert sorted(each.task for each in ended) == list(range(20))
    assert all(each.result == 2 * each.task for each in ended)
    assert multiprocessing.active_children() == []


def test_two_workers_work_at_the_same_time(tmp_path: Path):
    door = tmp_path / "door"
    os.mkfifo(door)
    pids = results(LocalEngine(2), engine_tasks.meet, [(door, "r"), (door, "w")])
    assert len({os.getpid(), *pids.values()}) == 3


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_tasks_are_read_no_further_than_there_are_workers_for(workers: int):
    read = 0

    def tasks() -> Iterator[int]:
        nonlocal read
        for number in range(100):
            read += 1
            yield number

    with LocalEngine(workers).run(engine_tasks.double, tasks()) as endings:
        done = 0
        for each in endings:
            done += each is not None
            assert read <= done + max(1, workers)
            if done == 10:
                break
    assert read < 15


def test_no_process_starts_without_a_task():
    with LocalEngine(2).run(engine_tasks.double, []) as endings:
        assert list(endings) == []
        assert multiprocessing.active_children() == []


def test_it_gives_a_sign_of_life_while_nothing_ends_and_leaves_at_once(tmp_path: Path):
    with LocalEngine(2).run(engine_tasks.hold, [tmp_path] * 5) as endings:
        while len(list(tmp_path.iterdir())) < 2:
            assert next(endings) is None
        begun = time.monotonic()
        assert [next(endings), next(endings)] == [None, None]
        assert time.monotonic() - begun < 2.0
        begun = time.monotonic()
    assert time.monotonic() - begun < 1.0
    assert multiprocessing.active_children() == []
    assert not any(Path(f"/proc/{each.name}").exists() for each in tmp_path.iterdir())


def test_a_task_that_kills_its_process_twice_has_no_result():
    assert results(LocalEngine(2), engine_tasks.die, range(6)) == {
        0: 0,
        1: None,
        2: 2,
        3: None,
        4: 4,
        5: None,
    }


def test_a_task_whose_process_died_once_is_tried_again(tmp_path: Path):
    mark = tmp_path / "mark"
    assert results(LocalEngine(1), engine_tasks.die_once, [mark]) == {mark: "second"}


def test_a_function_may_return_nothing():
    assert results(LocalEngine(1), engine_tasks.nothing, [1, 2]) == {1: None, 2: None}


@pytest.mark.parametrize("workers", [0, 1])
def test_errors_come_out_as_they_were_raised(workers: int):
    with (
        pytest.raises(MediaError) as caught,
        LocalEngine(workers).run(engine_tasks.fail, [7]) as endings,
    ):
        list(endings)
    assert caught.value.message == "Number 7 cannot be read."
    assert caught.value.remedy == "Take another."
    assert multiprocessing.active_children() == []


def test_an_error_says_where_in_the_worker_it_was_raised():
    with pytest.raises(MediaError) as caught, LocalEngine(1).run(engine_tasks.fail, [7]) as endings:
        list(endings)
    assert "in fail" in caught.value.__notes__[0]


def test_an_error_that_cannot_travel_comes_out_in_words():
    with (
        pytest.raises(RuntimeError, match="ProudError: such pride"),
        LocalEngine(1).run(engine_tasks.fail_proudly, [1]) as endings,
    ):
        list(endings)


def test_a_result_that_cannot_travel_is_an_error():
    with (
        pytest.raises(TypeError, match="pickle"),
        LocalEngine(1).run(engine_tasks.answer_with_a_lock, [1]) as endings,
    ):
        list(endings)


def test_large_tasks_and_results_pass():
    text = "x" * 5_000_000
    assert results(LocalEngine(1), len, [text]) == {text: len(text)}


def test_a_process_that_cannot_begin_is_an_error():
    with (
        pytest.raises(WorkerError, match=r"could begin \(exit code 3\)"),
        LocalEngine(1).run(engine_tasks.Untouchable(), [1]) as endings,
    ):
        list(endings)


def test_workers_are_single_threaded_polite_and_deaf_to_ctrl_c():
    before = dict(os.environ)
    ((_, niceness, omp, opencv, ctrl_c),) = results(LocalEngine(1), engine_tasks.whoami, [1]).values()
    assert niceness >= min(19, os.nice(0) + 10)
    assert (omp, opencv, ctrl_c) == ("1", "1", True)
    assert dict(os.environ) == before
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_it_works_in_a_thread():
    ended = []
    thread = Thread(target=lambda: ended.append(results(LocalEngine(1), engine_tasks.double, [1])))
    thread.start()
    thread.join(PATIENCE_S)
    assert ended == [{1: 2}]


PARENT = """
import sys
from pathlib import Path
from f2v_core.data.engines.engine import LocalEngine
from tests.core.data.engine_tasks import hold

folder = Path(sys.argv[1])
with LocalEngine(2).run(hold, [folder] * 2) as endings:
    for _ in endings:
        if len(list(folder.iterdir())) == 2:
            print("both work", flush=True)
"""


def test_workers_die_with_a_killed_parent(tmp_path: Path):
    command = [sys.executable, "-c", PARENT, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as parent:
        assert parent.stdout.readline() == "both work\n"
        family = [
            int(each) for each in Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
        ]
        assert {int(each.name) for each in tmp_path.iterdir()} < set(family)
        watches = [os.pidfd_open(pid) for pid in family]
        parent.kill()
        begun = time.monotonic()
        for watch in watches:
            assert select.select([watch], [], [], PATIENCE_S)[0]
            os.close(watch)
        assert time.monotonic() - begun < 2.0
        assert parent.stderr.read() == ""


def test_ctrl_c_while_the_workers_start_is_not_their_business(tmp_path: Path):
    command = [sys.executable, "-c", PARENT, str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        assert parent.stdout.readline() == "both work\n"
        os.killpg(parent.pid, signal.SIGINT)
        complaint = parent.stderr.read()
    assert complaint.count("Traceback") == complaint.count("KeyboardInterrupt") == 1


def test_the_default_is_a_worker_for_each_core(monkeypatch: pytest.MonkeyPatch):
    assert default_workers() == len(os.sched_getaffinity(0))
    monkeypatch.delattr(os, "sched_getaffinity")
    assert default_workers() == os.cpu_count()
    assert make_engine("local").workers == default_workers()


def test_engines_are_made_by_name():
    assert make_engine("local", 3).workers == 3
    with pytest.raises(InputError, match="-1 workers"):
        make_engine("local", -1)
    with pytest.raises(InputError, match=r"10\.0\.0\.1:6379"):
        make_engine("local", 2, "10.0.0.1:6379")


def test_done_compares_by_value():
    assert Done(1, 2) == Done(1, 2)
