"""f2v generate: every kind of file, checks before work, nothing half-written."""

import signal
from pathlib import Path

import numpy as np
import pytest

from f2v_core.cli import output
from f2v_core.cli.main import main
from f2v_core.generators import registry
from f2v_core.media.images import read_image
from f2v_core.media.videos import probe_video, read_clip


@pytest.mark.parametrize("ending", [".mp4", ".webm", ".gif", ".webp", ".png", ".mkv"])
def test_every_ending_is_written(pictures: tuple[str, str], tmp_path: Path, ending: str, capsys):
    out = tmp_path / f"out{ending}"
    words = ["generate", *pictures, "-o", str(out), "--model", "linear", "--frames", "5", "--fps", "5"]
    assert main(words) == 0
    assert out.stat().st_size > 0
    assert capsys.readouterr().out == f"Wrote {out}: 5 frames, 1.00 s at 5 fps\n"


def test_a_lossless_file_ends_exactly_on_the_images(pictures: tuple[str, str], tmp_path: Path):
    out = tmp_path / "out.mkv"
    assert main(["generate", *pictures, "-o", str(out), "--model", "linear"]) == 0
    clip = read_clip(out, 30, 10.0)
    assert np.array_equal(clip.frames[0], read_image(Path(pictures[0])))
    assert clip.size == (32, 24)
    assert probe_video(out).frames == 30


def test_a_name_without_an_ending_is_a_folder_of_frames(pictures: tuple[str, str], tmp_path: Path):
    out = tmp_path / "frames"
    assert main(["generate", *pictures, "-o", str(out), "--model", "flow", "--frames", "3"]) == 0
    assert len(list(out.glob("*.png"))) == 3


def test_size_and_length_are_the_users(pictures: tuple[str, str], tmp_path: Path):
    out = tmp_path / "out.mkv"
    words = "--model linear --size 20x10 --fit stretch --seconds 0.5 --fps 8".split()
    assert main(["generate", *pictures, "-o", str(out), *words]) == 0
    info = probe_video(out)
    assert (info.size, info.frames, info.fps) == ((20, 10), 4, 8.0)


def test_the_seed_and_the_rest_reach_the_generator(pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[object] = []
    real = registry.create_generator

    def spy(*what: object) -> object:
        asked.append(what)
        return real("linear")

    monkeypatch.setattr(registry, "create_generator", spy)
    words = ["--model", "mine", "--variation", "0.5", "--detail", "0", "--device", "cpu", "--frames", "2"]
    assert main(["generate", *pictures, "-o", str(tmp_path / "a.mkv"), *words]) == 0
    assert main(["generate", *pictures, "-o", str(tmp_path / "b.mkv"), "--frames", "2"]) == 0
    assert asked == [("mine", "cpu", 0.5, 0.0), ("cvae", "auto", None, None)]


def test_what_exists_is_overwritten_only_by_force(pictures: tuple[str, str], tmp_path: Path, capsys):
    out = tmp_path / "out.mkv"
    out.write_text("precious")
    words = ["generate", *pictures, "-o", str(out), "--model", "linear"]
    assert main(words) == 1
    assert out.read_text() == "precious"
    assert "--force" in capsys.readouterr().err
    assert main([*words, "--force"]) == 0
    assert probe_video(out).frames == 30


@pytest.mark.parametrize(("out", "code"), [("out.xyz", 2), ("nowhere/out.mp4", 1)])
def test_the_target_is_checked_before_any_work(out: str, code: int, tmp_path: Path, capsys):
    assert main(["generate", "no.png", "no.png", "-o", str(tmp_path / out)]) == code
    assert "no.png" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["no.png", "no.png"], 1, "no.png does not exist"),
        (["FIRST", "LAST", "--model", "nope"], 1, "no model named nope"),
        (["FIRST", "LAST", "--frames", "1"], 2, "no room for both images"),
        (["FIRST", "LAST", "--fps", "0"], 2, "fps is 0.0"),
    ],
)
def test_what_is_wrong_is_one_line(pictures, tmp_path: Path, capsys, words: list[str], code: int, said: str):
    words = [{"FIRST": pictures[0], "LAST": pictures[1]}.get(word, word) for word in words]
    assert main(["generate", *words, "-o", str(tmp_path / "out.mp4")]) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out.mp4").exists()


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_is_130_and_leaves_nothing_half_written(
    pictures, tmp_path: Path, start, which: signal.Signals
):
    folder = tmp_path / "out"
    folder.mkdir()
    words = ["--model", "linear", "--seconds", "600", "--fps", "240", "--size", "640x480"]
    process = start("generate", *pictures, "-o", str(folder / "long.mp4"), *words)
    while not any(folder.iterdir()):  # until the first bytes are on their way
        assert process.poll() is None, process.stderr.read()
    process.send_signal(which)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, "f2v: stopped; nothing half-written is left\n")
    assert list(folder.iterdir()) == []


def test_a_terminal_gets_a_bar(pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr(output.sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["generate", *pictures, "-o", str(tmp_path / "out.mkv"), "--model", "linear"]) == 0
    said = capsys.readouterr().err
    assert "Linear" in said
    assert "30/30" in said
