from threading import Event as Flag

import pytest
from PySide6.QtCore import QCoreApplication

from f2v_app.widgets.current_task import CurrentTask
from f2v_core.errors import DataError


@pytest.fixture
def current():
    made = CurrentTask()
    yield made
    made.close()


def told(current):
    heard = []
    for name in ("progressed", "done", "cancelled", "failed"):
        getattr(current, name).connect(lambda *args, name=name: heard.append((name, *args)))
    return heard


def test_it_tells_what_the_work_does(qtbot, current):
    heard = told(current)
    with qtbot.waitSignal(current.done):
        current.start(lambda: (number for number in (1, 2)))
        assert current.running
    assert heard == [("progressed", 1), ("progressed", 2), ("done",)]
    assert not current.running


def test_it_tells_a_failure(qtbot, current):
    def work():
        yield 1
        raise DataError("No.")

    with qtbot.waitSignal(current.failed) as failed:
        current.start(work)
    assert str(failed.args[0]) == "No."
    assert not current.running


def test_it_cancels(qtbot, current):
    go, closed = Flag(), Flag()

    def work():
        try:
            yield 1
            go.wait(5)
            yield 2
        finally:
            closed.set()

    with qtbot.waitSignal(current.progressed):
        current.start(work)
    with qtbot.waitSignal(current.cancelled):
        current.cancel()
        go.set()
    assert closed.is_set()
    current.cancel()  # nothing to cancel any more


def test_a_newer_work_silences_the_older(qtbot, current):
    go = Flag()

    def older():
        yield "old"
        go.wait(5)
        yield "late"

    with qtbot.waitSignal(current.progressed):
        current.start(older)
    heard = told(current)
    current.start(lambda: iter_of("new"))
    go.set()
    qtbot.waitUntil(lambda: ("done",) in heard and len(current._alive) == 0)
    assert heard == [("progressed", "new"), ("done",)]


def iter_of(*events):
    yield from events


def test_closing_waits_for_all(current):
    closed = []

    def work():
        try:
            yield 1
        finally:
            closed.append(True)

    current.start(work)
    heard = told(current)
    current.close()
    assert closed == [True]
    QCoreApplication.processEvents()
    assert heard == []
