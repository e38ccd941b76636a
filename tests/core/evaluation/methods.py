"""Methods under test that cost nothing, and the real clips that they are tried on."""

from collections.abc import Generator, Iterator

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.stage import Stage
from f2v_core.messages import StageProgress


class Fade:
    """A cross-fade, which a latent makes brighter: draw n by n + 1 levels, its mean not at all.

    Attributes:
        asked: the draws that were asked for, one for each batch.
        stages: what preparing tells.
    """

    def __init__(
        self, name: str, *, draws: bool = False, primary: int | None = None, version: str = ""
    ) -> None:
        self.name, self.title, self.fingerprint = name, f"what {name} is", name + version
        self.draws, self.primary = draws, primary
        self.asked: list[int | None] = []
        self.stages: list[StageProgress] = []

    def prepare(self) -> Iterator[StageProgress]:
        """As `Predictor.prepare`."""
        return iter(self.stages)

    def predict(
        self, first: NDArray[np.uint8], last: NDArray[np.uint8], frames: int, draw: int | None
    ) -> NDArray[np.uint8]:
        """As `Predictor.predict`."""
        self.asked.append(draw)
        steps = np.arange(frames, dtype=np.uint16)[None, :, None, None, None]
        faded = (first[:, None] * (frames - 1 - steps) + last[:, None] * steps) // np.uint16(frames - 1)
        faded += np.uint16(0 if draw is None else draw + 1)
        return np.minimum(faded, 255, out=faded).astype(np.uint8)


def guess(
    real: NDArray[np.uint8], generated: NDArray[np.uint8], sources: list[str], seed: int, device: str
) -> Generator[StageProgress, None, float]:
    """Stands for `realism.discriminate`: one step, and an area that only the seed decides."""
    assert real.shape == generated.shape
    assert len(sources) == len(real)
    assert device == "auto"
    stage = Stage("Guessing", 1, 1)
    yield stage.progress()
    return 0.5 + seed / 16
