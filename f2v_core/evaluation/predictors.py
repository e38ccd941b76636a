"""Methods under test: anything that makes the clip between two frames, many at once."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from f2v_core.messages import StageProgress


class Predictor(Protocol):
    """A method of the table.

    Attributes:
        name: what the table calls it.
        title: a few words that explain it.
        fingerprint: changes whenever its output may, with its code, its weights or what it is fitted to; figures are
            kept under it.
        draws: whether it has a latent, so that several different videos can be made of a pair.
        primary: the draw users see first: None (a CVAE: the latent's mean) or 0 (a CGAN: its first sample).
    """

    name: str
    title: str
    fingerprint: str
    draws: bool
    primary: int | None

    def prepare(self) -> Iterator[StageProgress]:
        """Do what is done but once before the first clip, such as a fit, and say how far it is; else it says nothing.

        Raises:
            DataError: what is fitted to cannot be read.
        """
        ...

    def predict(
        self, first: NDArray[np.uint8], last: NDArray[np.uint8], frames: int, draw: int | None
    ) -> NDArray[np.uint8]:
        """(B, H, W, 3) uint8 RGB twice to (B, frames, H, W, 3), evenly spaced, both ends included.

        Args:
            draw: None: the latent's mean; a number: this sample (the same number gives the same video); of no effect
                on methods without a latent.
        """
        ...
