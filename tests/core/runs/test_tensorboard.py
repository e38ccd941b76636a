"""A run's losses come back from TensorBoard's files."""

import builtins
import struct
from pathlib import Path

import pytest
from tensorboardX.crc32c import crc32c
from tensorboardX.proto.event_pb2 import Event

from f2v_core.config import TrainConfig
from f2v_core.errors import ExportError, InputError
from f2v_core.runs import Run, append_history, create_run, truncate_history
from f2v_core.runs.events import RunEvent, write_event
from f2v_core.runs.tensorboard import export_scalars

NAMES = ("step", "generator", "ratio to linear", "seconds")
Scalars = dict[str, list[tuple[int, float, float]]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Ten steps, saved at the fifth, paused for an hour, resumed."""
    made = create_run(tmp_path / "mine", TrainConfig())
    told = (("started", 0, "10:00:00"), ("checkpoint", 5, "10:00:10"), ("resumed", 5, "11:00:00"))
    for kind, step, time in told:
        write_event(made, RunEvent(f"2026-11-24T{time}+00:00", step, kind))  # type: ignore[arg-type]
    for step in range(1, 11):
        row = {"step": step, "generator": 1 / step, "seconds": 2 * step}
        append_history(made, NAMES, row | ({"ratio to linear": 0.9} if step == 5 else {}))
    return made


def masked(data: bytes) -> int:
    """The checksum of the TFRecord format."""
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def scalars(folder: Path) -> Scalars:
    """Step, value and time of each scalar, by tag; checks that there is one file, and its checksums."""
    (file,) = folder.glob("events.out.tfevents.*")
    data, found = file.read_bytes(), Scalars()
    while data:
        (length,) = struct.unpack("<Q", data[:8])
        assert struct.unpack("<I", data[8:12])[0] == masked(data[:8])
        record, data = data[12 : 12 + length], data[12 + length :]
        assert struct.unpack("<I", data[:4])[0] == masked(record)
        data = data[4:]
        event = Event.FromString(record)
        for value in event.summary.value:
            found.setdefault(value.tag, []).append((event.step, value.simple_value, event.wall_time))
    return found


def export(run: Run, folder: Path) -> None:
    steps = export_scalars(run, folder)
    next(steps)
    steps.close()


def test_losses_ratio_and_speed_come_back(run: Run, tmp_path: Path):
    export(run, tmp_path / "board" / "mine")
    found = scalars(tmp_path / "board" / "mine")
    assert set(found) == {"loss/generator", "validation/ratio_to_linear", "speed/steps_per_second"}
    assert [each[0] for each in found["loss/generator"]] == list(range(1, 11))
    assert found["loss/generator"][3][1] == pytest.approx(0.25)
    assert [each[:1] for each in found["validation/ratio_to_linear"]] == [(5,)]
    assert {each[1] for each in found["speed/steps_per_second"]} == {0.5}


def test_times_follow_the_events_and_the_pauses(run: Run, tmp_path: Path):
    export(run, tmp_path / "board")
    times = [each[2] for each in scalars(tmp_path / "board")["loss/generator"]]
    assert times[3] - times[0] == pytest.approx(6)
    assert times[5] - times[3] == pytest.approx(3600 + 2 - 8)
    assert times == sorted(times)


def test_a_run_is_followed(run: Run, tmp_path: Path):
    steps = export_scalars(run, tmp_path / "board")
    assert len(next(steps).rows) == 10
    append_history(run, NAMES, {"step": 11, "generator": 0.5, "seconds": 22})
    assert len(next(steps).rows) == 1
    assert scalars(tmp_path / "board")["loss/generator"][-1][:2] == (11, 0.5)
    steps.close()


def test_a_run_that_goes_back_begins_its_file_anew(run: Run, tmp_path: Path):
    steps = export_scalars(run, tmp_path / "board")
    next(steps)
    truncate_history(run, 5)
    append_history(run, NAMES, {"step": 6, "generator": 7.0, "seconds": 12})
    next(steps)
    steps.close()
    found = scalars(tmp_path / "board")["loss/generator"]
    assert [each[0] for each in found] == [1, 2, 3, 4, 5, 6]
    assert found[-1][1] == 7.0


def test_an_earlier_export_is_made_anew_and_anything_else_left_alone(run: Run, tmp_path: Path):
    export(run, tmp_path / "board")
    export(run, tmp_path / "board")
    assert len(scalars(tmp_path / "board")["loss/generator"]) == 10
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "events.out.tfevents.1.host").write_bytes(b"of somebody else")
    with pytest.raises(ExportError, match="holds something else"):
        export(run, tmp_path / "other")
    assert (tmp_path / "other" / "events.out.tfevents.1.host").read_bytes() == b"of somebody else"


def test_a_run_without_a_history_makes_an_empty_board(tmp_path: Path):
    export(create_run(tmp_path / "new", TrainConfig()), tmp_path / "board")
    assert scalars(tmp_path / "board") == {}


def test_without_events_there_are_no_times(tmp_path: Path):
    run = create_run(tmp_path / "old", TrainConfig())
    append_history(run, NAMES, {"step": 1, "generator": 1.0, "seconds": 2})
    export(run, tmp_path / "board")
    assert len(scalars(tmp_path / "board")["loss/generator"]) == 1


def test_a_folder_that_cannot_be_written_is_named(run: Run, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "board"):
        with pytest.raises(ExportError, match="cannot be written"):
            export(run, folder)


def test_a_missing_library_is_named_with_its_remedy(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    real = builtins.__import__

    def without(name: str, *arguments: object) -> object:
        if name.startswith("tensorboardX"):
            raise ImportError(name)
        return real(name, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"f2v\[tensorboard\]"):
        export(run, tmp_path / "board")
    assert not (tmp_path / "board").exists()
