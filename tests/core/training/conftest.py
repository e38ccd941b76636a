"""Small material to train on: eight clips of moving squares in memory, and GIFs of them on disk."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from f2v_core.config import TrainConfig, train_preset
from f2v_core.data.folder import Footage
from f2v_core.data.windows import Sampler
from f2v_core.training.material import Material
from f2v_core.training.validation import make_validation


def square_video(number: int, side: int = 64) -> Footage:
    """A bright square that travels for three seconds over a gradient; every video its own way."""
    rng = np.random.default_rng(number)
    frames = np.zeros((30, side, side, 3), np.uint8)
    frames[:] = np.linspace(20, 120, side, dtype=np.uint8)[None, None, :, None]
    start, end = rng.integers(0, side - 20, (2, 2))
    colour = rng.integers(120, 256, 3)
    for k, t in enumerate(np.linspace(0, 1, 30)):
        x, y = (start + t * (end - start)).round().astype(int)
        frames[k, y : y + 20, x : x + 20] = colour
    return Footage(Path(f"square-{number}.mp4"), frames, np.arange(30) / 10, np.zeros(30, np.int64))


@pytest.fixture
def make_material():
    """A function that makes `Material` of eight moving squares for a configuration."""

    def make(config: TrainConfig) -> Material:
        footage = [square_video(n) for n in range(8)]
        sampler = Sampler(
            footage,
            size=config.size,
            frames=config.frames,
            seconds=2.9,
            seed=config.seed,
            augment=config.augment,
        )
        validation = make_validation(footage[:3], config.size, config.frames, 2.9, config.z_video)
        return Material(sampler, config.batch, validation, ("square | CC0 | nobody",))

    return make


def write_square_gif(path: Path, number: int, side: int = 64, *, still: bool = False) -> Path:
    """A moving square as a GIF of 10 frames a second; `still` shows its first frame only."""
    frames = square_video(number, side).frames
    pictures = [Image.fromarray(frame) for frame in (frames[[0] * 30] if still else frames)]
    for n, picture in enumerate(pictures):
        picture.putpixel((0, 0), (n if not still else 0, 0, 0))
    path.parent.mkdir(parents=True, exist_ok=True)
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=100)
    return path


@pytest.fixture
def write_gif():
    """`write_square_gif`."""
    return write_square_gif


@pytest.fixture
def videos(tmp_path) -> Path:
    """A folder of three GIFs."""
    for number in range(3):
        write_square_gif(tmp_path / "videos" / f"{number}.gif", number)
    return tmp_path / "videos"


@pytest.fixture
def small_config():
    """A function that makes a quick configuration: small latents, eight clips a step, no randomness in the data."""

    def make(model: str, architecture: str, **changes) -> TrainConfig:
        small = {
            "z_first": 16, "z_last": 16, "batch": 8, "augment": False, "warmup": 0, "cosine": False, "steps": 6,
            "log_every": 2, "sample_every": 3, "checkpoint_every": 3,
        }  # fmt: skip
        latents = {"z_video": 592, "width": 8} if architecture == "motion" else {"z_video": 16}
        return train_preset(model, architecture, **{**small, **latents, **changes})

    return make
