from f2v_app.widgets import machine_rate
from f2v_app.widgets.machine_rate import matrix_rate


def test_the_rate_is_that_of_the_best_try(monkeypatch) -> None:
    times = iter([9.0, 0.5, 0.25, 1.0, 2.0, 0.3])
    monkeypatch.setattr(machine_rate, "_seconds", lambda _one: next(times))
    assert matrix_rate() == 2 * machine_rate.SIDE**3 / 1e9 / 0.25


def test_any_machine_does_more_than_a_little() -> None:
    assert matrix_rate() > 0.1
