"""f2v train: flags to settings, runs made and resumed, Ctrl+C that keeps; with a scripted trainer."""

import json
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from f2v_core.cli import runs
from f2v_core.cli.main import main
from f2v_core.config import TrainConfig, train_preset
from f2v_core.errors import DataError, RunError
from f2v_core.messages import Notice, StageProgress
from f2v_core.runs import Run, claim_run, create_run, open_run, runs_folder
from f2v_core.runs.requests import send_request
from f2v_core.runs.state import HOST, RunState, read_state, write_state
from f2v_core.train_messages import StepDone, TrainEvent
from f2v_core.training.inbox import Inbox
from tests.core.cli.played import Script, Trainer
from tests.datasets import squares, write_dataset


def config_of(fake: Trainer) -> TrainConfig:
    return fake.calls[-1].config


def test_without_flags_it_is_the_preset(fake: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    run = tmp_path / "run"
    assert main(["train", "--data", "videos", "--run", str(run)]) == 0
    assert config_of(fake) == train_preset("cvae", "motion", data=str(Path("videos").absolute()))
    said = capsys.readouterr().out
    assert f"Run: {run}" in said
    assert f"f2v models add {run} --name NAME" in said


def test_model_and_architecture_choose_the_preset(fake: Trainer, tmp_path: Path):
    words = "train --data v --model cgan --architecture poster --batch 3 --run".split()
    assert main([*words, str(tmp_path / "run")]) == 0
    assert config_of(fake) == train_preset("cgan", "poster", data=str(Path("v").absolute()), batch=3)


def test_a_scale_brings_its_own_settings(fake: Trainer, tmp_path: Path):
    words = "train --data v --architecture recurrent --scale L --batch 3 --run".split()
    assert main([*words, str(tmp_path / "run")]) == 0
    assert config_of(fake) == train_preset("cvae", "recurrent", "L", data=str(Path("v").absolute()), batch=3)


def test_a_resumed_run_keeps_its_scale(fake: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    run = create_run(tmp_path / "run", train_preset("cvae", "motion"))
    assert main(["train", "--resume", "--run", str(run.folder), "--scale", "M"]) == 2
    assert "--scale cannot change in a run that is resumed" in capsys.readouterr().err
    assert not fake.calls


@pytest.mark.parametrize("each", TrainConfig.knobs(), ids=lambda each: each.name)
def test_every_knob_has_a_flag(fake: Trainer, tmp_path: Path, each):
    flag, other = "--" + each.name.replace("_", "-"), None
    if each.kind is bool:
        words, other = ["--no-" + flag[2:]], False
    else:
        other = each.choices[-1] if each.choices else "/videos" if each.kind is str else each.kind(each.high)
        words = [flag, str(other)]
    assert main(["train", "--data", "videos", *words, "--run", str(tmp_path / "run")]) == 0
    assert getattr(config_of(fake), each.name) == other


def test_a_run_without_a_name_gets_one(fake: Trainer):
    assert main(["train", "--data", "videos", "--model", "cgan"]) == 0
    (folder,) = runs_folder().iterdir()
    assert folder.name.startswith("cgan-motion-20")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["train"], "--data FOLDER"),
        (["train", "--data", "v", "--steps", "0"], "steps is 0"),
        (["train", "--resume"], "--resume needs --run DIR"),
    ],
)
def test_wrong_usage_is_2(words: list[str], said: str, capsys: pytest.CaptureFixture[str]):
    assert main(words) == 2
    assert said in capsys.readouterr().err


def test_resuming_goes_on_with_the_runs_own_settings(fake: Trainer, tmp_path: Path):
    config = TrainConfig(data="v", steps=50)
    create_run(tmp_path / "run", config)
    assert main(["train", "--run", str(tmp_path / "run"), "--resume"]) == 0
    assert config_of(fake) == config


def test_resuming_may_lengthen_the_run_and_remembers(fake: Trainer, tmp_path: Path):
    config = TrainConfig(data="v", steps=50)
    create_run(tmp_path / "run", config)
    assert main(["train", "--run", str(tmp_path / "run"), "--resume", "--steps", "90"]) == 0
    assert config_of(fake) == replace(config, steps=90) == open_run(tmp_path / "run").config


def test_resuming_refuses_what_would_be_another_run(
    fake: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    create_run(tmp_path / "run", TrainConfig(data="v", width=16))
    words = ["train", "--run", str(tmp_path / "run"), "--resume"]
    assert main([*words, "--width", "32", "--model", "cgan"]) == 2
    assert "--model, --width cannot change" in capsys.readouterr().err
    assert main([*words, "--width", "16"]) == 0


def test_a_run_that_fails_says_why_here_and_in_its_folder(
    fake: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    def script(_run: Run, _inbox: Inbox) -> Iterator[TrainEvent]:
        yield StageProgress("Reading", 1, 2, 1.0, 1.0)
        raise DataError("v has no video.", "Choose another.")

    fake.script = script
    assert main(["train", "--data", "v", "--run", str(tmp_path / "run")]) == 1
    assert capsys.readouterr().err == "f2v: v has no video. Choose another.\n"
    state = read_state(open_run(tmp_path / "run"))
    assert (state.phase, state.error) == ("failed", "v has no video.")


def pressing(times: int) -> Script:
    def script(_run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
        yield StepDone(1)
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        yield Notice("goes on")
        if not inbox.over:
            yield Notice("never reached")

    return script


def test_ctrl_c_stops_between_steps_and_keeps(
    fake: Trainer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    fake.script = pressing(1)
    before = signal.getsignal(signal.SIGINT)
    assert main(["train", "--data", "v", "--run", str(tmp_path / "my run")]) == 130
    said = capfd.readouterr()
    assert "goes on" in said.out
    assert "never reached" not in said.out
    assert "stopping and saving" in said.err
    assert f"f2v train --run '{tmp_path}/my run' --resume" in said.err
    assert open_run(tmp_path / "my run").checkpoints()
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_stops_at_once(fake: Trainer, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    fake.script = pressing(2)
    assert main(["train", "--data", "v", "--run", str(tmp_path / "run")]) == 130
    assert "goes on" not in capfd.readouterr().out


def test_ctrl_c_before_the_first_step_stops(fake: Trainer, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    def script(_run: Run, _inbox: Inbox) -> Iterator[TrainEvent]:
        yield Notice("begins")
        signal.raise_signal(signal.SIGINT)
        yield Notice("goes on")
        raise AssertionError

    fake.script = script
    assert main(["train", "--data", "v", "--run", str(tmp_path / "run")]) == 130
    assert "Stopped at step 7 of 4000" in capfd.readouterr().err
    assert read_state(open_run(tmp_path / "run")).phase == "stopped"


@pytest.mark.parametrize("kind", ["pause", "stop"])
def test_a_run_that_is_ended_from_elsewhere_says_how_to_go_on(
    fake: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
):
    def script(run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
        yield StepDone(1)
        send_request(run, kind)
        while not inbox.over:
            yield Notice("step")

    fake.script = script
    assert main(["train", "--data", "v", "--run", str(tmp_path / "run")]) == 0
    said = capsys.readouterr().err
    assert {"pause": "Paused", "stop": "Stopped"}[kind] + " at step 7 of 4000; go on with: " in said
    assert f"f2v train --run {tmp_path}/run --resume" in said


def test_a_run_that_is_discarded_from_elsewhere_is_gone(
    fake: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    def script(run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
        yield StepDone(1)
        send_request(run, "discard")
        while not inbox.over:
            yield Notice("step")

    fake.script = script
    assert main(["train", "--data", "v", "--run", str(tmp_path / "run")]) == 0
    assert f"Discarded: {tmp_path}/run" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_trained_already_is_refused_before_torch_is_loaded(
    fake: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    run = create_run(tmp_path / "run", TrainConfig(data="v"))
    with claim_run(run):
        write_state(run, RunState("training", host=HOST))
        assert main(["train", "--run", str(run.folder), "--resume"]) == 1
    assert "is being trained already" in capsys.readouterr().err
    assert not fake.calls


def test_in_the_background_it_says_how_to_steer_it(
    fake: Trainer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    started: list[Run] = []
    monkeypatch.setattr(runs, "start_training", started.append)
    assert main(["train", "--data", "v", "--background"]) == 0
    (run,) = started
    said = capsys.readouterr().out
    assert str(run.folder) in said
    for action in ("watch", "pause", "stop"):
        assert f"f2v runs {action} {run.folder.name}" in said
    assert not fake.calls


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (["--epochs", "3", "--batch", "4"], 5),
        (["--epochs", "3", "--batch", "4", "--source-clips", "1"], 5),
        (["--epochs", "2", "--batch", "2", "--model", "cgan", "--discriminator-steps", "3"], 2),
    ],
)
def test_epochs_are_steps_of_the_dataset(fake: Trainer, tmp_path: Path, words: list[str], steps: int):
    data = write_dataset(tmp_path / "set", squares(6, 1)).folder
    run = ["--run", str(tmp_path / "run")]
    assert main(["train", "--data", str(data), *words, *run]) == 0
    assert config_of(fake).steps == steps
    assert main(["train", "--resume", "--epochs", "9", *run]) == 0
    assert config_of(fake).steps > steps


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--epochs", "3"], "needs a prepared dataset"),
        (["--epochs", "0"], "--epochs is 0"),
        (["--epochs", "3", "--steps", "7"], "say the same thing"),
    ],
)
def test_epochs_that_mean_no_steps_are_wrong_usage(
    fake: Trainer, tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["train", "--data", str(tmp_path), *words, "--run", str(tmp_path / "run")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_run_json_holds_the_settings(fake: Trainer, tmp_path: Path):
    main(["train", "--data", "v", "--seed", "5", "--run", str(tmp_path / "run")])
    assert json.loads((tmp_path / "run" / "run.json").read_text())["config"]["seed"] == 5


def test_a_failure_with_an_offer_says_the_whole_command(
    fake: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    def script(_run: Run, _inbox: Inbox) -> Iterator[TrainEvent]:
        yield StepDone(1)
        raise RunError("The loss became nan.", "Resume lower.", {"learning_rate": 0.0005})

    fake.script = script
    run = tmp_path / "run"
    assert main(["train", "--data", "v", "--run", str(run)]) == 1
    command = f"f2v train --run {run} --resume --learning-rate 0.0005"
    assert command in capsys.readouterr().err
    fake.script = lambda _run, _inbox: iter(())
    assert main(command.split()[1:]) == 0
    assert config_of(fake).learning_rate == 0.0005
