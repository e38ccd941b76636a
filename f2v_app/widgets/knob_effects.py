"""Which settings of a training have no effect as things stand."""

from f2v_core.config import TrainConfig

_OF_CVAE = frozenset("lambda1 lambda2 free_bits kl_ramp prior_mean_share".split())
_OF_CGAN = frozenset(
    "lambda_ends ends_norm adversary gradient_penalty penalty_every augment_critic train_mean mean_variation "
    "lambda_texture l2_budget budget_weight real_label discriminator_steps discriminator_rate "
    "lambda_reconstruction".split()
)
_OF_MEETING_ENDS = frozenset("lambda2 lambda_ends ends_norm".split())
_OF_TWO_BRANCHES = frozenset("prior width train_mean mean_variation l2_budget budget_weight".split())
NOT_FOR: dict[str, frozenset[str]] = {
    "cvae": _OF_CGAN,
    "cgan": _OF_CVAE,
    "motion": _OF_MEETING_ENDS,
    "recurrent": _OF_MEETING_ENDS,
    "poster": _OF_TWO_BRANCHES | {"size", "frames"},
}
"""Without effect on a model or an architecture.

The motion and the recurrent network are exact at both ends: nothing is left to be weighed there. The poster's networks
know no prior, no width and no mean beside the sample, and take one shape of clips only.
"""


def idle_knobs(config: TrainConfig) -> frozenset[str]:
    """The knobs that could be anything without a difference to this training."""
    idle = set(NOT_FOR[config.model] | NOT_FOR[config.architecture])
    adversarial = config.model == "cgan"
    for name, without in (
        ("frames_per_step", adversarial and not config.corrects_fade),  # that critic sees whole clips only
        ("penalty_every", not config.gradient_penalty),
        ("budget_weight", not config.l2_budget),
        ("real_label", config.adversary != "original"),
        ("distance", adversarial and not config.lambda_reconstruction),
    ):
        if without:
            idle.add(name)
    return frozenset(idle)
