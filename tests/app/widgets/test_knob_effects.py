import pytest

from f2v_app.widgets.knob_effects import NOT_FOR, idle_knobs
from f2v_core.config import TrainConfig, train_preset


def test_only_knobs_are_named() -> None:
    known = {each.name for each in TrainConfig.knobs()}
    assert all(names <= known for names in NOT_FOR.values())


@pytest.mark.parametrize(
    ("model", "architecture", "idle", "effective"),
    [
        ("cvae", "motion", {"discriminator_steps", "adversary", "lambda2"}, {"width", "lambda1", "frames_per_step"}),
        ("cgan", "recurrent", {"lambda1", "kl_ramp", "lambda_ends"}, {"width", "train_mean", "discriminator_rate"}),
        ("cvae", "poster", {"width", "prior", "size", "frames"}, {"lambda1", "lambda2", "frames_per_step"}),
        ("cgan", "poster", {"width", "lambda1", "frames_per_step"}, {"lambda_ends", "real_label"}),
    ],
)  # fmt: skip
def test_what_networks_do_not_know_has_no_effect(model, architecture, idle, effective) -> None:
    found = idle_knobs(train_preset(model, architecture))
    assert idle <= found
    assert not effective & found


@pytest.mark.parametrize(
    ("name", "without", "wanted"),
    [
        ("penalty_every", {"gradient_penalty": 0.0}, {"gradient_penalty": 1.0}),
        ("budget_weight", {"l2_budget": 0.0}, {"l2_budget": 1.1}),
        ("real_label", {"adversary": "hinge"}, {"adversary": "original"}),
        ("distance", {"lambda_reconstruction": 0.0}, {"lambda_reconstruction": 1.0}),
    ],
)
def test_what_belongs_to_another_setting_has_an_effect_with_it(name, without, wanted) -> None:
    assert name in idle_knobs(train_preset("cgan", "motion", **without))
    assert name not in idle_knobs(train_preset("cgan", "motion", **wanted))
