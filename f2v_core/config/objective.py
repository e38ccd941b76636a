"""What a training strives for: the terms of the objectives (1) and (2), and what is added to them."""

from dataclasses import dataclass
from typing import Literal

from f2v_core.knobs import Config, knob

EndsNorm = Literal["squared", "absolute"]
Prior = Literal["standard", "conditional"]
Distance = Literal["squared", "relative"]
Adversary = Literal["original", "hinge", "relativistic"]


@dataclass(frozen=True)
class ObjectiveKnobs(Config):
    """What a training strives for."""

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
        unit="steps",
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
    lambda_reconstruction: float = knob(
        0.0,
        "Added to objective (2): weight of the distance to the real clip; 0 in the poster.",
        low=0.0,
        high=1e6,
        group="Objective",
    )
