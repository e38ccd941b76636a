"""The networks of the 2019 poster, layer by layer: "Generating Video from Images", Stanford CS230.

Sizes follow the authors' training scripts: clips of 30 frames at 64x64, z = 600 + 1000 + 1000. Ours to choose
(inferred), as the sources give kernels and strides only:

- Padding is their framework's "same": a convolution's output is its input over the stride, a transposed one's is
  cropped to stride x input (k - s values, the odd one at the end). The video encoder alone has none: its kernels are
  its strides, so 30x64x64 shrinks to 10x16x16 and 3x4x4; the last three frames do not reach its second layer.
- Leaky ReLU falls at 0.2, their framework's default.
- Batch norm has this framework's momentum and epsilon (0.1, 1e-5); in the discriminator it stands as in the encoders.
"""

from collections.abc import Sequence
from math import prod

import torch
from torch import Tensor, nn
from typing_extensions import override

from f2v_core.errors import InputError
from f2v_core.models.blocks import GaussianHead
from f2v_core.models.exact import full
from f2v_core.models.view import View

FRAMES = 30
SIDE = 64
_SEED_SHAPE = (256, 5, 8, 8)
"""What the decoder's fully connected layer is reshaped to: channels, frames, height, width."""


def check_poster_size(size: int, frames: int) -> None:
    """Raise InputError unless a clip has the one shape that these networks know."""
    if (size, frames) != (SIDE, FRAMES):
        raise InputError(
            f"The poster's networks cannot train on {frames} frames of {size} px.",
            f"They are built for {FRAMES} frames of {SIDE} px.",
        )


class PosterImageEncoder(nn.Module):
    """One encoder for both images: (B, 3, 64, 64) in 0..1 to (B, outputs).

    conv 16 4x4/2, conv 32 3x3/1, conv 64 4x4/2, conv 128 3x3/1, FC 256, FC outputs; leaky ReLU;
    batch norm except in the first and the last layer.
    """

    def __init__(self, outputs: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 16, 4, 2, padding=1), nn.LeakyReLU(0.2),
            nn.Conv2d(16, 32, 3, 1, padding=1), nn.BatchNorm2d(32), nn.LeakyReLU(0.2),
            nn.Conv2d(32, 64, 4, 2, padding=1), nn.BatchNorm2d(64), nn.LeakyReLU(0.2),
            nn.Conv2d(64, 128, 3, 1, padding=1), nn.BatchNorm2d(128), nn.LeakyReLU(0.2),
            nn.Flatten(),
            nn.Linear(128 * (SIDE // 4) ** 2, 256), nn.BatchNorm1d(256), nn.LeakyReLU(0.2),
            nn.Linear(256, outputs),
        )  # fmt: skip

    @override
    def forward(self, image: Tensor) -> Tensor:
        return self.layers(image)  # type: ignore[no-any-return]


class SameTransposedConv(nn.Module):
    """Transposed 3-D convolution whose output is exactly stride x input along every axis."""

    def __init__(self, inputs: int, outputs: int, kernel: Sequence[int], stride: Sequence[int]) -> None:
        super().__init__()
        self.stride = tuple(stride)
        self.conv = nn.ConvTranspose3d(inputs, outputs, tuple(kernel), tuple(stride))  # type: ignore[arg-type]

    @override
    def forward(self, x: Tensor) -> Tensor:
        y = self.conv(x)
        wanted = [n * s for n, s in zip(x.shape[2:], self.stride, strict=True)]
        starts = [(have - want) // 2 for have, want in zip(y.shape[2:], wanted, strict=True)]
        (a, b, c), (t, h, w) = starts, wanted
        return y[:, :, a : a + t, b : b + h, c : c + w]  # type: ignore[no-any-return]


class PosterDecoder(nn.Module):
    """The latents to a video: (B, z) to (B, 30, 3, 64, 64) in 0..1, sigmoid at the end."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.expand = nn.Linear(inputs, prod(_SEED_SHAPE))
        self.layers = nn.Sequential(
            nn.BatchNorm3d(256), nn.LeakyReLU(0.2),
            SameTransposedConv(256, 128, (1, 2, 2), (1, 1, 1)), nn.BatchNorm3d(128), nn.LeakyReLU(0.2),
            SameTransposedConv(128, 64, (3, 2, 2), (3, 2, 2)), nn.BatchNorm3d(64), nn.LeakyReLU(0.2),
            SameTransposedConv(64, 32, (3, 2, 2), (1, 2, 2)), nn.BatchNorm3d(32), nn.LeakyReLU(0.2),
            SameTransposedConv(32, 16, (3, 4, 4), (1, 2, 2)), nn.BatchNorm3d(16), nn.LeakyReLU(0.2),
            SameTransposedConv(16, 3, (2, 4, 4), (2, 1, 1)),
        )  # fmt: skip

    @override
    def forward(self, z: Tensor) -> Tensor:
        seed = self.expand(z).view(-1, *_SEED_SHAPE)  # (B, 256, 5, 8, 8)
        return torch.sigmoid(full(self.layers(seed))).movedim(1, 2)  # (B, 30, 3, 64, 64)


class PosterGenerator(nn.Module):
    """Image encoder and decoder together: z_total = z_video, z_first, z_last, concatenated.

    With `change` (the authors' CVAE script) the output is a change on top of the first image:
    first + 2 sigmoid(.) - 1; without it (their CGAN) it is the sigmoid itself.
    """

    exact_ends = False
    """It must learn to meet the images."""

    def __init__(self, z_video: int, z_first: int, z_last: int, *, change: bool) -> None:
        super().__init__()
        if z_first != z_last:
            raise InputError(
                f"z_first is {z_first} and z_last is {z_last}.",
                "The poster's one image encoder serves both images: give them the same size.",
            )
        self.z_video = z_video
        self.change = change
        self.encoder = PosterImageEncoder(z_first)
        self.decoder = PosterDecoder(z_video + z_first + z_last)

    @override
    def forward(self, first: Tensor, last: Tensor, z: Tensor, times: Tensor, detail: float = 1.0) -> Tensor:
        """Images (B, 3, 64, 64), z (B, z_video), times (T,) in 0..1 to (B, T, 3, 64, 64).

        The network makes its 30 frames; times between two of them are interpolated linearly. It has no `detail`.
        """
        return self.make(View(first, last), z, times, detail)

    def make(self, view: View, noise: Tensor, times: Tensor, detail: float = 1.0) -> Tensor:
        """As `forward`."""
        del detail
        return self.decode(view, noise, times)

    def prior_of(self, view: View) -> None:
        """The prior is N(0, I)."""

    def decode(self, view: View, z: Tensor, times: Tensor) -> Tensor:
        """Frames of a latent, as `forward` makes them."""
        return frames_at(self.clip(view.first, view.last, z), times)

    def clip(self, first: Tensor, last: Tensor, z: Tensor) -> Tensor:
        """Images (B, 3, 64, 64) and z (B, z_video) to the network's own frames, (B, 30, 3, 64, 64)."""
        video: Tensor = self.decoder(torch.cat([z, self.encoder(first), self.encoder(last)], dim=1))
        return first[:, None] + 2 * video - 1 if self.change else video


def frames_at(video: Tensor, times: Tensor) -> Tensor:
    """Frames of `PosterGenerator.clip` at times (T,) in 0..1, linear between two of them: (B, T, 3, 64, 64)."""
    place = times.to(video.dtype) * (FRAMES - 1)
    low = place.floor().long().clamp(max=FRAMES - 2)
    weight = (place - low).view(1, -1, 1, 1, 1)
    return torch.lerp(video[:, low], video[:, low + 1], weight)


class PosterVideoEncoder(nn.Module):
    """The posterior q(z | x): (B, 30, 3, 64, 64) to mean and std, (B, z_video) each.

    3-D convolutions 32 and 64, kernel = stride = 3x4x4, FC 128, FC 2 z_video; batch norm from the second layer on.
    """

    def __init__(self, z_video: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv3d(3, 32, (3, 4, 4), (3, 4, 4)), nn.LeakyReLU(0.2),
            nn.Conv3d(32, 64, (3, 4, 4), (3, 4, 4)), nn.BatchNorm3d(64), nn.LeakyReLU(0.2),
            nn.Flatten(),
            nn.Linear(64 * 3 * 4 * 4, 128), nn.BatchNorm1d(128), nn.LeakyReLU(0.2),
        )  # fmt: skip
        self.head = GaussianHead(128, z_video)

    @override
    def forward(self, video: Tensor) -> tuple[Tensor, Tensor]:
        return self.head(self.layers(video.movedim(2, 1)))  # type: ignore[no-any-return]


class PosterDiscriminator(nn.Module):
    """Real or generated, from the video alone: (B, T, 3, H, W) to logits (B,).

    conv3d 16, 32, 64 (kernel 3x4x4, stride 1x2x2), FC 128, FC 1; the images are not shown to it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv3d(3, 16, (3, 4, 4), (1, 2, 2), padding=(1, 1, 1)), nn.LeakyReLU(0.2),
            nn.Conv3d(16, 32, (3, 4, 4), (1, 2, 2), padding=(1, 1, 1)), nn.BatchNorm3d(32), nn.LeakyReLU(0.2),
            nn.Conv3d(32, 64, (3, 4, 4), (1, 2, 2), padding=(1, 1, 1)), nn.BatchNorm3d(64), nn.LeakyReLU(0.2),
            nn.Flatten(),
            nn.Linear(64 * FRAMES * (SIDE // 8) ** 2, 128), nn.BatchNorm1d(128), nn.LeakyReLU(0.2),
            nn.Linear(128, 1),
        )  # fmt: skip

    @override
    def forward(self, video: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """`first` and `last` are taken, and not used, so that every discriminator is called alike."""
        del first, last
        return full(self.layers(video.movedim(2, 1))).squeeze(1)
