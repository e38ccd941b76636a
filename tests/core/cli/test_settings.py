"""f2v settings, and the export's options of f2v generate."""

import json
from pathlib import Path

import numpy as np

from f2v_core.cli.main import main
from f2v_core.media.images import read_image
from f2v_core.media.videos import probe_video


def made(pictures: tuple[str, str], out: Path, *words: str) -> int:
    return main(["generate", *pictures, "-o", str(out), "--model", "linear", "--frames", "6", *words])


def test_a_file_tells_how_it_was_made(pictures: tuple[str, str], tmp_path: Path, capsys):
    out = tmp_path / "out.gif"
    assert made(pictures, out, "--seed", "7", "--fps", "5") == 0
    capsys.readouterr()
    assert main(["settings", str(out)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["pair"] == list(pictures)
    assert (told["models"], told["generate"]["seed"], told["generate"]["fps"]) == (["linear"], 7, 5.0)


def test_a_file_of_others_is_refused(pictures: tuple[str, str], capsys):
    assert main(["settings", pictures[0]]) == 1
    assert "says nothing of how it was made" in capsys.readouterr().err


def test_a_comparison_tells_it_too(pictures: tuple[str, str], tmp_path: Path, capsys):
    out = tmp_path / "out.webp"
    assert main(["compare", *pictures, "-o", str(out), "--models", "linear,flow", "--frames", "3"]) == 0
    capsys.readouterr()
    assert main(["settings", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["models"] == ["linear", "flow"]


def test_range_repeats_rate_and_size(pictures: tuple[str, str], tmp_path: Path, capsys):
    out = tmp_path / "out.mkv"
    words = "--from-frame 2 --to-frame 4 --ping-pong --plays 2 --longest 16 --preset x264rgb".split()
    assert made(pictures, out, *words) == 0
    info = probe_video(out)
    assert (info.frames, max(info.size)) == (8, 16)
    assert "8 frames" in capsys.readouterr().out


def test_a_single_frame(pictures: tuple[str, str], tmp_path: Path):
    out = tmp_path / "begin.png"
    assert made(pictures, out, "--preset", "frame") == 0
    assert np.array_equal(read_image(out), read_image(Path(pictures[0])))


def test_what_cannot_be_is_told_before_any_work(pictures: tuple[str, str], tmp_path: Path, capsys):
    assert made(pictures, tmp_path / "a.gif", "--from-frame", "9") == 2
    assert made(pictures, tmp_path / "a.gif", "--preset", "mp4") == 2
    assert "It has frames 1 to 6" in capsys.readouterr().err
    assert list(tmp_path.glob("*.gif")) == []
