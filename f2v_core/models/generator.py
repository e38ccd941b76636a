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
        detail: the CGAN's second branch; None for a CVAE.
        share: how much of the noise moves the network itself where there is a detail; 0: z drives the detail alone.
            More is for a network that a CVAE taught what its latent means.
    """

    exact_ends = True
    """The first and the last frame are the images, whatever the weights."""

    def __init__(
        self,
        network: MotionNetwork | RecurrentNetwork,
        *,
        prior: MotionPrior | None = None,
        detail: MotionDetail | None = None,
        share: float = 0.0,
    ) -> None:
        super().__init__()
        self.network, self.prior, self.detail, self.share = network, prior, detail, share
        self.z_video = network.z_video

    @override
    def forward(
        self, first: Tensor, last: Tensor, noise: Tensor, times: Tensor, detail: float = 1.0
    ) -> Tensor:
        """Images (B, 3, H, W) in 0..1, noise (B, z_video) in units of the prior's spread, times (T,) in 0..1.

        `detail` 0..1 is how much the second branch adds. Returns (B, T, 3, H, W).
        """
        return self.make(View(first, last), noise, times, detail)

    def make(self, view: View, noise: Tensor, times: Tensor, detail: float = 1.0) -> Tensor:
        """As `forward`."""
        return render(view.ends, view.layers, self.motion(view, noise, detail), times)

    def decode(self, view: View, z: Tensor, times: Tensor) -> Tensor:
        """Frames (B, T, 3, H, W) of a latent (B, z_video) of the network itself, without detail."""
        return render(view.ends, view.layers, self.network(view.ends, view.layers, z)[0], times)

    def prior_of(self, view: View) -> Gaussian | None:
        """The conditional prior's mean and standard deviation; None where the prior is N(0, I)."""
        return None if self.prior is None else self.prior(seen(view.ends, view.layers))

    def motion(self, view: View, noise: Tensor, detail: float = 1.0) -> Motion:
        """The motion for noise (B, z_video): of the network's own latent, and with the detail where there is one."""
        if self.detail is None:
            return self._read(view, noise)[0]
        motion, features = self._read(view, self.share * noise)
        return motion.detached().with_detail(self.detail(features.detach(), noise), detail)

    def mean_and_sample(self, view: View, noise: Tensor) -> tuple[Motion, Motion]:
        """The motion at the latent's mean, and the noise's, through which no gradient reaches the mean's network."""
        if self.detail is None or self.share:
            return self._read(view, torch.zeros_like(noise))[0], self.motion(view, noise)
        mean, features = self._read(view, torch.zeros_like(noise))  # one look serves both
        return mean, mean.detached().with_detail(self.detail(features.detach(), noise), 1.0)

    def _read(self, view: View, noise: Tensor) -> tuple[Motion, Tensor]:
        """The network's motion and features for noise (B, z_video)."""
        return self.network(view.ends, view.layers, self._latent(view, noise))  # type: ignore[no-any-return]

    def _latent(self, view: View, noise: Tensor) -> Tensor:
        """Z of the prior: its mean plus its standard deviation times the noise."""
        gaussian = self.prior_of(view)
        return noise if gaussian is None else gaussian[0] + gaussian[1] * noise
