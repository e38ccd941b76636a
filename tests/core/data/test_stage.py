from math import inf, isfinite

from f2v_core.data.stage import Stage


def test_a_stage_of_unknown_length_has_no_end_in_sight():
    stage = Stage("Scanning")
    stage.done = 12
    event = stage.progress()
    assert (event.stage, event.done, event.total, event.eta_s) == ("Scanning", 12, 0, inf)
    assert event.rate > 0


def test_what_was_done_before_does_not_count_for_the_pace():
    stage = Stage("Cutting", total=100, done=50)
    assert stage.progress().rate == 0
    assert stage.progress().eta_s == inf
    stage.done = 60
    event = stage.progress()
    assert isfinite(event.eta_s)
    assert abs(event.eta_s * event.rate - 40) < 1e-6
