from collections.abc import Iterator

import numpy as np
import pytest

from f2v_app.worker_link import WorkerLink
from f2v_core.config import GenerateConfig
from f2v_core.frames import FramePair
from f2v_core.messages import (
    Cancel,
    ClipStarted,
    Command,
    Event,
    Generate,
    JobCancelled,
    JobDone,
    JobFailed,
    JobStarted,
)
from tests.fakes import FakeWorkers

PAIR = FramePair(np.zeros((4, 4, 3), np.uint8), np.ones((4, 4, 3), np.uint8))
ENDS = JobDone | JobCancelled | JobFailed


def generate(job: int) -> Command:
    return Generate(job, PAIR, ("linear",), GenerateConfig(seconds=0.3))


def quick(command: Command) -> Iterator[Event]:
    yield ClipStarted("linear", 3)


class Stuck:
    """A script that yields once and then waits until it is cancelled or dies."""

    def __init__(self, workers: FakeWorkers) -> None:
        self.workers = workers

    def __call__(self, command: Command) -> Iterator[Event]:
        yield ClipStarted("linear", 3)
        self.workers.last.resumed.wait(10)
        yield ClipStarted("linear", 3)


@pytest.fixture
def workers() -> FakeWorkers:
    return FakeWorkers(quick)


@pytest.fixture
def link(qtbot, workers: FakeWorkers) -> Iterator[WorkerLink]:
    made = WorkerLink(workers)
    yield made
    made.close()


def is_end(_job: int, event: Event) -> bool:
    return isinstance(event, ENDS)


def is_started(_job: int, event: Event) -> bool:
    return isinstance(event, ClipStarted)


def test_a_job_is_told_from_its_start_to_its_end(qtbot, link, workers):
    seen = []
    link.reported.connect(lambda job, event: seen.append((job, type(event))))
    with qtbot.waitSignals([link.ready, link.reported], check_params_cbs=[lambda d: d == "cpu", is_end]):
        assert link.start_job(generate) == 1
    assert seen == [(1, JobStarted), (1, ClipStarted), (1, JobDone)]
    assert not link.busy


def test_one_process_serves_many_jobs(qtbot, link, workers):
    for job in (1, 2):
        with qtbot.waitSignal(link.reported, check_params_cb=is_end):
            assert link.start_job(generate) == job
    assert len(workers.made) == 1


def test_the_next_job_may_start_in_the_slot_of_the_last_ones_end(qtbot, link):
    def go_on(job: int, event: Event) -> None:
        if job == 1 and isinstance(event, JobDone):
            link.start_job(generate)

    link.reported.connect(go_on)
    with qtbot.waitSignal(link.reported, check_params_cb=lambda job, event: job == 2 and is_end(job, event)):
        link.start_job(generate)


def test_one_job_at_a_time(qtbot, link, workers):
    workers.script = Stuck(workers)
    link.start_job(generate)
    with pytest.raises(RuntimeError, match="still current"):
        link.start_job(generate)


def test_cancel_reaches_the_worker(qtbot, link, workers):
    workers.script = Stuck(workers)
    with qtbot.waitSignal(link.reported, check_params_cb=is_started):
        link.start_job(generate)
    with qtbot.waitSignal(link.reported, check_params_cb=is_end) as end:
        link.cancel()
    assert end.args == [1, JobCancelled()]
    assert workers.last.sent[-1] == Cancel(1)
    assert not workers.last.killed


def test_a_worker_that_does_not_answer_cancel_is_replaced_within_a_second(qtbot, link, workers):
    workers.script, workers.deaf = Stuck(workers), True
    with qtbot.waitSignal(link.reported, check_params_cb=is_started):
        link.start_job(generate)
    with qtbot.waitSignal(link.reported, check_params_cb=is_end, timeout=1000) as end:
        link.cancel()
    assert end.args == [1, JobCancelled()]
    assert [made.killed for made in workers.made] == [True, False]
    workers.made[1]._script = quick
    with qtbot.waitSignal(link.reported, check_params_cb=is_end) as end:
        link.start_job(generate)
    assert end.args == [2, JobDone()]


def test_death_in_mid_job_fails_the_job_and_the_next_one_gets_a_new_process(qtbot, link, workers):
    workers.script = Stuck(workers)
    with qtbot.waitSignal(link.reported, check_params_cb=is_started):
        link.start_job(generate)
    lost = []
    link.lost.connect(lost.append)
    with qtbot.waitSignal(link.reported, check_params_cb=is_end) as end:
        workers.last.die()
    failed = end.args[1]
    assert lost == ["The worker process died."]
    assert isinstance(failed, JobFailed)
    assert "Try again" in failed.remedy
    workers.script = quick
    with qtbot.waitSignal(link.reported, check_params_cb=is_end) as end:
        link.start_job(generate)
    assert end.args == [2, JobDone()]
    assert len(workers.made) == 2


def test_death_at_rest_is_told_and_fails_nothing(qtbot, link, workers):
    with qtbot.waitSignal(link.ready):
        link.warm_up()
    with qtbot.assertNotEmitted(link.reported), qtbot.waitSignal(link.lost):
        workers.last.die()


def test_a_worker_that_is_gone_when_a_job_comes_fails_that_job(qtbot, link, workers):
    with qtbot.waitSignal(link.ready):
        link.warm_up()
    workers.last._gone.set()
    with qtbot.waitSignal(link.reported, check_params_cb=is_end) as end:
        link.start_job(generate)
        workers.last.die()
    assert isinstance(end.args[1], JobFailed)


def test_events_of_a_process_that_was_dropped_are_dropped(qtbot, link, workers):
    workers.script, workers.deaf = Stuck(workers), True
    with qtbot.waitSignal(link.reported, check_params_cb=is_started):
        link.start_job(generate)
    old = link._wire
    link._on_patience_lost()
    with qtbot.assertNotEmitted(link.reported):
        from f2v_core.messages import Report

        link._on_arrived(old, Report(1, ClipStarted("linear", 3)))
        link._on_arrived(link._wire, Report(7, ClipStarted("linear", 3)))


def test_close_and_cancel_without_a_job_do_nothing(qtbot, workers):
    link = WorkerLink(workers)
    link.cancel()
    link.close()
    link.warm_up()
    link.close()
    link.close()
    assert len(workers.made) == 1
