"""A training run: what is trained, on what, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from typing_extensions import override

from f2v_core.config.objective import ObjectiveKnobs
from f2v_core.config.optimiser import OptimiserKnobs
from f2v_core.config.subject import SubjectKnobs
from f2v_core.knobs import knob


@dataclass(frozen=True)
class TrainConfig(ObjectiveKnobs, OptimiserKnobs, SubjectKnobs):
    """A training run: what is trained, on what, and how. Defaults are those of `motion`; see `train_preset`."""

    log_every: int = knob(
        10, "Steps between two rows of losses.", unit="steps", low=1, high=1_000_000, group="Saving"
    )
    sample_every: int = knob(
        250,
        "Steps between two validations, with samples.",
        unit="steps",
        low=1,
        high=1_000_000,
        group="Saving",
    )
    checkpoint_every: int = knob(
        500, "Steps between two checkpoints.", unit="steps", low=1, high=1_000_000, group="Saving"
    )
    keep_checkpoints: int = knob(2, "How many checkpoints stay on disk.", low=2, high=10_000, group="Saving")

    @property
    def corrects_fade(self) -> bool:
        """Whether the network corrects the cross-fade, and is exact at both ends: every one but the poster's."""
        return self.architecture != "poster"

    @classmethod
    @override
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        if isinstance(values, Mapping):
            values = {name: value for name, value in values.items() if name not in _RETIRED}
        return super().from_json(values)


_RETIRED = ("validation",)
"""Knobs that runs and models of earlier versions still name: the splits belong to the dataset now."""
