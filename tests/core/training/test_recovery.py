"""After numbers that are not finite: half the rate, as far as there is one."""

from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import load_file

from f2v_core.config import TrainConfig
from f2v_core.errors import NotFiniteError, RunError
from f2v_core.runs import Run, create_run
from f2v_core.runs.folder import step_of
from f2v_core.training.recovery import LOWEST, astray
from f2v_core.training.trainer import train
from tests.benchmarks.kill_runs import small_config


@pytest.mark.parametrize(
    ("network", "knob"), [("CVAE", "learning_rate"), ("discriminator", "discriminator_rate")]
)
@pytest.mark.parametrize(("now", "offered"), [(1e-3, 5e-4), (1.5e-7, LOWEST), (LOWEST, None)])
def test_half_the_rate_is_offered_down_to_the_lowest(network, knob, now, offered):
    found = astray(
        NotFiniteError(network, "It became nan.", "Go slower."), replace(TrainConfig(), **{knob: now})
    )
    assert found.message == "It became nan."
    assert found.offer == ({} if offered is None else {knob: offered})
    assert ("as low as it goes" in found.remedy) == (offered is None)


def test_a_run_that_diverges_goes_on_from_its_last_good_checkpoint(tmp_path, squares_folder):
    """At this rate and without clipping the gradients really overflow after a few steps."""
    config = small_config(
        "cvae", squares_folder, 24, learning_rate=1.0, warmup=0, clip_norm=0.0, distance="squared"
    )
    run, falls = create_run(tmp_path / "run", config), 0
    while not run.checkpoints() or step_of(run.checkpoints()[-1]) < config.steps:
        try:
            list(train(run))
        except RunError as error:
            falls += 1
            run = Run(run.folder, replace(run.config, **error.offer))
        weights = load_file(run.checkpoints()[-1] / "model" / "weights.safetensors")
        assert all(np.isfinite(each).all() for each in weights.values())
    assert falls > 0
    assert run.config.learning_rate == 0.5**falls
