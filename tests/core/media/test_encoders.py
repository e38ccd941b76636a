"""Encoders: how much of a clip they hold back until its end."""

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

from f2v_core.media.encoders import AHEAD, RECIPES

B_FRAMES = 3
THREADS = 2


@pytest.mark.parametrize("preset", ["mp4", "webm", "av1"])
def test_little_is_left_for_the_end(preset):
    frames = np.random.default_rng(0).integers(0, 256, (40, 32, 48, 3), dtype=np.uint8)
    recipe = RECIPES[preset]
    encoder = av.CodecContext.create(recipe.codec, "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.framerate = 48, 32, recipe.pixels, 10
    encoder.options, encoder.thread_count = recipe.options, THREADS
    early = sum(len(encoder.encode(VideoFrame.from_ndarray(frame, "rgb24"))) for frame in frames)
    late = len(encoder.encode(None))
    assert early + late == 40
    assert late <= AHEAD + B_FRAMES + THREADS
