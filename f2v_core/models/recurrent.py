"""The recurrent network: the motion network's form, from a state that evolves in time.

The state on the deepest grid is rolled over the knots of `time_basis.KNOTS` by a convolutional GRU, which at each of
them reads the pair's features, z and the knot's time. Each state is decoded, by the same weights, to the coefficients
at its knot; between the knots runs a smooth curve. Its heads begin at zero as well: untrained it is the cross-fade.
"""

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor, nn
from typing_extensions import override

from f2v_core.models.blocks import ConvBlock, groups
from f2v_core.models.ends import Ends
from f2v_core.models.motion import (
    CONDITION,
    SPATIAL_CHANNELS,
    Layers,
    Motion,
    PairTrunk,
    latent_grid,
    motion_head,
    split_motion,
    twice,
)
from f2v_core.models.time_basis import KNOTS, LEGENDRE, knot_times


class RecurrentNetwork(PairTrunk):
    """Images and latent to `Motion` over knots; takes and gives what `MotionNetwork` does.

    The latent's grid is also read straight into coefficients, as there, against posterior collapse.
    """

    def __init__(self, width: int, z_video: int, z_first: int, z_last: int) -> None:
        super().__init__(width, z_video, z_first, z_last)
        fine, middle, deep = 2 * width, 4 * width, 6 * width
        self.begin = nn.Conv2d(deep, deep, 1)
        self.cell = ConvGru(deep, CONDITION + LEGENDRE.count)
        self.up_middle, self.up_fine = UpBlock(deep, middle, middle), UpBlock(middle, fine, fine)
        self.last = ConvBlock(fine, fine)
        self.heads = motion_head(fine)
        self.latent_heads = motion_head(SPATIAL_CHANNELS, KNOTS)

    @override
    def forward(self, ends: Ends, layers: Layers, z: Tensor) -> tuple[Motion, Tensor]:
        """Give the motion on half the grid, and the mean over the knots of the features that it was read from."""
        fine, middle, deep, condition = self.read(ends, layers, z)
        states = self._roll(deep, condition)  # (B, K, 6w, h/8, w/8)
        x = self.up_fine(self.up_middle(states, middle), fine)
        x = self.last(x.flatten(0, 1))  # (B * K, 2w, h/2, w/2)
        raw = _by_clip(self.heads(x), len(z)).flatten(1, 2)
        direct = self.latent_heads(latent_grid(z, deep.shape[2:]))
        direct = F.interpolate(direct, x.shape[2:], mode="bilinear", align_corners=False)
        return split_motion(raw + direct, KNOTS), _by_clip(x, len(z)).mean(dim=1)

    def _roll(self, features: Tensor, condition: Tensor) -> Tensor:
        """The states at all knots, (B, K, 6w, h/8, w/8)."""
        times = LEGENDRE(knot_times(features.device))  # (K, 4)
        read = self.cell.read(features)
        state, states = torch.tanh(self.begin(features)), []
        for time in times:
            clock = torch.cat([condition, time.expand(len(condition), -1)], dim=1)
            state = self.cell(state, read, clock)
            states.append(state)
        return torch.stack(states, dim=1)


class ConvGru(nn.Module):
    """A convolutional GRU whose spatial input stays the same from step to step, and is convolved once.

    Ballas et al. 2016, "Delving deeper into convolutional networks for learning video representations".
    """

    def __init__(self, channels: int, clock: int) -> None:
        super().__init__()
        self.read = nn.Conv2d(channels, 3 * channels, 3, padding=1)
        self.clock = nn.Linear(clock, 3 * channels)
        self.state = nn.Conv2d(channels, 3 * channels, 3, padding=1, bias=False)

    @override
    def forward(self, state: Tensor, read: Tensor, clock: Tensor) -> Tensor:
        """One step of the state (B, C, h, w).

        Args:
            state: the state before. read: what `self.read` made of the input, (B, 3C, h, w). clock: (B, clock).
        """
        told = read + self.clock(clock)[..., None, None]
        reset_in, update_in, new_in = told.chunk(3, dim=1)
        reset_state, update_state, new_state = self.state(state).chunk(3, dim=1)
        new = torch.tanh(new_in + torch.sigmoid(reset_in + reset_state) * new_state)
        return torch.lerp(new, state, torch.sigmoid(update_in + update_state))


class UpBlock(nn.Module):
    """States at twice the size, with a skip that is the same for all of them: it is convolved once.

    (B, K, inputs, h, w) and (B, skip, 2h, 2w) to (B, K, outputs, 2h, 2w).
    """

    def __init__(self, inputs: int, skip: int, outputs: int) -> None:
        super().__init__()
        self.coarse = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.skip = nn.Conv2d(skip, outputs, 3, padding=1, bias=False)
        self.norm = nn.GroupNorm(groups(outputs), outputs)

    @override
    def forward(self, states: Tensor, skip: Tensor) -> Tensor:
        coarse = _by_clip(twice(self.coarse(states.flatten(0, 1))), len(states))
        mixed = coarse + self.skip(skip)[:, None]
        return _by_clip(F.silu(self.norm(mixed.flatten(0, 1))), len(states))


def _by_clip(x: Tensor, clips: int) -> Tensor:
    """(B * K, ...) as (B, K, ...)."""
    return x.view(clips, -1, *x.shape[1:])
