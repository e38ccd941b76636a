"""Which step trains a configuration's model."""

from f2v_core.config import TrainConfig
from f2v_core.models.networks import Networks
from f2v_core.training.cgan_step import CganStep
from f2v_core.training.cvae_step import CvaeStep
from f2v_core.training.steps import Step
from f2v_core.training.world import ALONE, World


def make_step(networks: Networks, config: TrainConfig, world: World = ALONE) -> Step:
    """The step that trains a configuration's model."""
    kind = CvaeStep if config.model == "cvae" else CganStep
    return kind(networks, config, world)
