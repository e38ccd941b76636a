"""What a training says on the way: lines, or bars on a terminal."""

from pathlib import Path

import pytest

from f2v_core.cli import events_output
from f2v_core.cli.main import main
from f2v_core.messages import Notice, StageProgress
from f2v_core.train_messages import CheckpointSaved, SampleSaved, TrainEvent, TrainProgress
from tests.core.cli.played import Trainer

EVENTS: list[TrainEvent] = [
    StageProgress("Reading videos", 1, 2, 4.0, 0.25),
    StageProgress("Reading videos", 2, 2, 4.0, 0.0),
    Notice("skipped a.mp4"),
    TrainProgress(10, 3000, {"loss": 0.123456, "kl": 3.0}, 2.5, 4000.0, 4.0),
    TrainProgress(20, 3000, {"loss": 0.1}, 0.0, float("inf"), 4.0),
    SampleSaved(20, 0.75),
    CheckpointSaved(20, "runs/x/checkpoints/step-00000020"),
]


def test_off_a_terminal_each_report_is_a_line(
    fake: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    fake.script = lambda _run, _inbox: iter(EVENTS)
    main(["train", "--data", "v", "--run", str(tmp_path / "run")])
    assert capsys.readouterr().out.splitlines()[1:7] == [
        "Reading videos: 2",
        "skipped a.mp4",
        "step 10/3000  loss 0.1235  kl 3  2.50/s, 1:06:40 left",
        "step 20/3000  loss 0.1  0.00/s",
        "step 20: samples at 0.7500 of linear interpolation's distance",
        "step 20: saved runs/x/checkpoints/step-00000020",
    ]


def test_on_a_terminal_there_are_bars(
    fake: Trainer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    fake.script = lambda _run, _inbox: iter(EVENTS)
    monkeypatch.setattr(events_output.sys.stderr, "isatty", lambda: True, raising=False)
    main(["train", "--data", "v", "--run", str(tmp_path / "run")])
    said = capsys.readouterr().err
    for word in (
        "Reading videos",
        "2/2",
        "Training",
        "20/3000",
        "skipped a.mp4",
        "Samples of step 20",
        "Saved step 20",
    ):
        assert word in said
