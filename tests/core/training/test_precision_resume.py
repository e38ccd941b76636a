"""Half precision goes on exactly where it stopped: the factor of fp16 and its count of left-out steps too."""

from dataclasses import replace

import pytest
import torch

from f2v_core.models.networks import build_networks
from f2v_core.runs import Run, create_run
from f2v_core.train_messages import CheckpointSaved
from f2v_core.training.inbox import Inbox
from f2v_core.training.trainer import Trainer
from tests.benchmarks.kill_runs import small_config, states_equal


@pytest.mark.parametrize("model", ["cvae", "cgan"])
@pytest.mark.parametrize("precision", ["bf16", "fp16"])
def test_six_steps_are_three_and_three_more(model, precision, tmp_path, squares_folder, load):
    config = small_config(model, squares_folder, 6, precision=precision, batch=2, gradient_penalty=0.0)

    def trainer(name: str, seed: int) -> Trainer:
        torch.manual_seed(seed)
        run = create_run(tmp_path / name, config) if seed == 0 else first.run
        return Trainer(run, build_networks(config), torch.device("cpu"), Inbox())

    whole, first = trainer("whole", 0), trainer("broken", 0)
    material, _ = load(config)
    list(whole.events(material))
    begun = first.events(material)
    while not isinstance(next(begun), CheckpointSaved):
        pass
    begun.close()
    assert first.step == 3
    second = trainer("broken", 99)
    second.restore()
    list(second.events(material))
    assert states_equal(whole.run, first.run)
    state = torch.load(first.run.checkpoints()[-1] / "state.pt", weights_only=True)
    assert ("scaler" in state["parts"]) == (precision == "fp16")


@pytest.mark.parametrize(("before", "after"), [("fp32", "fp16"), ("fp16", "fp32"), ("bf16", "fp16")])
def test_a_run_goes_on_in_another_precision(before, after, tmp_path, squares_folder, load):
    config = small_config("cvae", squares_folder, 6, precision=before, batch=2)
    material, _ = load(config)
    run = create_run(tmp_path / "run", config)
    begun = Trainer(run, build_networks(config), torch.device("cpu"), Inbox()).events(material)
    while not isinstance(next(begun), CheckpointSaved):
        pass
    begun.close()
    changed = replace(config, precision=after)
    second = Trainer(Run(run.folder, changed), build_networks(changed), torch.device("cpu"), Inbox())
    assert "Resumed at step 3" in second.restore()
    list(second.events(material))
    assert second.step == 6
