"""A batch in portions does what the whole batch does."""

import pytest
import torch

from f2v_core.models.networks import build_networks
from f2v_core.training.shares import divide
from f2v_core.training.step_kinds import make_step
from tests.core.training.portions import shares


def test_portions_are_all_the_clips_in_order():
    video = torch.arange(7.0).view(7, 1, 1, 1, 1)
    parts = divide(video, 3, 0, 0)
    assert [len(part.video) for part in parts] == [3, 2, 2]
    assert torch.equal(torch.cat([part.video for part in parts]), video)
    assert sum(part.weight for part in parts) == pytest.approx(1)
    assert [part.before(4) for part in parts] == [3, 1, 0]
    assert len(divide(video, 99, 0, 0)) == 7


def test_a_process_has_its_part_of_the_whole():
    (part,) = divide(torch.zeros(2, 3, 3, 8, 8), 1, 0, 0, first=2, whole=4)
    assert part.weight == 0.5
    assert part.before(3) == 1


@pytest.mark.parametrize("free_bits", [0.0, 0.01])
def test_a_cvae_in_portions_follows_the_whole_batch(free_bits, quick_config, make_material):
    """The clips' own distances count; the mean of linear interpolation's is each portion's own."""
    config = quick_config("cvae", "motion", distance="squared", prior_mean_share=0.4, free_bits=free_bits)
    clips = make_material(config).batch()
    losses = []
    for portions in (1, 2, 3):
        torch.manual_seed(0)
        step = make_step(build_networks(config), config)
        rows = [step.run(lambda p=portions, n=n: shares(clips, p, n), 1.0, n / 4) for n in range(3)]
        losses.append(torch.tensor([[float(row[name]) for name in step.loss_names] for row in rows]))
    for other in losses[1:]:
        torch.testing.assert_close(other, losses[0], rtol=2e-4 if not free_bits else 5e-2, atol=1e-4)
