"""Trained models under test."""

import json
from collections.abc import Iterator
from copy import copy
from hashlib import sha256

import numpy as np
import torch
from numpy.typing import NDArray

from f2v_core.config import Device
from f2v_core.errors import ModelError
from f2v_core.evaluation.code_digest import code_digest
from f2v_core.frames import frame_times
from f2v_core.generators.learned import Learned
from f2v_core.library import ModelCard
from f2v_core.messages import StageProgress
from f2v_core.models.networks import choose_device

AT_ONCE = 16
"""Clips that the network makes at a time."""
WHOLE = 1.0
"""Standard deviation of a CVAE's samples: that of its prior, whatever users see first."""

TOLD = frozenset(
    ("name", "created", "description", "data", "licence", "metrics", "steps", "commands", "bad_at", "folder")
)
"""What a card tells people; no frame depends on it."""


class LearnedPredictor:
    """A trained model at its latent's mean, or in samples: of the whole prior for a CVAE, as users see it for a CGAN.

    Attributes:
        name, title, fingerprint, draws, primary: as in `Predictor`.
    """

    draws: bool = True

    def __init__(self, card: ModelCard, device: Device = "auto", name: str = "") -> None:
        """Load a model.

        Args:
            card: the model.
            device: where it runs.
            name: what the table calls it; empty: its own name.

        Raises:
            ModelError: its weights are missing, damaged or of another network. InputError: there is no such device.
        """
        self.name = name or card.name
        self.title = f"{card.architecture} {card.kind.upper()}" + (
            f": {card.description}" if card.description else ""
        )
        self.fingerprint = fingerprint(card, choose_device(device))
        self.primary: int | None = None if card.kind == "cvae" else 0
        self._mean = Learned(card, device, variation=0.0)
        self._sampled = copy(self._mean)  # both share the network
        self._sampled.variation = WHOLE if card.kind == "cvae" else card.variation

    def prepare(self) -> Iterator[StageProgress]:
        """As `Predictor.prepare`: it was loaded when it was made."""
        return iter(())

    def predict(
        self, first: NDArray[np.uint8], last: NDArray[np.uint8], frames: int, draw: int | None
    ) -> NDArray[np.uint8]:
        """As `Predictor.predict`; sides must suit the network: 64 suits all.

        Raises:
            InputError: fewer than two frames.
        """
        times = frame_times(frames).tolist()
        model = self._mean if draw is None else self._sampled
        clips = np.empty((len(first), frames, *first.shape[1:]), np.uint8)
        for start in range(0, len(first), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            clips[part] = model.clips(first[part], last[part], times, draw or 0)
        return clips


def fingerprint(card: ModelCard, device: torch.device) -> str:
    """A hash of all that a model's frames follow from: its weights, its settings, the code, and the kind of device.

    The device counts as its sums differ in their last digits from those of others, and so do figures.

    Raises:
        ModelError: the weights cannot be read.
    """
    code = code_digest(__name__)
    values = {name: value for name, value in vars(card).items() if name not in TOLD}
    settings = json.dumps([code, device.type, {**values, "config": card.config.to_json()}], sort_keys=True)
    try:
        return sha256(settings.encode() + card.weights.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(
            f"{card.weights} cannot be read: {error.strerror}.", "Import the model again."
        ) from error
