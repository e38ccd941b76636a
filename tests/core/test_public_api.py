"""What `from f2v_core import ...` gives: the README's examples, and nothing heavy on the way."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import f2v_core
from f2v_core import Clip, F2vError, FramePair, generate, load_pair
from f2v_core.errors import InputError, MediaError
from f2v_core.media.images import write_png


def frame(seed: int, height: int = 24, width: int = 32) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    write_png(tmp_path / "a.png", frame(1))
    write_png(tmp_path / "b.png", frame(2, 48, 48))
    return str(tmp_path / "a.png"), str(tmp_path / "b.png")


def test_it_offers_just_this():
    assert sorted(f2v_core.__all__) == ["Clip", "F2vError", "Frame", "FramePair", "generate", "load_pair"]
    assert (Path(f2v_core.__file__).parent / "py.typed").is_file()


def test_importing_it_loads_nothing_heavy():
    heavy = {"torch", "PySide6", "cv2", "av", "PIL", "safetensors", "appdirs", "rich"}
    code = f"import sys, f2v_core; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_pair_takes_the_first_images_size(files: tuple[str, str]):
    pair = load_pair(*files)
    assert pair.size == (32, 24)
    assert np.array_equal(pair.first, frame(1))


@pytest.mark.parametrize("fit", ["fill", "fit", "stretch"])
def test_a_pair_takes_the_size_asked_for(files: tuple[str, str], fit: str):
    assert load_pair(*files, size=(20, 10), fit=fit).size == (20, 10)


def test_a_missing_image_is_named(files: tuple[str, str]):
    with pytest.raises(MediaError, match="nowhere"):
        load_pair(files[0], "nowhere.png")
    assert issubclass(MediaError, F2vError)


@pytest.mark.parametrize("model", ["linear", "flow"])
def test_a_clip_ends_exactly_on_the_images(model: str):
    pair = FramePair(frame(1), frame(2))
    clip = generate(pair, model=model, frames=5, fps=4.0)
    assert isinstance(clip, Clip)
    assert (clip.frames.shape, clip.frames.dtype, clip.fps) == ((5, 24, 32, 3), np.uint8, 4.0)
    assert np.array_equal(clip.frames[0], pair.first)
    assert np.array_equal(clip.frames[-1], pair.last)


def test_a_clip_takes_the_size_asked_for():
    assert generate(FramePair(frame(1), frame(2)), "linear", 2, size=(16, 12)).size == (16, 12)


@pytest.mark.parametrize(
    "wrong",
    [
        {"frames": 1},
        {"fps": 0.0},
        {"fps": float("nan")},
        {"size": (0, 5)},
        {"model": "cvae", "variation": 2.0},
        {"model": "cgan", "detail": -0.5},
    ],
)
def test_a_value_out_of_range_is_refused(wrong: dict[str, object]):
    with pytest.raises(InputError):
        generate(FramePair(frame(1), frame(2)), **{"model": "linear", **wrong})


@pytest.mark.parametrize("model", ["cvae", "cgan"])
def test_the_models_that_ship_end_exactly_on_the_images_and_obey_the_seed(model: str):
    pair = FramePair(frame(1), frame(2))
    once, again = (generate(pair, model, frames=3, seed=3, variation=1.0, device="cpu") for _ in range(2))
    assert np.array_equal(once.frames, again.frames)
    assert np.array_equal(once.frames[0], pair.first)
    assert np.array_equal(once.frames[-1], pair.last)
