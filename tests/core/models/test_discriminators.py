"""The critics: both see the images, the frames and their order."""

import pytest
import torch

from f2v_core.models.discriminators import MotionDiscriminator


@pytest.fixture
def critic() -> MotionDiscriminator:
    torch.manual_seed(0)
    made = MotionDiscriminator()
    made(torch.rand(2, 5, 3, 32, 32), *torch.rand(2, 2, 3, 32, 32))  # a step of the spectral norms
    return made.eval()


@torch.no_grad()
@pytest.mark.parametrize("frames", [3, 5, 30])
def test_a_logit_for_each_clip(critic, frames):
    assert critic(torch.rand(2, frames, 3, 32, 48), *torch.rand(2, 2, 3, 32, 48)).shape == (2,)


@torch.no_grad()
def test_it_sees_both_images(critic):
    video, first, last = torch.rand(2, 5, 3, 32, 32), *torch.rand(2, 2, 3, 32, 32)
    plain = critic(video, first, last)
    assert (critic(video, 1 - first, last) != plain).all()
    assert (critic(video, first, 1 - last) != plain).all()


@torch.no_grad()
def test_the_video_critic_knows_the_order_of_frames(critic):
    video, context = torch.rand(1, 8, 3, 32, 32), torch.rand(1, 9, 32, 32)
    mixed = video[:, [0, 4, 2, 6, 1, 5, 3, 7]]
    assert critic.video(video, context) != critic.video(mixed, context)


def test_no_weight_can_grow_without_limit(critic):
    """Spectral norm: a critic whose weights are scaled says the same."""
    torch.manual_seed(1)
    video, first, last = torch.rand(1, 5, 3, 32, 32), *torch.rand(2, 1, 3, 32, 32)
    before = critic(video, first, last)
    for name, weight in critic.named_parameters():
        if name.endswith("original"):
            weight.data *= 10
    torch.testing.assert_close(critic(video, first, last), before, atol=1e-3, rtol=1e-2)
