import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from f2v_core.cli.main import main
from f2v_core.config import EvaluateConfig, TrainConfig
from f2v_core.evaluation import evaluate as evaluating
from f2v_core.evaluation.report import read_report, write_report
from f2v_core.library import ModelCard, user_folder, write_card
from f2v_core.messages import EvaluateEvent, EvaluationReady, Notice, StageProgress
from tests.core.evaluation.made_rows import made_report
from tests.datasets import Take, moving_square, squares, write_dataset

Asked = list[tuple[EvaluateConfig, Path | None]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Asked:
    """What the command asked to evaluate; a made report comes of it."""
    calls: Asked = []

    def evaluate(config: EvaluateConfig, folder: Path | None) -> Iterator[EvaluateEvent]:
        calls.append((config, folder))
        place = folder or tmp_path / "report"
        place.mkdir()
        yield StageProgress("Measuring linear", 4, 4, 1.0, 0.0)
        yield Notice("a word")
        write_report(place, made_report())
        yield EvaluationReady(str(place))

    monkeypatch.setattr(evaluating, "evaluate", evaluate)
    return calls


def test_the_words_become_settings_and_the_table_is_told(asked, tmp_path, capsys):
    words = "--split val --clips 9 --models a,b --draws 4 --classifier-seeds 1 --seed 2 --device cpu"
    assert main(["evaluate", "--data", "d", *words.split()]) == 0
    config = EvaluateConfig("d", "val", 9, ("a", "b"), 4, 1, 2, "cpu")
    assert asked == [(config, None)]
    said = capsys.readouterr().out
    for word in ("Measuring linear: 4", "a word", f"Report: {tmp_path / 'report'}", "linear", "cvae"):
        assert word in said


@pytest.mark.parametrize(
    ("words", "models"),
    [
        (["--models", "a, b,", "--models", "c"], ("a", "b", "c")),
        (["--models", "mine, the second", "--models", "c"], ("mine, the second", "c")),
        (["--models", "runs/x,y"], ("runs/x,y",)),
        ([], ()),
    ],
)
def test_models_have_commas_between_or_in_their_names(asked, words, models, tmp_path, monkeypatch):
    folder = user_folder() / "mine, the second"
    folder.mkdir(parents=True)
    (folder / "weights.safetensors").write_bytes(b"")
    write_card(folder, ModelCard(folder.name, TrainConfig(), "2026-11-23", 0.0))
    (tmp_path / "runs" / "x,y").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert main(["evaluate", "--data", "d", *words]) == 0
    assert asked[0][0].models == models


def test_each_format_has_its_file(asked, tmp_path, capsys):
    files = {name: tmp_path / f"out.{name}" for name in ("json", "csv", "html")}
    words = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    assert main(["evaluate", "--data", "d", "--report", str(tmp_path / "mine"), *words]) == 0
    assert asked[0][1] == tmp_path / "mine"
    assert json.loads(files["json"].read_text())["dataset"] == "room"
    assert [line.split(",")[0] for line in files["csv"].read_text().splitlines()] == [
        "model",
        "linear",
        "cvae",
    ]
    assert "<html" in files["html"].read_text(encoding="utf-8")
    assert f"Wrote {files['html']}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "needs --data"),
        ("--data d --json there.json", "there.json exists already"),
        ("--data d --csv . --force", "exists already"),
        ("--data d --html nowhere/a.html", "no folder nowhere"),
        ("--data d --draws 0", "draws is 0"),
    ],
)
def test_what_cannot_be_is_one_line_before_the_work(asked, words, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("there.json").write_text("")
    assert main(["evaluate", *words.split()]) != 0
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line
    assert asked == []


def test_files_are_overwritten_when_asked(asked, tmp_path):
    (tmp_path / "there.csv").write_text("")
    assert main(["evaluate", "--data", "d", "--csv", str(tmp_path / "there.csv"), "--force"]) == 0
    assert (tmp_path / "there.csv").stat().st_size > 0


def test_a_file_that_cannot_be_written_is_told(asked, tmp_path, capsys):
    long = tmp_path / ("x" * 250 + ".csv")  # the temporary name beside it is too long
    assert main(["evaluate", "--data", "d", "--csv", str(long)]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert read_report(tmp_path / "report").clips == 4


def test_it_works_on_a_real_dataset(tmp_path, capsys):
    write_dataset(tmp_path / "d", squares(train=1, val=2))
    words = ("--split", "val", "--models", "linear", "--classifier-seeds", "0")
    assert main(["evaluate", "--data", str(tmp_path / "d"), "--report", str(tmp_path / "r"), *words]) == 0
    report = read_report(tmp_path / "r")
    assert (report.row("linear").ratio.value, report.clips, report.videos) == (1.0, 2, 2)
    assert "hold" in capsys.readouterr().out


def test_ctrl_c_leaves_no_report(start, tmp_path):
    takes = [Take(moving_square(n), f"{n}.mp4", "val") for n in range(60)]
    write_dataset(tmp_path / "d", takes)
    words = ("--data", str(tmp_path / "d"), "--split", "val", "--report", str(tmp_path / "r"))
    process = start("evaluate", *words, "--models", "linear")
    assert process.stdout.readline().startswith("Reading clips")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.strip() == "f2v: stopped; finished figures are kept: the same command goes on from there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d"]
