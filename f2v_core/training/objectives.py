"""The poster's two objectives, term by term.

(1)  min E[ KL( N(mu(x), Sigma(x)) || N(0, I) ) + lambda1 ||x - g(z)||^2 + lambda2 ||c(g(z)) - c(x)||^2 ]
(2)  min_G max_D E[log D(x)] + E[log(1 - D(G(z)))] + lambda E ||c(G(z)) - c(x)||^2

c() takes the first and the last frame. Squares are summed over a clip's values in 0..1 and averaged over the batch.
"""

from collections.abc import Callable

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor

from f2v_core.config import Adversary, EndsNorm
from f2v_core.models.ends import split_bands

Gaussian = tuple[Tensor, Tensor]
"""Mean and standard deviation, (B, z) each."""
Mean = Callable[[Tensor], Tensor]
"""(B,) to their mean over the whole batch, (), of which B may be a part; without a gradient."""
CALM = 0.5
"""Added to L2 distances before one is divided by the other: clips in which nothing happens have none."""


def kl_divergence(posterior: Gaussian, prior: Gaussian | None, free_bits: float = 0.0) -> Tensor:
    """KL( posterior || prior ) in nats, summed over z: (B,).

    Args:
        prior: None is N(0, I), as in equation (1).
        free_bits: nats of each value, on the batch's average, that cost nothing (Kingma et al. 2016, "Improved
            variational inference with inverse autoregressive flow", appendix C.8); the result is then (1,).
    """
    mean, std = posterior
    if prior is not None:
        mean, std = (mean - prior[0]) / prior[1], std / prior[1]
    each = 0.5 * (mean.square() + std.square() - 1 - 2 * std.log())
    return each.mean(dim=0, keepdim=True).clamp(min=free_bits).sum(dim=1) if free_bits else each.sum(dim=1)


def squared_error(generated: Tensor, real: Tensor, clip_frames: int) -> Tensor:
    """||x - g(z)||^2 of each clip, (B, T, 3, H, W) twice to (B,).

    With T < clip_frames rendered frames the sum is scaled up, so that its expectation does not depend on T.
    """
    scale = clip_frames / generated.shape[1]
    return (generated - real).square().sum(dim=(1, 2, 3, 4)) * scale


def relative_error(generated: Tensor, real: Tensor, linear: Tensor, mean: Mean = torch.mean) -> Tensor:
    """L2 distances to the real clips over linear interpolation's, (B, T, 3, H, W) three times to (B,).

    The mean over the batch is half the ratio of the mean distances, half the mean of the clips' own ratios: both are
    figures of the table, the first ruled by wild clips, the second by calm ones.
    """
    ours, theirs = l2_norms(generated - real) + CALM, l2_norms(linear - real) + CALM
    return 0.5 * ours / mean(theirs) + 0.5 * ours / theirs


def l2_ratio(generated: Tensor, real: Tensor, reference: Tensor, mean: Mean = torch.mean) -> Tensor:
    """The mean L2 distance over the batch's mean one of a reference, (B, T, 3, H, W) three times to ()."""
    return (l2_norms(generated - real).mean() + CALM) / (mean(l2_norms(reference - real)) + CALM)


def l2_norms(difference: Tensor) -> Tensor:
    """||x|| of each clip, (B, T, 3, H, W) to (B,), with a gradient at 0 too."""
    return difference.square().sum(dim=(1, 2, 3, 4)).add(1e-6).sqrt()


def texture_error(generated: Tensor, real: Tensor, mean: Mean = torch.mean) -> Tensor:
    """How much more or less fine detail, and change of it over time, clips have than the real ones, place by place: ().

    The root mean squares of the finest band over squares of 8x8 pixels, of frames and of what changes from one to the
    next, are compared; where in a square the detail lies is free. A moment-matching form of the texture statistics of
    Gatys et al. 2015. (B, T, 3, H, W) twice.
    """
    ours, theirs = (split_bands(video.flatten(0, 1))[0].view(video.shape) for video in (generated, real))
    pairs = ((ours, theirs), (ours.diff(dim=1), theirs.diff(dim=1)))
    terms = [(_strength(a) - _strength(b)).abs().mean() / mean(_strength(b)) for a, b in pairs]
    return torch.stack(terms).mean()


def _strength(video: Tensor) -> Tensor:
    """Root mean squares over squares of 8x8 pixels, (B * T, 1, H / 8, W / 8)."""
    return F.avg_pool2d(video.flatten(0, 1).square().mean(dim=1, keepdim=True), 8).add(1e-6).sqrt()


def ends_error(generated: Tensor, first: Tensor, last: Tensor, norm: EndsNorm) -> Tensor:
    """||c(g(z)) - c(x)|| of each clip, squared or absolute: generated ends (B, 2, 3, H, W) to (B,)."""
    difference = generated - torch.stack([first, last], dim=1)
    return (difference.square() if norm == "squared" else difference.abs()).sum(dim=(1, 2, 3, 4))


def discriminator_loss(real: Tensor, fake: Tensor, adversary: Adversary, real_label: float) -> Tensor:
    """What D minimises, from its logits (B,) for real clips and for generated ones of the same images.

    original: -log D(x) - log(1 - D(G(z))), with one-sided label smoothing below a `real_label` of 1 (Salimans et al.
    2016); hinge: Lim and Ye 2017; relativistic: -log sigmoid(D(x) - D(G(z))), Jolicoeur-Martineau 2018.
    """
    if adversary == "hinge":
        return F.relu(1 - real).mean() + F.relu(1 + fake).mean()
    if adversary == "relativistic":
        return F.softplus(fake - real).mean()
    target = torch.full_like(real, real_label)
    labelled = F.binary_cross_entropy_with_logits(real, target)
    return labelled + F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))


def generator_loss(real: Tensor, fake: Tensor, adversary: Adversary) -> Tensor:
    """What G minimises; original: -log D(G(z)), the form without saturation (Goodfellow et al. 2014, section 3)."""
    if adversary == "hinge":
        return -fake.mean()
    return F.softplus(real - fake).mean() if adversary == "relativistic" else F.softplus(-fake).mean()


def gradient_penalty(logits: Tensor, seen: Tensor) -> Tensor:
    """Half the squared gradient of D at clips that require gradients, averaged (R1 and R2, Mescheder et al. 2018)."""
    (gradient,) = torch.autograd.grad(logits.sum(), seen, create_graph=True)
    return 0.5 * gradient.square().flatten(1).sum(dim=1).mean()
