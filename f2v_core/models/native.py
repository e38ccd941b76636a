"""Motion to frames at the images' own size, one after the other, on the CPU.

The same sum as in `render`, sorted by what it is made of: both images, both images moved along the flow, and a small
picture for all that is coarser than the network's grid,

    out(t) = (1 - t + g(t) + h(t)) first + (t + g(t) - h(t)) last + moved parts + low(t);

g and h are the coefficients of the finest band's sum and difference. Maps are enlarged, images are not scaled: memory
does not grow with the number of frames.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray

from f2v_core.frames import Frame, FramePair
from f2v_core.media.fitting import resize_array
from f2v_core.media.optical_flow import positions, sample
from f2v_core.models.ends import BANDS
from f2v_core.models.motion import Motion
from f2v_core.models.render import enlarged, images_over_time, swell
from f2v_core.models.view import View

Map = NDArray[np.float32]


@dataclass(frozen=True)
class Fields:
    """A clip's coefficients on the network's grid, float32.

    Attributes:
        trust: (K, h, w, 2), from the first and from the last image.
        fine: (K, h, w, 2), g and h before the swell.
        low: (K, h, w, 3), what is added beside, before the swell, in levels of 0..255.
        there, back: (h, w, 3), flow in pixels of the grid, and its agreement.
    """

    trust: Map
    fine: Map
    low: Map
    there: Map
    back: Map

    @classmethod
    def of(cls, view: View, motion: Motion) -> Self:
        """Bring one clip's (B = 1) coefficients to the grid, and take the share of both whole images out of `low`."""
        ends, size = view.ends, view.ends.first.shape[2:]
        layers = enlarged(motion.layers, size)
        of_sum = layers[:, :, :1] * view.layers.unlike[:, None, :1]
        of_difference = layers[:, :, BANDS : BANDS + 1]
        images = (
            of_sum * (ends.first + ends.last)[:, None] + of_difference * (ends.first - ends.last)[:, None]
        )
        low = 255 * (images_over_time(view.layers, motion) - images)
        fine = torch.cat([of_sum, of_difference], dim=2)
        parts = (enlarged(motion.trust, size)[0], fine[0], low[0], ends.there[0], ends.back[0])
        return cls(*(part.movedim(-3, -1).float().cpu().contiguous().numpy() for part in parts))


def render_frames(pair: FramePair, view: View, motion: Motion, times: Sequence[float]) -> Iterator[Frame]:
    """One frame after the other at the pair's own size; view and motion are of one clip (B = 1) on any grid."""
    fields, size = Fields.of(view, motion), pair.size
    height, width = fields.there.shape[:2]
    scale = np.array([size[0] / width, size[1] / height, 1], np.float32)
    there, back = (resize_array(way, size) * scale for way in (fields.there, fields.back))
    own = positions(size)
    for t in times:
        basis = motion.basis(torch.tensor([t]))[0].numpy()
        trust = resize_array(np.einsum("k,khwc->hwc", basis, fields.trust), size)
        fine = resize_array(swell(t) * np.einsum("k,khwc->hwc", basis, fields.fine), size)
        low = resize_array(swell(t) * np.einsum("k,khwc->hwc", basis, fields.low), size)
        first = _followed(pair.first, there, t, trust[..., :1], own)
        last = _followed(pair.last, back, 1 - t, trust[..., 1:], own)
        both, apart = fine[..., :1], fine[..., 1:]
        frame: Map = (1 - t) * first + t * last + low
        frame += (both + apart) * pair.first + (both - apart) * pair.last
        yield np.clip(np.rint(frame), 0, 255).astype(np.uint8)


def _followed(image: Frame, way: Map, time: float, trust: Map, own: Map) -> Map:
    """(H, W, 3) float32: the image where its flow is trusted moved to `time` since it, 0..1, and as it is elsewhere."""
    here = own - np.float32(time) * way[..., :2]
    here = own - np.float32(time) * sample(way[..., :2].copy(), here)
    share = trust * sample(way[..., 2:].copy(), here)[..., None]
    still: Map = image.astype(np.float32)
    return still + share * (sample(image, here) - still)
