"""What to offer after numbers that were not finite: a lower learning rate, as far as there is one."""

from f2v_core.config import TrainConfig
from f2v_core.errors import NotFiniteError, RunError

LOWEST = 1e-7
"""The least learning rate that a run takes."""


def astray(error: NotFiniteError, config: TrainConfig) -> RunError:
    """The error to raise: it offers half the rate of the network that went astray, by its knob."""
    knob = "discriminator_rate" if error.network == "discriminator" else "learning_rate"
    rate: float = getattr(config, knob)
    if rate <= LOWEST:
        remedy = (
            f"The {knob.replace('_', ' ')} is as low as it goes: look for damaged clips in the dataset, or start a "
            "run in fp32 or with smaller networks."
        )
        return RunError(error.message, remedy)
    return RunError(error.message, error.remedy, {knob: max(LOWEST, rate / 2)})
