"""What critics see: the same change for a clip and its images, with gradients, none twice."""

import pytest
import torch

from f2v_core.training import critic_view
from f2v_core.training.critic_view import CriticView
from tests.core.training.portions import draws

CPU = torch.device("cpu")


@pytest.fixture
def _without_noise(monkeypatch):
    monkeypatch.setattr(critic_view, "NOISE", 0.0)


@pytest.mark.usefixtures("_without_noise")
def test_a_clip_and_its_images_are_changed_alike():
    video = torch.rand(3, 5, 3, 32, 48)
    view = CriticView.random(draws(3), CPU)
    whole = view.of(video)
    for index in (0, 4):
        torch.testing.assert_close(view.of(video[:, index : index + 1])[:, 0], whole[:, index])


@pytest.mark.usefixtures("_without_noise")
def test_each_clip_of_a_batch_is_changed_in_its_own_way():
    video = torch.rand(1, 2, 3, 32, 32).expand(3, -1, -1, -1, -1)
    one, other, third = CriticView.random(draws(3), CPU).of(video)
    assert not torch.equal(one, other)
    assert not torch.equal(other, third)


@pytest.mark.usefixtures("_without_noise")
def test_about_a_quarter_at_most_is_cut_out():
    shown = CriticView.random(draws(200), CPU).of(torch.full((200, 1, 3, 32, 32), 0.9))
    hidden = (shown == 0).all(dim=2).float().mean()
    assert 0.1 < hidden < 0.45  # the hole, and what the shift leaves free


def test_noise_is_another_one_each_time():
    view, video = CriticView.random(draws(1), CPU), torch.rand(1, 2, 3, 32, 32)
    one, other = view.of(video), view.of(video)
    assert (one - other).std() == pytest.approx(critic_view.NOISE * 2**0.5, rel=0.1)


def test_gradients_pass_to_what_is_seen():
    video = torch.rand(1, 2, 3, 32, 32, requires_grad=True)
    CriticView.random(draws(1), CPU).of(video).sum().backward()
    assert (video.grad != 0).float().mean() > 0.3
