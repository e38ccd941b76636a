"""A training that is killed and goes on is the training that never stopped: real processes, real SIGKILLs."""

import os

import pytest

from f2v_core.runs import create_run
from f2v_core.runs.state import read_state
from tests.benchmarks.kill_runs import kill_often, small_config, states_equal
from tests.killable import Victim

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no SIGKILLs")


@pytest.mark.parametrize("model", ["cvae", "cgan"])
def test_forty_steps_are_twenty_a_kill_and_twenty_more(model, tmp_path, squares_folder):
    config = small_config(
        model, squares_folder, 40, augment=True, cosine=True, warmup=5, sample_every=20, checkpoint_every=20,
        log_every=10,
    )  # fmt: skip
    whole, broken = (create_run(tmp_path / name, config) for name in ("whole", "broken"))
    assert Victim(whole.folder).end() == 0
    victim = Victim(broken.folder)
    assert victim.reaches(23)
    assert victim.kill()
    state = read_state(broken)
    assert (state.phase, state.step, state.saved) == ("interrupted", 20, 20)
    assert Victim(broken.folder).end() == 0
    assert read_state(broken).phase == "finished"
    assert states_equal(whole, broken)


def test_five_kills_at_random_moments_change_nothing(tmp_path, squares_folder):
    config = small_config("cgan", squares_folder, 24)
    calm, disturbed = (create_run(tmp_path / name, config) for name in ("calm", "disturbed"))
    assert Victim(calm.folder).end() == 0
    tally = kill_often(disturbed, 5, seed=1)
    assert tally.kills == 5 or read_state(disturbed).phase == "finished"
    assert Victim(disturbed.folder).end() == 0
    assert states_equal(calm, disturbed)
