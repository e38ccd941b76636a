from dataclasses import replace

import pytest

from f2v_app.widgets.train_cost import (
    COSTS,
    clips_mb,
    cost_of,
    step_gflop,
    training_gflop,
    validations,
    weights_mb,
)
from f2v_core.config import train_preset
from f2v_core.config.named import named_presets

SMALL = train_preset("cvae", "motion")


@pytest.mark.parametrize("preset", named_presets(), ids=lambda each: each.name)
def test_every_preset_has_a_measured_row(preset) -> None:
    config = preset.config()
    width = 16 if config.architecture == "poster" else config.width
    row = COSTS[config.model, config.architecture, width]
    assert vars(cost_of(config)) == pytest.approx(vars(row))
    assert min(vars(row).values()) >= 0
    assert min(weights_mb(config), clips_mb(config), step_gflop(config)) > 0


def test_widths_between_and_beyond_the_measured_ones_lie_in_order() -> None:
    costs = [step_gflop(replace(SMALL, width=width)) for width in (8, 16, 24, 32, 48, 64, 96)]
    memory = [weights_mb(replace(SMALL, width=width)) for width in (8, 16, 24, 32, 48, 64, 96)]
    assert costs == sorted(costs)
    assert memory == sorted(memory)


def test_a_figure_that_is_nothing_at_one_width_grows_along_a_line() -> None:
    config = train_preset("cgan", "motion")
    assert 0 < cost_of(replace(config, width=24)).frame_gflop < COSTS["cgan", "motion", 16].frame_gflop


def test_a_step_costs_more_for_more_of_anything() -> None:
    cgan = train_preset("cgan", "motion")
    for config, changes in (
        (SMALL, {"batch": 32}),
        (SMALL, {"size": 128}),
        (SMALL, {"frames_per_step": 0}),
        (cgan, {"discriminator_steps": 2}),
    ):
        assert step_gflop(replace(config, **changes)) > step_gflop(config)
    assert step_gflop(replace(SMALL, discriminator_steps=2)) == step_gflop(SMALL)  # it has none


def test_portions_take_less_memory_for_the_same_arithmetic() -> None:
    portions = replace(SMALL, accumulate=4)
    assert clips_mb(portions) == clips_mb(SMALL) / 4
    assert clips_mb(replace(SMALL, accumulate=99)) == clips_mb(SMALL) / 16
    assert step_gflop(portions) == step_gflop(SMALL)


def test_a_training_validates_now_and_then_and_at_its_end() -> None:
    assert validations(replace(SMALL, steps=300, sample_every=50)) == 6
    assert validations(replace(SMALL, steps=60, sample_every=50)) == 2


def test_validations_count_as_some_steps() -> None:
    bare = training_gflop(SMALL, 300, 6, 0)
    assert bare == pytest.approx(300 * step_gflop(SMALL))
    assert 1.05 < training_gflop(SMALL, 300, 6, 31) / bare < 1.15
    assert training_gflop(SMALL, 300, 6, 48) == training_gflop(SMALL, 300, 6, 4800)
