"""The motion generator: images and latent to a video; what training and evaluation call."""

import torch
from torch import Tensor, nn
from typing_extensions import override

from f2v_core.models.detail import MotionDetail
from f2v_core.models.motion import Motion, MotionNetwork, seen
from f2v_core.models.prior import MotionPrior
from f2v_core.models.recurrent import RecurrentNetwork
from f2v_core.models.render import render
from f2v_core.models.view import View

Gaussian = tuple[Tensor, Tensor]
"""Mean and standard deviation, (B, z_video) each."""


class MotionGenerator(nn.Module):
    """A motion or recurrent network and `render`; with a conditional prior, and the CGAN's detail, where asked for.

    Attributes:
        z_video: how many values a latent has.
        prior: p(z | first, last); None: N(0, I).
        detail: the CGAN's second branch; None for a CVAE. Where there is one, z drives it alone, and the network itself
            works at the latent's mean: the mean stays what it is, whatever z does.
    """

    exact_ends = True
    """The first and the last frame are the images, whatever the weights."""

    def __init__(
        self,
        network: MotionNetwork | RecurrentNetwork,
        *,
        prior: MotionPrior | None = None,
        detail: MotionDetail | None = None,
    ) -> None:
        super().__init__()
        self.network, self.prior, self.detail = network, prior, detail
        self.z_video = network.z_video

    @override
    def forward(
        self, first: Tensor, last: Tensor, noise: Tensor, times: Tensor, detail: float = 1.0
    ) -> Tensor:
        """Images (B, 3, H, W) in 0..1, noise (B, z_video) in units of the prior's spread, times (T,) in 0..1.

        `detail` 0..1 is how much the second branch adds. Returns (B, T, 3, H, W).
        """
        view = View(first, last)
        return render(view.ends, view.layers, self.motion(view, self.latent(view, noise), detail), times)

    def latent(self, view: View, noise: Tensor) -> Tensor:
        """Z of the prior: its mean plus its standard deviation times the noise."""
        gaussian = self.prior_of(view)
        return noise if gaussian is None else gaussian[0] + gaussian[1] * noise

    def prior_of(self, view: View) -> Gaussian | None:
        """The conditional prior's mean and standard deviation; None where the prior is N(0, I)."""
        return None if self.prior is None else self.prior(seen(view.ends, view.layers))

    def motion(self, view: View, z: Tensor, detail: float = 1.0) -> Motion:
        """The motion for a latent (B, z_video)."""
        if self.detail is None:
            return self.network(view.ends, view.layers, z)[0]  # type: ignore[no-any-return]
        mean, features = self.network(view.ends, view.layers, torch.zeros_like(z))
        return mean.plus(self.detail(features, z), detail)  # type: ignore[no-any-return]

    def mean_and_sample(self, view: View, z: Tensor) -> tuple[Motion, Motion]:
        """The motion at the latent's mean, and z's; no gradient passes from the second through the mean's network."""
        mean, features = self.network(view.ends, view.layers, torch.zeros_like(z))
        if self.detail is None:
            return mean, self.motion(view, z)
        return mean, mean.detached().plus(self.detail(features.detach(), z), 1.0)

    def decode(self, view: View, z: Tensor, times: Tensor) -> Tensor:
        """Frames of a latent, as `forward` makes them."""
        return render(view.ends, view.layers, self.motion(view, z), times)
