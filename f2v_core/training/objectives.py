"""The poster's two objectives, term by term.

(1)  min E[ KL( N(mu(x), Sigma(x)) || N(0, I) ) + lambda1 ||x - g(z)||^2 + lambda2 ||c(g(z)) - c(x)||^2 ]
(2)  min_G max_D E[log D(x)] + E[log(1 - D(G(z)))] + lambda E ||c(G(z)) - c(x)||^2

c() takes the first and the last frame. Squares are summed over a clip's values in 0..1 and averaged over the batch.
"""

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor

from f2v_core.config import EndsNorm


def kl_to_standard_normal(mean: Tensor, std: Tensor) -> Tensor:
    """KL( N(mean, std^2) || N(0, I) ) in nats, (B, z) twice to (B,): summed over z."""
    return 0.5 * (mean.square() + std.square() - 1 - 2 * std.log()).sum(dim=1)


def squared_error(generated: Tensor, real: Tensor, clip_frames: int) -> Tensor:
    """||x - g(z)||^2 of each clip, (B, T, 3, H, W) twice to (B,).

    With T < clip_frames rendered frames the sum is scaled up, so that its expectation does not depend on T.
    """
    scale = clip_frames / generated.shape[1]
    return (generated - real).square().sum(dim=(1, 2, 3, 4)) * scale


def ends_error(generated: Tensor, first: Tensor, last: Tensor, norm: EndsNorm) -> Tensor:
    """||c(g(z)) - c(x)|| of each clip, squared or absolute: generated ends (B, 2, 3, H, W) to (B,)."""
    difference = generated - torch.stack([first, last], dim=1)
    return (difference.square() if norm == "squared" else difference.abs()).sum(dim=(1, 2, 3, 4))


def discriminator_loss(real_logits: Tensor, fake_logits: Tensor, real_label: float) -> Tensor:
    """-log D(x) - log(1 - D(G(z))), averaged; `real_label` 0.9 is one-sided label smoothing (Salimans et al. 2016)."""
    real = F.binary_cross_entropy_with_logits(real_logits, torch.full_like(real_logits, real_label))
    fake = F.binary_cross_entropy_with_logits(fake_logits, torch.zeros_like(fake_logits))
    return real + fake


def generator_loss(fake_logits: Tensor) -> Tensor:
    """-log D(G(z)), averaged: the non-saturating form of the generator's part (Goodfellow et al. 2014, section 3)."""
    return F.binary_cross_entropy_with_logits(fake_logits, torch.ones_like(fake_logits))
