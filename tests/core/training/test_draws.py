"""Random numbers by clip: repeatable, divisible, and none like another."""

import torch

from f2v_core.training.draws import Draws


def test_a_part_of_a_batch_draws_what_the_whole_draws_for_it():
    whole, part = Draws(3, 7, range(6)), Draws(3, 7, range(2, 5))
    for draw in ("normal", "uniform", "normal"):
        assert torch.equal(getattr(whole, draw)(4, 2)[2:5], getattr(part, draw)(4, 2))
    assert whole.shared() == part.shared()


def test_clips_batches_and_seeds_share_nothing():
    made = [Draws(seed, batch, range(5)).normal(64) for seed in range(3) for batch in range(4)]
    rows = torch.cat(made)
    likeness = torch.corrcoef(rows) - torch.eye(len(rows))
    assert likeness.abs().max() < 0.7  # of 64 numbers each; two alike would have 1
    assert len({Draws(0, batch, ()).shared() for batch in range(50)}) == 50


def test_they_have_the_spread_that_they_should():
    normal, uniform = Draws(0, 0, range(40)).normal(500), Draws(0, 1, range(40)).uniform(500)
    assert abs(float(normal.mean())) < 0.03
    assert abs(float(normal.std()) - 1) < 0.03
    assert 0 <= uniform.min() < 0.01
    assert 0.99 < uniform.max() < 1
