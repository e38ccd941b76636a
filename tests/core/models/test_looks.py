"""Looks in pixels against plain references, and the ways of the CPU and of other devices against each other."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from f2v_core.config import TrainConfig
from f2v_core.data.augment import Look, random_look
from f2v_core.media.fitting import resize_frame
from f2v_core.models.looks import apply_look, apply_look_here, scale_bytes, scale_floats
from f2v_core.models.tensors import to_float

CONFIG = TrainConfig(size=16, frames=8, seconds=0.8)
CLIP = torch.from_numpy(np.random.default_rng(0).integers(0, 256, (8, 16, 16, 3), dtype=np.uint8))
ROOM = torch.from_numpy(np.random.default_rng(1).integers(0, 256, (19, 20, 35, 3), dtype=np.uint8))


def smooth(side: int) -> torch.Tensor:
    """(4, side, side, 3) uint8: waves that are longer than a few pixels."""
    y, x = np.mgrid[:side, :side] / side
    phases = np.arange(4)[:, None, None, None] + np.arange(3)
    waves = 127.5 + 120 * np.sin(9 * x + 6 * y)[None, :, :, None] * np.cos(phases)
    return torch.from_numpy(waves.round().astype(np.uint8))


def changed(look: Look, clip: torch.Tensor = CLIP) -> torch.Tensor:
    return apply_look(clip, look, 10.0, CONFIG)


def test_the_default_look_changes_nothing():
    assert torch.equal(changed(Look()), CLIP)


@pytest.mark.parametrize(
    ("look", "wanted"),
    [
        (Look(reverse=True), CLIP.flip(0)),
        (Look(mirror=True), CLIP.flip(2)),
        (Look(channels=(2, 0, 1)), CLIP[..., [2, 0, 1]]),
        (Look(mirror=True, reverse=True, channels=(1, 0, 2)), CLIP.flip(0, 2)[..., [1, 0, 2]]),
        (Look(gain=2.0), (CLIP.int() * 2).clamp(max=255)),
        (Look(contrast=0.0), torch.full_like(CLIP, 128)),
        (Look(gain=0.5, contrast=3.0), ((CLIP * 0.5 - 127.5) * 3 + 128).floor().clamp(0, 255)),
    ],
)
def test_looks_do_what_their_reference_does(look, wanted):
    made = changed(look)
    assert made.dtype == torch.uint8
    assert torch.equal(made.int(), wanted.int())


def test_frames_and_square_are_those_of_the_look():
    look = Look(gap=0.7, start=1.0, scale=0.5, place=(1.0, 0.0))
    assert look.square(20, 35, 16) == (19, 0, 16)  # nothing is scaled
    numbers = look.frame_numbers(19, 20.0, 8, 0.8)
    assert numbers[-1] == 18
    assert torch.equal(apply_look(ROOM, look, 20.0, CONFIG), ROOM[numbers.tolist(), 0:16, 19:35])


def test_shrinking_takes_averages_as_other_pictures_do():
    clip, config = smooth(96), replace(CONFIG, size=32, frames=4)
    made = apply_look(clip, Look(), 10.0, config).numpy().astype(int)
    wanted = np.stack([resize_frame(frame, (32, 32)) for frame in clip.numpy()])
    assert abs(made - wanted).mean() < 1.5
    noise = torch.from_numpy(np.random.default_rng(3).integers(0, 256, (4, 96, 96, 3), dtype=np.uint8))
    flat = apply_look(noise, Look(), 10.0, config).float()
    assert flat.std() < 0.5 * noise.float().std()  # nearest pixels would keep all of it


def test_enlarging_is_smooth():
    clip, config = smooth(48), replace(CONFIG, size=64, frames=4)
    made = apply_look(clip, Look(), 10.0, config).numpy().astype(int)
    wanted = np.stack([resize_frame(frame, (64, 64)) for frame in clip.numpy()])
    assert abs(made - wanted).mean() < 1.0


@pytest.mark.parametrize(("side", "size"), [(20, 16), (48, 16), (12, 16), (16, 24)])
def test_bytes_and_floats_scale_alike_up_to_rounding(side, size):
    noise = np.random.default_rng(2).integers(0, 256, (3, side, side, 3), dtype=np.uint8)
    frames = torch.from_numpy(noise)
    one, other = scale_bytes(frames, size), scale_floats(frames, size)
    assert one.shape == other.shape == (3, size, size, 3)
    assert (one.int() - other.int()).abs().max() <= 2  # one level of each axis
    assert (one.int() - other.int()).abs().float().mean() < 0.4


def test_other_devices_make_the_same_clips_up_to_rounding(monkeypatch):
    looks = [random_look(0, position) for position in range(20)]
    here = [apply_look(ROOM, look, 20.0, CONFIG) for look in looks]
    monkeypatch.setattr("f2v_core.models.looks.scale_bytes", scale_floats)
    there = [apply_look(ROOM, look, 20.0, CONFIG) for look in looks]
    for one, other in zip(here, there, strict=True):
        assert (one.int() - other.int()).abs().max() <= 3  # the rounding, up to 1.44 times as bright
    assert len({clip.numpy().tobytes() for clip in here}) == 20


def test_floats_made_here_are_those_bytes_exactly():
    for position in range(20):
        look = random_look(0, position)
        out = torch.full((CONFIG.frames, 3, CONFIG.size, CONFIG.size), torch.nan)
        apply_look_here(ROOM, look, 20.0, CONFIG, out)
        assert torch.equal(out, to_float(apply_look(ROOM, look, 20.0, CONFIG)))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_the_gpu_makes_the_same_clips_up_to_rounding():
    for position in range(20):
        look = random_look(0, position)
        one, other = apply_look(ROOM, look, 20.0, CONFIG), apply_look(ROOM.cuda(), look, 20.0, CONFIG)
        assert (one.int() - other.cpu().int()).abs().max() <= 3
