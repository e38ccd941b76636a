"""Frames to tensors and back."""

import numpy as np
import torch

from f2v_core.models.tensors import to_frames, to_tensor


def test_every_level_survives_the_way_there_and_back():
    frames = np.arange(256, dtype=np.uint8).repeat(3).reshape(1, 16, 16, 3)
    tensor = to_tensor(frames)
    assert tensor.shape == (1, 3, 16, 16)
    assert tensor.min() == 0
    assert tensor.max() == 1
    assert np.array_equal(to_frames(tensor), frames)


def test_values_beyond_the_range_are_clipped():
    assert to_frames(torch.tensor([-0.5, 0.5, 1.5]).view(3, 1, 1)).tolist() == [[[0, 128, 255]]]
