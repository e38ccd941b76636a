"""Text on frames."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.media.lettering import ELLIPSIS, shorten, text_width, write_text


@given(st.text(max_size=40), st.integers(0, 300))
def test_shortened_text_fits(text, width):
    line = shorten(text, 16, width)
    assert text_width(line, 16) <= width
    assert line == " ".join(text.split()) or line == "" or line.endswith(ELLIPSIS)


def test_short_text_stays_whole():
    assert shorten("Motion\nCVAE", 16, 500) == "Motion CVAE"


@pytest.mark.parametrize(("align", "x"), [("left", 0), ("centre", 100), ("right", 200)])
def test_text_stands_where_it_is_put(align, x):
    canvas = np.zeros((40, 200, 3), np.uint8)
    write_text(canvas, "Linear", (x, 20), 20, (255, 255, 255), align)
    inked = np.flatnonzero(canvas.any(axis=(0, 2)))
    width = text_width("Linear", 20)
    start = {"left": 0, "centre": 100 - width // 2, "right": 200 - width}[align]
    assert start - 3 <= inked[0]
    assert inked[-1] <= start + width + 3
