"""Progress of a scan, and what a sample of videos says."""

from math import inf

from f2v_core.data.scanning import survey
from f2v_core.data.scanning.survey import Sample, progress


def test_progress_comes_at_most_five_times_a_second_and_at_the_end(monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr(survey, "monotonic", lambda: next(clock) / 16)
    events = list(progress("Scanning", iter(range(1, 12)), 11))
    assert [event.done for event in events] == [4, 8, 11]
    assert {(event.stage, event.total) for event in events} == {("Scanning", 11)}


def test_without_a_total_or_a_count_there_is_no_end_in_sight():
    (event,) = progress("Scanning", iter([]))
    assert (event.done, event.total, event.eta_s) == (0, 0, inf)


def test_unreadable_videos_are_named_with_their_reason(tmp_path):
    (tmp_path / "x.mp4").write_text("no video")
    sample = Sample(tmp_path, ["x.mp4"])
    assert list(sample.read()) == [1]
    ((path, reason),) = sample.unreadable
    assert path == "x.mp4"
    assert "x.mp4" in reason
    assert not sample.seconds
