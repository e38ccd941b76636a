"""Means since the last report, and the pace since the start."""

import pytest
import torch

from f2v_core.training import progress
from f2v_core.training.progress import Progress


def test_means_start_anew_after_each_report():
    counted = Progress(0)
    for value in (1.0, 3.0):
        counted.add({"loss": torch.tensor(value)})
    assert counted.means() == {"loss": 2.0}
    counted.add({"loss": torch.tensor(7.0)})
    assert counted.means() == {"loss": 7.0}


def test_the_rate_counts_the_steps_of_this_session_only(monkeypatch):
    clock = iter((100.0, 104.0, 104.0))
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    resumed = Progress(500)
    assert resumed.elapsed() == 4.0
    assert resumed.rate(510) == pytest.approx(2.5)


def test_a_processor_is_read_whenever_that_is_due():
    counted = Progress(0)
    for _ in range(3):
        counted.add({"loss": torch.ones(())})
        assert counted.may_read(last=False)
        counted.means()


def test_a_gpu_is_read_ten_times_a_second_and_at_the_end(monkeypatch):
    now = [50.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    monkeypatch.setattr(torch.Tensor, "is_cuda", True)
    counted = Progress(0)
    counted.add({"loss": torch.tensor(1.0)})
    assert counted.may_read(last=False)
    assert counted.means() == {"loss": 1.0}
    counted.add({"loss": torch.tensor(2.0)})
    now[0] += 0.05
    assert not counted.may_read(last=False)
    assert counted.may_read(last=True)
    counted.add({"loss": torch.tensor(4.0)})
    now[0] += 0.06
    assert counted.may_read(last=False)
    assert counted.means() == {"loss": 3.0}  # of all since the last report
