"""A pair as generators see it: what is known before any latent, worked out once and only when it is asked for."""

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from f2v_core.models.ends import Ends, find_ends
from f2v_core.models.motion import Layers, make_layers


@dataclass(frozen=True)
class View:
    """Two images of each clip of a batch; no gradient passes through what is found of them.

    Attributes:
        first, last: (B, 3, H, W) in 0..1.
        found: the motion between them, where the caller looked for it in larger images.
    """

    first: Tensor
    last: Tensor
    found: Ends | None = None

    @cached_property
    def ends(self) -> Ends:
        """The images with the optical flow between them."""
        with torch.no_grad():
            return self.found or find_ends(self.first, self.last)

    @cached_property
    def layers(self) -> Layers:
        """What the motion network mixes."""
        with torch.no_grad():
            return make_layers(self.ends)
