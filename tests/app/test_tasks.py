import logging
from threading import Event

import pytest

from f2v_app.tasks import Task
from f2v_core.errors import ExportError


def test_events_arrive_in_order_and_then_the_end(qtbot):
    task, seen = Task(lambda: iter_of(1, 2, 3)), []
    task.progressed.connect(seen.append)
    with qtbot.waitSignal(task.done):
        task.start()
    assert seen == [1, 2, 3]
    task.wait()


def iter_of(*events):
    yield from events


def test_cancel_closes_the_iterator(qtbot):
    closed, go_on = Event(), Event()

    def work():
        try:
            while True:
                yield "working"
                go_on.wait(5)
        finally:
            closed.set()

    task = Task(work)
    with qtbot.waitSignal(task.progressed):
        task.start()
    with qtbot.waitSignal(task.cancelled):
        task.cancel()
        go_on.set()
    assert closed.is_set()
    task.wait()


def test_expected_errors_are_handed_on(qtbot):
    error = ExportError("Disk full.", "Free some space.")

    def work():
        yield 1
        raise error

    task = Task(work)
    with qtbot.waitSignal(task.failed) as failed:
        task.start()
    assert failed.args == [error]
    task.wait()


def test_bugs_become_a_message_and_a_log_entry(qtbot, caplog: pytest.LogCaptureFixture):
    def work():
        yield 1 / 0

    task = Task(work)
    with caplog.at_level(logging.CRITICAL + 1), qtbot.waitSignal(task.failed) as failed:
        task.start()
    assert "division by zero" in failed.args[0].message
    task.wait()


def test_a_task_that_never_started_can_be_waited_for(qtbot):
    Task(iter_of).wait()
