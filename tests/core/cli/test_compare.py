"""f2v compare: a labelled grid, with or without a real video to measure against."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from f2v_core.cli import compare
from f2v_core.cli.main import main
from f2v_core.evaluation.metrics import l2_distance
from f2v_core.frames import Clip, Frame
from f2v_core.media import sheet
from f2v_core.media.export import export_clip
from f2v_core.media.videos import probe_video


class Grid:
    """Stands before `media.sheet.grid_frames` and remembers what it is given."""

    def __init__(self) -> None:
        self.clips: list[Clip] = []
        self.labels: list[str] = []
        self._real = sheet.grid_frames

    def __call__(self, clips: Sequence[Clip], labels: Sequence[str]) -> Iterator[Frame]:
        self.clips, self.labels = list(clips), list(labels)
        return self._real(clips, labels)


@pytest.fixture
def grid(monkeypatch: pytest.MonkeyPatch) -> Grid:
    made = Grid()
    monkeypatch.setattr(sheet, "grid_frames", made)
    return made


@pytest.fixture
def video(tmp_path: Path) -> tuple[Path, np.ndarray]:
    """A lossless video of 11 random frames at 5 fps, and its frames."""
    frames = np.random.default_rng(1).integers(0, 256, (11, 24, 32, 3), np.uint8)
    path = tmp_path / "truth.mkv"
    list(export_clip(iter(frames), len(frames), 5.0, path))
    return path, frames


def test_each_generator_gets_a_labelled_pane(pictures: tuple[str, str], tmp_path: Path, grid: Grid):
    out = tmp_path / "out.mp4"
    assert main(["compare", *pictures, "-o", str(out), "--models", "linear, flow", "--frames", "4"]) == 0
    assert grid.labels == ["Linear", "Optical flow"]
    assert [len(clip) for clip in grid.clips] == [4, 4]
    assert probe_video(out).frames == 4


def test_a_truth_gives_the_pair_and_the_figures(video, tmp_path: Path, grid: Grid, capsys):
    path, frames = video
    words = ["--models", "linear,flow", "--frames", "11"]
    assert main(["compare", "-o", str(tmp_path / "out.mp4"), "--truth", str(path), *words]) == 0
    linear, flow, truth = grid.clips
    assert np.array_equal(truth.frames, frames)
    for clip in (linear, flow):
        assert np.array_equal(clip.frames[[0, -1]], frames[[0, -1]])
    assert grid.labels[0] == f"Linear  L2 {l2_distance(linear.frames, frames):.1f}"
    assert grid.labels[1] == f"Optical flow  L2 {l2_distance(flow.frames, frames):.1f}"
    assert grid.labels[2] == "Truth"
    assert capsys.readouterr().out.splitlines()[:2] == grid.labels[:2]


def test_a_truth_decides_the_length_unless_the_user_does(video, tmp_path: Path, grid: Grid):
    words = ["compare", "--truth", str(video[0]), "--models", "linear", "--fps", "10", "-o"]
    assert main([*words, str(tmp_path / "a.mp4")]) == 0
    assert len(grid.clips[0]) == 22
    assert main([*words, str(tmp_path / "b.mp4"), "--seconds", "0.5"]) == 0
    assert len(grid.clips[0]) == 5


def test_a_truth_takes_the_users_size(video, tmp_path: Path, grid: Grid):
    words = ["--truth", str(video[0]), "--models", "linear", "--size", "16x16", "--frames", "3"]
    assert main(["compare", "-o", str(tmp_path / "out.mp4"), *words]) == 0
    assert [clip.size for clip in grid.clips] == [(16, 16), (16, 16)]


def test_images_beside_a_truth_are_said_to_be_unused(video, pictures, tmp_path: Path, grid: Grid, capsys):
    words = ["--truth", str(video[0]), "--models", "linear", "--frames", "2"]
    assert main(["compare", *pictures, "-o", str(tmp_path / "out.mp4"), *words]) == 0
    assert "FIRST and LAST are not used" in capsys.readouterr().err
    assert np.array_equal(grid.clips[0].frames[0], video[1][0])


@pytest.mark.parametrize("images", [[], ["first.png"]])
def test_without_a_pair_it_is_wrong_usage(images: list[str], tmp_path: Path, capsys):
    assert main(["compare", *images, "-o", str(tmp_path / "out.mp4")]) == 2
    assert "FIRST and LAST" in capsys.readouterr().err


def test_naming_no_model_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["compare", "a", "b", "-o", "out.mp4", "--models", ", ,"])
    assert caught.value.code == 2
    assert "names no model" in capsys.readouterr().err


def test_what_would_not_fit_into_memory_is_refused_before_any_work(
    pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    monkeypatch.setattr(compare, "MOST_BYTES", 100_000)
    assert main(["compare", *pictures, "-o", str(tmp_path / "out.mp4"), "--models", "linear,flow"]) == 2
    assert "2 clips of 30 frames of 32x24" in capsys.readouterr().err


def test_a_truth_that_would_not_fit_is_refused_before_it_is_read(
    video, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    monkeypatch.setattr(compare, "MOST_BYTES", 50_000)
    words = ["--truth", str(video[0]), "--models", "linear", "--frames", "11"]
    assert main(["compare", "-o", str(tmp_path / "out.mp4"), *words]) == 2
    assert "2 clips of 11 frames of 32x24" in capsys.readouterr().err


def test_the_target_is_checked_first(tmp_path: Path, capsys):
    assert main(["compare", "no.png", "no.png", "-o", str(tmp_path / "out.xyz")]) == 2
    assert "no.png" not in capsys.readouterr().err
