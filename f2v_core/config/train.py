"""A training run: what is trained, on what, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from typing_extensions import override

from f2v_core.config.generate import Device
from f2v_core.knobs import Config, knob

LearnedKind = Literal["cvae", "cgan"]
Architecture = Literal["motion", "recurrent", "poster"]
EndsNorm = Literal["squared", "absolute"]
Prior = Literal["standard", "conditional"]
Distance = Literal["squared", "relative"]
Adversary = Literal["original", "hinge", "relativistic"]
Scale = Literal["S", "M", "L"]


@dataclass(frozen=True)
class TrainConfig(Config):
    """A training run: what is trained, on what, and how. Defaults are those of `motion`; see `train_preset`."""

    data: str = knob(
        "", "A dataset made by prepare, or a folder of videos, of which one is then made.", group="Data"
    )
    model: LearnedKind = knob(
        "cvae", "What is trained: the CVAE of objective (1) or the CGAN of objective (2).", group="Model"
    )
    architecture: Architecture = knob(
        "motion",
        "motion corrects the cross-fade; recurrent does so from a state that evolves in time; poster is the network of "
        "the 2019 poster.",
        group="Model",
    )
    start_from: str = knob(
        "", "A model folder or library name whose weights are the start; empty: from scratch.", group="Model"
    )
    steps: int = knob(
        4000, "How many optimiser steps of the generator.", low=1, high=100_000_000, group="Length"
    )
    batch: int = knob(16, "How many clips a step sees.", unit="clips", low=1, high=4096, group="Length")
    accumulate: int = knob(
        1,
        "Portions in which a batch is worked through, one after the other: the same step in less memory.",
        low=1,
        high=4096,
        group="Length",
    )
    seed: int = knob(
        0, "Starts the random numbers: same seed, same losses.", low=0, high=2**31 - 1, group="Length"
    )
    device: Device = knob("auto", "Where training runs.", group="Length")
    size: int = knob(
        64, "Width and height of the training frames.", unit="px", low=16, high=512, group="Data"
    )
    frames: int = knob(30, "Frames in a training clip.", low=2, high=300, group="Data")
    seconds: float = knob(
        3.0, "Time between the first and the last frame.", unit="s", low=0.1, high=60.0, group="Data"
    )
    frames_per_step: int = knob(
        10,
        "Random frames of each clip that a step renders; 0: all. The poster's networks make all.",
        low=0,
        high=300,
        group="Data",
    )
    augment: bool = knob(
        True, "Mirror, reverse, crop and recolour the clips, and vary the time that they span.", group="Data"
    )
    source_clips: int = knob(
        20,
        "Most clips of one video in an epoch, others in the next, so that one film does not own the training; "
        "0: no limit.",
        unit="clips",
        low=0,
        high=1_000_000,
        group="Data",
    )
    memory_gb: float = knob(
        4.0,
        "Memory for decoded clips; a dataset that needs more is read from the disk while training.",
        unit="GB",
        low=0.0,
        high=4096.0,
        group="Data",
    )
    loader_workers: int = knob(
        -1,
        "Processes that read ahead from the disk; 0: none; -1: none, but for a GPU one for two cores, at most 8.",
        low=-1,
        high=256,
        group="Data",
    )
    learning_rate: float = knob(2e-3, "Adam's step size.", low=1e-7, high=1.0, group="Optimiser")
    beta1: float = knob(
        0.9, "Adam's first momentum; the poster takes 0.5.", low=0.0, high=0.999, group="Optimiser"
    )
    beta2: float = knob(
        0.99, "Adam's second momentum; the poster takes 0.999.", low=0.0, high=0.99999, group="Optimiser"
    )
    clip_norm: float = knob(
        1.0, "Largest gradient norm; 0: no limit, as in the poster.", low=0.0, high=1e6, group="Optimiser"
    )
    warmup: int = knob(
        100,
        "Steps over which the learning rate rises; 0: none, as in the poster.",
        low=0,
        high=1_000_000,
        group="Optimiser",
    )
    cosine: bool = knob(True, "Lower the learning rate along a cosine to a hundredth.", group="Optimiser")
    weight_decay: float = knob(
        0.01, "Decay of the weights (AdamW); 0: none, as in the poster.", low=0.0, high=1.0, group="Optimiser"
    )
    ema: float = knob(
        0.995,
        "Decay of the averaged weights that are kept; 0: the last weights, as in the poster.",
        low=0.0,
        high=0.99999,
        group="Optimiser",
    )
    distance: Distance = knob(
        "relative",
        "How a clip's error counts: squared, the sum of squares of equation (1); relative, its L2 distance over that "
        "of linear interpolation, so that wild clips do not own the training and calm ones are not harmed.",
        group="Objective",
    )
    prior: Prior = knob(
        "conditional",
        "Objective (1): the latent's distribution without the video; standard: N(0, I), the equation's own; "
        "conditional: a normal that the two images give.",
        group="Objective",
    )
    lambda1: float = knob(
        20_000.0,
        "Objective (1): weight of the reconstruction.",
        low=0.0,
        high=1e6,
        group="Objective",
    )
    lambda2: float = knob(
        1.0,
        "Objective (1): weight of the end frames, on the sum of squares.",
        low=0.0,
        high=1e6,
        group="Objective",
    )
    free_bits: float = knob(
        0.0,
        "Objective (1): nats of each latent value that the KL term does not count, against collapse; 0 in the poster.",
        low=0.0,
        high=10.0,
        group="Objective",
    )
    kl_ramp: float = knob(
        0.25,
        "Objective (1): share of the run over which the KL term rises, against collapse; 0 in the poster.",
        low=0.0,
        high=1.0,
        group="Objective",
    )
    prior_mean_share: float = knob(
        0.75,
        "Objective (1): share of each batch that is trained at the latent's mean; 0 in the poster.",
        low=0.0,
        high=1.0,
        group="Objective",
    )
    lambda_ends: float = knob(
        0.02, "Objective (2): weight of the end frames.", low=0.0, high=1e6, group="Objective"
    )
    ends_norm: EndsNorm = knob(
        "absolute",
        "Objective (2): what is summed over the end frames; the poster prints squares, its script runs absolutes.",
        group="Objective",
    )
    adversary: Adversary = knob(
        "relativistic",
        "Objective (2): original: the equation's own (without saturation); hinge; relativistic: each real clip against "
        "the generated one of the same images.",
        group="Objective",
    )
    gradient_penalty: float = knob(
        0.0,
        "Added to objective (2): weight of the discriminator's squared gradient at real and generated clips (R1, R2).",
        low=0.0,
        high=1e6,
        group="Objective",
    )
    penalty_every: int = knob(
        8,
        "Steps between two gradient penalties, each counted so many times.",
        low=1,
        high=1000,
        group="Objective",
    )
    augment_critic: bool = knob(
        True,
        "Objective (2): what the discriminator sees is shifted, recoloured and cut out at random, real and generated "
        "alike.",
        group="Objective",
    )
    train_mean: bool = knob(
        True,
        "Objective (2): the mean of a motion or recurrent network is trained too, on lambda_reconstruction; else it "
        "stays as start_from has it.",
        group="Objective",
    )
    mean_variation: float = knob(
        0.0,
        "Objective (2): how much of the noise moves the mean's network too; for one that a CVAE taught, so "
        "that samples differ in more than fine detail.",
        low=0.0,
        high=1.0,
        group="Objective",
    )
    lambda_texture: float = knob(
        0.0,
        "Added to objective (2): weight of the difference in strength of fine detail and of its change over time.",
        low=0.0,
        high=1e6,
        group="Objective",
    )
    l2_budget: float = knob(
        0.0,
        "Added to objective (2): one sample's L2 distance over the mean's beyond which it costs; 0: never.",
        low=0.0,
        high=10.0,
        group="Objective",
    )
    budget_weight: float = knob(
        20.0,
        "Added to objective (2): what an L2 beyond the budget costs.",
        low=0.0,
        high=1e6,
        group="Objective",
    )
    real_label: float = knob(
        1.0,
        "Objective (2), original: the discriminator's target for real clips; the poster smooths it to 0.9.",
        low=0.5,
        high=1.0,
        group="Objective",
    )
    discriminator_steps: int = knob(
        4, "Objective (2): discriminator steps for each generator step.", low=1, high=100, group="Objective"
    )
    discriminator_rate: float = knob(
        2e-4, "Adam's step size for the discriminator.", low=1e-7, high=1.0, group="Optimiser"
    )
    lambda_reconstruction: float = knob(
        0.0,
        "Added to objective (2): weight of the distance to the real clip; 0 in the poster.",
        low=0.0,
        high=1e6,
        group="Objective",
    )
    z_video: int = knob(600, "Latent values of the video.", low=1, high=100_000, group="Model")
    z_first: int = knob(1000, "Latent values of the first image.", low=1, high=100_000, group="Model")
    z_last: int = knob(1000, "Latent values of the last image.", low=1, high=100_000, group="Model")
    width: int = knob(
        16, "Channels of the first level of a motion or recurrent network.", low=4, high=512, group="Model"
    )
    log_every: int = knob(10, "Steps between two rows of losses.", low=1, high=1_000_000, group="Saving")
    sample_every: int = knob(
        250, "Steps between two validations, with samples.", low=1, high=1_000_000, group="Saving"
    )
    checkpoint_every: int = knob(500, "Steps between two checkpoints.", low=1, high=1_000_000, group="Saving")
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
