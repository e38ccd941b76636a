"""Text on frames, in the scalable font that comes with Pillow."""

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from f2v_core.frames import Frame

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

Colour = tuple[int, int, int]
ELLIPSIS = "…"


@lru_cache(maxsize=16)
def _font(size: int) -> "FreeTypeFont | ImageFont":
    from PIL import ImageFont  # noqa: PLC0415 - the window shows before it is needed

    return ImageFont.load_default(size)


def text_width(text: str, size: int) -> int:
    """The width in pixels of one line in letters of `size` pixels."""
    return round(_font(size).getlength(text))


def shorten(text: str, size: int, width: int) -> str:
    """The text itself, or as much of its beginning as fits into `width` pixels, with an ellipsis."""
    line = " ".join(text.split())
    if text_width(line, size) <= width:
        return line
    keep = len(line)
    while keep and text_width(line[:keep].rstrip() + ELLIPSIS, size) > width:
        keep -= 1
    return line[:keep].rstrip() + ELLIPSIS if keep else ""


def write_text(
    canvas: Frame,
    text: str,
    at: tuple[int, int],
    size: int,
    colour: Colour,
    align: Literal["left", "centre", "right"] = "left",
) -> None:
    """Write one line onto a frame, in place.

    Args:
        canvas: (H, W, 3) uint8.
        at: (x, y) in pixels: y of the middle of the small letters; x of the left end, the middle or the right end.
        size: height of the letters in pixels, as fonts are measured.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 - as above

    image = Image.fromarray(canvas)
    anchor = {"left": "lm", "centre": "mm", "right": "rm"}[align]
    ImageDraw.Draw(image).text(at, text, colour, _font(size), anchor)
    canvas[:] = np.asarray(image)
