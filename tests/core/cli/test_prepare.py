import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from f2v_core.cli import events_output
from f2v_core.cli.main import main
from f2v_core.config import PrepareConfig
from f2v_core.data import prepare as preparing
from f2v_core.data.dataset import open_dataset
from f2v_core.data.engines.engine import Engine, LocalEngine
from f2v_core.messages import DatasetReady, Notice, PrepareEvent, StageProgress

Script = Callable[[PrepareConfig, Path], Iterator[PrepareEvent]]
SCENES = (
    "prepare",
    "--scenes",
    "erupting",
    "--count",
    "4",
    "--seconds",
    "0.4",
    "--size",
    "16",
    "--workers",
    "0",
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[PrepareConfig, Path, Engine]]:
    """What the command asked to prepare; nothing is done."""
    calls = []

    def prepare(config: PrepareConfig, folder: Path, engine: Engine) -> Iterator[PrepareEvent]:
        calls.append((config, folder, engine))
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(preparing, "prepare", prepare)
    return calls


def test_scenes_become_a_dataset_and_its_figures_are_told(tmp_path, capsys):
    out = tmp_path / "scenes"
    assert main([*SCENES, "-o", str(out)]) == 0
    said = capsys.readouterr().out
    assert "Cutting clips: 4" in said
    assert f"Dataset: {out}" in said
    assert "4 videos, 0 rejected, 0 duplicates dropped" in said
    assert open_dataset(out).info["sha256"] in said


def test_again_says_that_it_is_complete(tmp_path, capsys):
    main([*SCENES, "-o", str(tmp_path / "scenes")])
    assert main([*SCENES, "-o", str(tmp_path / "scenes")]) == 0
    assert "complete already" in capsys.readouterr().out


def test_the_words_become_settings(asked, tmp_path, capsys):
    words = "--seconds 2 --fps 12 --size 96 --crop full --categories a,b --room --workers 3"
    assert main(["prepare", str(tmp_path), "-o", "out", *words.split()]) == 130
    ((config, folder, engine),) = asked
    assert config == PrepareConfig(
        videos=str(tmp_path.resolve()),
        seconds=2.0,
        fps=12.0,
        size=96,
        crop="full",
        categories="a,b",
        room=True,
    )
    assert folder == Path("out")
    assert isinstance(engine, LocalEngine)
    assert engine.workers == 3
    assert "the same command goes on" in capsys.readouterr().err


def test_the_posters_recipe_is_a_word(asked, tmp_path):
    main(["prepare", str(tmp_path), "-o", "out", "--recipe", "poster"])
    ((config, _, _),) = asked
    assert (config.sampling, config.crop, config.frames, config.size) == ("poster", "stretch", 30, 64)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("prepare -o out", "either from a folder of videos or from scenes"),
        ("prepare nowhere -o out", "nowhere"),
        ("prepare . -o out --size 4", "size is 4"),
        ("prepare . -o out --workers -1", "-1 workers"),
        ("prepare . -o out --address host:1", "for a cluster only"),
    ],
)
def test_what_cannot_be_is_one_line(words, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(words.split()) != 0
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line
    assert not (tmp_path / "out").exists()


def show_all(*events: PrepareEvent) -> None:
    with events_output.event_display() as show:
        for event in events:
            show(event)


def test_a_long_stage_says_where_it_is_now_and_then(monkeypatch, capsys):
    clock = iter(range(0, 1000, 6))
    monkeypatch.setattr(events_output, "monotonic", lambda: next(clock))
    cutting = [StageProgress("Cutting clips", n, 4, 2.0, (4 - n) / 2) for n in range(5)]
    show_all(StageProgress("Scanning", 7, 0, 3.0, float("inf")), *cutting, cutting[-1], DatasetReady("d"))
    assert capsys.readouterr().out.splitlines() == [
        "Cutting clips: 0/4  2.00/s, 0:02 left",
        "Cutting clips: 2/4  2.00/s, 0:01 left",
        "Cutting clips: 4",
        "Dataset: d",
    ]


def test_a_stage_of_unknown_length_counts_on_its_bar(monkeypatch, capsys):
    monkeypatch.setattr(events_output.sys.stderr, "isatty", lambda: True, raising=False)
    show_all(StageProgress("Scanning", 71, 0, 3.0, float("inf")), Notice("a word"), DatasetReady("d"))
    said = capsys.readouterr().err
    for word in ("Scanning", "71", "3.00/s", "a word", "Dataset: d"):
        assert word in said


def test_ctrl_c_stops_and_the_same_command_goes_on(start, tmp_path):
    words = ("prepare", "--scenes", "erupting", "--count", "600", "--size", "16", "-o", str(tmp_path / "out"))
    process = start(*words, "--workers", "1")
    while not list((tmp_path / "out").glob("shards/*.tar")):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.strip() == "f2v: stopped; what is finished is kept: the same command goes on from there"
    assert not (tmp_path / "out" / "dataset.json").exists()
