from math import inf

import pytest
from PySide6.QtWidgets import QProgressBar

from f2v_app.widgets.job_bar import JobBar
from f2v_core.messages import JobCancelled, JobDone, JobFailed, StageProgress


class Clock:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def bar(qtbot, clock):
    made = JobBar(clock=clock)
    qtbot.addWidget(made)
    made.show()
    made.begin_stages()
    return made


def progress(bar):
    meter = bar.findChild(QProgressBar)
    return meter.value(), meter.maximum()


def test_it_only_moves_until_something_is_known(bar):
    assert bar._text.text() == "Starting the worker"
    assert progress(bar)[1] == 0
    bar.take(StageProgress("Fitting", 3, 0, 0.0, inf))
    assert bar._text.text() == "Fitting"
    assert progress(bar)[1] == 0
    assert bar._figures.text() == ""


def test_a_stage_is_told_as_it_goes(bar):
    bar.take(StageProgress("Measuring cvae", 12, 31, 2.0, 9.5))
    assert bar._text.text() == "Measuring cvae: 12 of 31"
    assert progress(bar) == (12, 31)
    assert bar._figures.text() == "9.5 s left"
    bar.take(StageProgress("Measuring cgan", 0, 31, 0.0, inf))
    assert bar._figures.text() == ""


def test_its_ends_are_told(bar, clock):
    clock.seconds = 12.0
    bar.take(JobDone())
    assert bar._text.text() == "Done in 12 s"
    assert not bar.findChild(QProgressBar).isVisible()
    bar.begin_stages()
    bar.take(JobCancelled())
    assert bar._text.text() == "Cancelled after 0.0 s"
    bar.begin_stages()
    bar.take(JobFailed("It broke.", "Mend it.", "Traceback"))
    assert bar._text.text() == "⚠ It broke. Mend it."
    assert bar._copy.isVisible()
