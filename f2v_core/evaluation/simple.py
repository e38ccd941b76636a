"""Methods without a network: what any model has to beat."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from f2v_core.evaluation.code_digest import code_digest
from f2v_core.evaluation.metrics import l2_distance
from f2v_core.frames import Frame, FramePair, frame_times
from f2v_core.generators.base import ClipGenerator
from f2v_core.media.blending import cross_fade
from f2v_core.media.fitting import resize_frame
from f2v_core.media.warping import blur
from f2v_core.messages import StageProgress

NATIVE = 64
"""Blur widths are in pixels of frames with this short side, and grow with larger ones."""
TRIED = (0.0, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0)
"""The blur widths that a blurred cross-fade chooses from."""


Prepare = Callable[[], Iterator[StageProgress]]
"""What `Predictor.prepare` does."""


def nothing_to_prepare() -> Iterator[StageProgress]:
    """For methods that are ready as they are."""
    return iter(())


class PairByPair(ABC):
    """A `Predictor` without a latent that makes one clip after the other, so that none depends on its batch.

    Attributes:
        name, title, fingerprint, draws, primary: as in `Predictor`.
    """

    draws: bool = False
    primary: int | None = None

    def __init__(
        self, name: str, title: str, fingerprint: str = "", prepare: Prepare = nothing_to_prepare
    ) -> None:
        self.name = name
        self.title = title
        self.fingerprint = fingerprint or f"{name} {code_digest(type(self).__module__)}"
        self._prepare = prepare

    def prepare(self) -> Iterator[StageProgress]:
        """As `Predictor.prepare`."""
        return self._prepare()

    def predict(
        self, first: NDArray[np.uint8], last: NDArray[np.uint8], frames: int, draw: int | None
    ) -> NDArray[np.uint8]:
        """As `Predictor.predict`; there is nothing to draw.

        Raises:
            InputError: fewer than two frames, or frames that are no pair.
        """
        del draw
        times = frame_times(frames)
        clips = np.empty((len(first), frames, *first.shape[1:]), np.uint8)
        for clip, one, other in zip(clips, first, last, strict=True):
            self.fill(clip, FramePair(one, other), times)
        return clips

    @abstractmethod
    def fill(self, clip: NDArray[np.uint8], pair: FramePair, times: NDArray[np.float64]) -> None:
        """Write a pair's frames at the (T,) times, i/(T-1), into `clip`, (T, H, W, 3) uint8."""


class Generated(PairByPair):
    """One of the program's own clip generators, frame for frame what users get of it.

    Its fingerprint is a hash of what it makes of one pair, as its code may change anywhere below.
    """

    def __init__(self, title: str, generator: ClipGenerator) -> None:
        super().__init__(generator.name, title)
        self._generator = generator
        first = np.random.default_rng(0).integers(0, 256, (NATIVE // 8, NATIVE // 8, 3), np.uint8)
        first = resize_frame(first, (NATIVE, NATIVE))
        probe = self.predict(first[None], np.roll(first, 5, axis=1)[None], 4, None)
        self.fingerprint = f"{generator.name} {sha256(probe.tobytes()).hexdigest()}"

    @override
    def fill(self, clip: NDArray[np.uint8], pair: FramePair, times: NDArray[np.float64]) -> None:
        for place, frame in enumerate(self._generator.frames(pair, times.tolist())):
            clip[place] = frame


class Hold(PairByPair):
    """The nearest end, which for the middle frame of an odd number is the first."""

    @override
    def fill(self, clip: NDArray[np.uint8], pair: FramePair, times: NDArray[np.float64]) -> None:
        clip[times <= 0.5] = pair.first
        clip[times > 0.5] = pair.last


class PosterLinear(PairByPair):
    """The cross-fade as the poster's authors wrote it: at i/T, so that it never quite reaches the last image."""

    @override
    def fill(self, clip: NDArray[np.uint8], pair: FramePair, times: NDArray[np.float64]) -> None:
        for place in range(len(clip)):
            clip[place] = cross_fade(pair.first, pair.last, place / len(clip))


class BlurredLinear(PairByPair):
    """The cross-fade of the two images after one Gaussian blur, but for the ends, which stay as they are.

    To blur the images is to blur the frames between them, up to rounding.
    """

    def __init__(
        self, sigma: Callable[[], float], fingerprint: str, prepare: Prepare = nothing_to_prepare
    ) -> None:
        super().__init__("blurred", "cross-fade, all frames but the ends blurred alike", fingerprint, prepare)
        self._sigma = sigma

    @override
    def fill(self, clip: NDArray[np.uint8], pair: FramePair, times: NDArray[np.float64]) -> None:
        first, last = (blurred(image, self._sigma()) for image in (pair.first, pair.last))
        for frame, t in zip(clip, times, strict=True):
            frame[:] = cross_fade(first, last, t)
        clip[0], clip[-1] = pair.first, pair.last


def blurred(frame: Frame, sigma: float) -> Frame:
    """A frame (H, W, 3) after a Gaussian blur of `sigma` pixels for a short side of `NATIVE`; 0: as it is."""
    width = sigma * min(frame.shape[:2]) / NATIVE
    return blur(frame, width) if width else frame


def blur_distances(clip: NDArray[np.uint8]) -> NDArray[np.float64]:
    """All that `fit_sigma` needs of a clip (T, H, W, 3) uint8: its L2 distance (S,) to each blur width of `TRIED`."""
    return np.array([_distance(clip, sigma) for sigma in TRIED])


def fit_sigma(distances: Sequence[NDArray[np.float64]]) -> float:
    """The blur width with the least mean of the clips' (S,) `blur_distances`; needs at least one clip."""
    return TRIED[int(np.mean(distances, axis=0).argmin())]


def _distance(clip: NDArray[np.uint8], sigma: float) -> float:
    method = BlurredLinear(lambda: sigma, "")
    return l2_distance(method.predict(clip[None, 0], clip[None, -1], len(clip), None)[0], clip)
