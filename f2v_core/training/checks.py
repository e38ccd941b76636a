"""What validation has found of a run so far: figures for its history, its model's card and its checkpoints."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from f2v_core.config import TrainConfig
from f2v_core.models.networks import Networks
from f2v_core.training.average import AveragedWeights
from f2v_core.training.collapse import CollapseWatch, PosteriorFigures
from f2v_core.training.validation import Validation


class Checks:
    """The figures of the newest check.

    Attributes:
        ratio: mean L2 distance over that of linear interpolation; None before the first check.
    """

    def __init__(self, config: TrainConfig) -> None:
        self.ratio: float | None = None
        self._config = config
        self._posterior: PosteriorFigures | None = None
        self._watch = CollapseWatch()

    def look(
        self, validation: Validation, networks: Networks, average: AveragedWeights, step: int
    ) -> tuple[float, NDArray[np.uint8], str]:
        """Check the averaged weights; returns the ratio, what they make of the shown pairs, and an alarm or ""."""
        config, change = self._config, ""
        with average.in_place() as generator:
            ratio, shown = validation.check(generator, 0.0 if config.model == "cvae" else 1.0)
            self.ratio = ratio
            if self._trains_posterior and networks.video_encoder is not None:
                self._posterior = validation.check_posterior(generator, networks.video_encoder)
                ramped = step >= config.kl_ramp * config.steps
                change = self._watch.look(self._posterior, ratio, ramped=ramped)
        return ratio, shown, change

    @property
    def names(self) -> tuple[str, ...]:
        """The history's columns for them."""
        return (
            "ratio to linear",
            *(("posterior ratio", "kl of validation") if self._trains_posterior else ()),
        )

    @property
    def losses(self) -> dict[str, float]:
        """Those that are known, by column."""
        found = {} if self.ratio is None else {"ratio to linear": self.ratio}
        if self._posterior is not None:
            found |= {"posterior ratio": self._posterior.ratio, "kl of validation": self._posterior.kl}
        return found

    @property
    def metrics(self) -> dict[str, float]:
        """Figures for the model's card, each with its split in its name."""
        figures: dict[str, float] = {}
        if self.ratio is not None:
            figures["validation mean L2 over linear"] = round(self.ratio, 4)
        if self._posterior is not None:
            figures["validation mean L2 over linear, posterior's mean"] = round(self._posterior.ratio, 4)
            figures["validation KL, nats a clip"] = round(self._posterior.kl, 3)
        return figures

    def state_dict(self) -> dict[str, Any]:
        """All that a checkpoint keeps of them."""
        posterior = None if self._posterior is None else [self._posterior.ratio, self._posterior.kl]
        return {"ratio": self.ratio, "posterior": posterior, "collapsed": self._watch.collapsed}

    def load(self, state: Mapping[str, Any]) -> None:
        """Take up what a checkpoint kept; those of earlier versions kept less."""
        self.ratio = state["ratio"]
        if state.get("posterior"):
            self._posterior = PosteriorFigures(*state["posterior"])
        self._watch.collapsed = state.get("collapsed", False)

    @property
    def _trains_posterior(self) -> bool:
        at_mean = round(self._config.batch * self._config.prior_mean_share)
        return self._config.model == "cvae" and at_mean < self._config.batch
