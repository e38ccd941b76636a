"""The table of losses: it grows by rows, and survives being cut off."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError
from f2v_core.runs import Run, append_history, create_run, truncate_history
from f2v_core.runs.history import read_history

NAMES = ("step", "loss", "kl")


def test_history_grows_by_rows(run: Run):
    assert read_history(run) == {}
    append_history(run, NAMES, {"step": 10, "loss": 0.123456789, "kl": 3})
    append_history(run, NAMES, {"step": 12_345_678, "loss": math.nan})
    history = read_history(run)
    assert history["step"] == [10.0, 12_345_678.0]
    assert history["loss"][0] == pytest.approx(0.123457)
    assert math.isnan(history["loss"][1])
    assert math.isnan(history["kl"][1])


def test_a_row_that_is_being_written_is_left_out(run: Run):
    append_history(run, NAMES, {"step": 10, "loss": 1, "kl": 1})
    with run.history_file.open("a") as file:
        file.write("20,0.")
    assert read_history(run)["step"] == [10.0]


def test_resuming_drops_later_rows_and_the_torn_one(run: Run):
    for step in (10, 20, 30):
        append_history(run, NAMES, {"step": step, "loss": 1.5, "kl": 1})
    with run.history_file.open("a") as file:
        file.write("1")
    truncate_history(run, 20)
    append_history(run, NAMES, {"step": 21, "loss": 2, "kl": 1})
    assert read_history(run)["step"] == [10.0, 20.0, 21.0]


@pytest.mark.parametrize("torn", [None, "", "step,lo"])
def test_resuming_starts_the_table_again_when_it_has_no_whole_line(run: Run, torn: str | None):
    if torn is not None:
        run.history_file.write_text(torn)
    truncate_history(run, 0)
    append_history(run, NAMES, {"step": 1, "loss": 2, "kl": 3})
    assert read_history(run) == {"step": [1.0], "loss": [2.0], "kl": [3.0]}


@given(st.floats(allow_nan=False, allow_infinity=True))
def test_any_loss_is_read_back_to_six_digits(tmp_path_factory: pytest.TempPathFactory, loss: float):
    run = Run(tmp_path_factory.mktemp("run"), TrainConfig())
    append_history(run, NAMES, {"step": 1, "loss": loss})
    assert read_history(run)["loss"][0] == pytest.approx(loss, rel=1e-5, abs=0)


def test_a_history_that_cannot_be_written_is_an_error_in_words(tmp_path):
    run = create_run(tmp_path / "run", TrainConfig())
    run.history_file.mkdir()
    with pytest.raises(RunError, match=r"history\.csv cannot be written"):
        append_history(run, ("step",), {"step": 1})


def test_a_loss_that_is_new_gets_a_column(run: Run):
    append_history(run, NAMES, {"step": 1, "loss": 2, "kl": 3})
    append_history(run, (*NAMES, "ends"), {"step": 2, "loss": 2, "kl": 3, "ends": 4})
    history = read_history(run)
    assert history["step"] == [1.0, 2.0]
    assert math.isnan(history["ends"][0])
    assert history["ends"][1] == 4.0


def test_rows_that_a_power_cut_damaged_are_dropped(run: Run):
    append_history(run, NAMES, {"step": 1, "loss": 2, "kl": 3})
    with run.history_file.open("ab") as file:
        file.write(b"\0\0\0\xff\n5,6,7,8\n2,x,3\n")
    assert math.isnan(read_history(run)["loss"][-1])
    truncate_history(run, 9)
    assert read_history(run)["step"] == [1.0, 2.0]


def test_a_history_that_cannot_be_cut_is_an_error_in_words(run: Run, monkeypatch: pytest.MonkeyPatch):
    append_history(run, NAMES, {"step": 1, "loss": 2, "kl": 3})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("f2v_core.runs.history._write", full)
    with pytest.raises(RunError, match=r"history\.csv cannot be written: No space left"):
        truncate_history(run, 0)
