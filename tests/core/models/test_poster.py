"""The seed's networks, layer by layer as in the poster and the authors' scripts."""

import pytest
import torch
from torch import nn

from f2v_core.errors import InputError
from f2v_core.models.poster import (
    PosterDecoder,
    PosterDiscriminator,
    PosterGenerator,
    PosterImageEncoder,
    PosterVideoEncoder,
    check_poster_size,
)

Z = (600, 1000, 1000)


def weights(module: nn.Module) -> int:
    return sum(p.numel() for p in module.parameters())


def test_the_first_layer_of_the_decoder_alone_holds_213_million_weights():
    with torch.device("meta"):
        decoder = PosterDecoder(sum(Z))
    assert weights(decoder.expand) == (2600 + 1) * 256 * 5 * 8 * 8 == 213_073_920


def test_weight_counts_of_all_networks():
    with torch.device("meta"):
        generator = PosterGenerator(*Z, change=True)
        counts = [
            weights(m) for m in (generator, generator.encoder, PosterVideoEncoder(600), PosterDiscriminator())
        ]
    assert counts == [222_114_155, 8_758_936, 651_536, 15_854_641]


def test_the_decoder_grows_5x8x8_to_30x64x64_as_published():
    decoder = PosterDecoder(12)
    shapes = []
    for layer in decoder.layers:
        layer.register_forward_hook(lambda _m, _i, out: shapes.append(tuple(out.shape[1:])))
    video = decoder(torch.randn(2, 12))
    convolutions = [s for s, layer in zip(shapes, decoder.layers, strict=True) if hasattr(layer, "stride")]
    assert convolutions == [
        (128, 5, 8, 8),
        (64, 15, 16, 16),
        (32, 15, 32, 32),
        (16, 15, 64, 64),
        (3, 30, 64, 64),
    ]
    assert video.shape == (2, 30, 3, 64, 64)
    assert video.min() >= 0
    assert video.max() <= 1


def test_the_image_encoder_gives_one_vector():
    assert PosterImageEncoder(1000)(torch.rand(2, 3, 64, 64)).shape == (2, 1000)


def test_the_posterior_has_a_positive_deviation():
    mean, std = PosterVideoEncoder(600)(torch.rand(2, 30, 3, 64, 64))
    assert mean.shape == std.shape == (2, 600)
    assert (std > 0).all()


def test_the_discriminator_sees_the_video_only():
    discriminator = PosterDiscriminator().eval()
    video = torch.rand(2, 30, 3, 64, 64)
    ends = torch.rand(2, 3, 64, 64)
    assert torch.equal(discriminator(video, ends, ends), discriminator(video, 1 - ends, ends))
    assert discriminator(video, ends, ends).shape == (2,)


def small(*, change: bool) -> PosterGenerator:
    torch.manual_seed(0)
    return PosterGenerator(6, 10, 10, change=change).eval()


def test_a_change_is_added_to_the_first_image():
    generator = small(change=True)
    z, times = torch.randn(1, 6), torch.tensor([0.5])
    bright, dark = torch.full((1, 3, 64, 64), 0.9), torch.full((1, 3, 64, 64), 0.9)
    out = generator(bright, dark, z, times)
    plain = small(change=False)(bright, dark, z, times)
    torch.testing.assert_close(out, 0.9 + 2 * plain - 1)


def test_times_between_two_frames_are_interpolated():
    generator, images, z = small(change=False), torch.rand(2, 1, 3, 64, 64), torch.randn(1, 6)
    low, mid, high = generator(images[0], images[1], z, torch.tensor([3, 3.25, 4]) / 29)[0]
    torch.testing.assert_close(mid, 0.75 * low + 0.25 * high, atol=1e-5, rtol=0)


def test_both_images_must_have_one_latent_size():
    with pytest.raises(InputError, match="same size"):
        PosterGenerator(6, 10, 11, change=True)


@pytest.mark.parametrize(("size", "frames"), [(32, 30), (64, 16)])
def test_other_clip_sizes_are_refused(size, frames):
    with pytest.raises(InputError, match="30 frames of 64 px"):
        check_poster_size(size, frames)
