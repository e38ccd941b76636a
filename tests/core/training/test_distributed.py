"""Two processes with half of each batch follow the one that has all of it."""

import os
import socket
import subprocess
import sys
from dataclasses import replace
from threading import Event

import pytest
import torch
from safetensors.torch import load_file

from f2v_core.errors import InputError
from f2v_core.runs import Run, change_run, create_run, open_run
from f2v_core.runs.history import read_history
from f2v_core.runs.state import read_state
from f2v_core.training.distributed import join
from f2v_core.training.trainer import train


def start_together(run: Run, *flags: str, ranks: int = 2) -> "list[subprocess.Popen[str]]":
    """As `torchrun` does: one process each, which find each other by the environment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "f2v_core.cli.main",
        "train",
        "--run",
        str(run.folder),
        "--resume",
        *flags,
    ]
    address = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": str(ranks)}
    environment = {**os.environ, **address, "OMP_NUM_THREADS": "1"}
    return [
        subprocess.Popen(
            command,
            env={**environment, "RANK": str(rank), "LOCAL_RANK": str(rank)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for rank in range(ranks)
    ]


def train_together(run: Run, *flags: str, ranks: int = 2) -> None:
    """Train to the end."""
    started = start_together(run, *flags, ranks=ranks)
    told = [each.communicate(timeout=120)[0] for each in started]
    assert [each.returncode for each in started] == [0] * ranks, "\n".join(told)


@pytest.fixture
def make_run(tmp_path, squares_folder, quick_config):
    """A function that makes a run of 20 steps with four clips a step."""

    def make(name: str, model: str, **changes) -> Run:
        common = {"log_every": 1, "sample_every": 20, "checkpoint_every": 20, "augment": True}
        config = quick_config(model, "motion", data=str(squares_folder), **{"steps": 20, **common, **changes})
        return create_run(tmp_path / name, config)

    return make


def weights(run: Run) -> dict[str, torch.Tensor]:
    return load_file(run.model_folder() / "weights.safetensors")


CALM = {"adversary": "original", "learning_rate": 1e-4, "discriminator_rate": 2e-5}
"""An adversary that rounding cannot drive: a relativistic one leaves the critic's last bias without any slope, and Adam
makes whole steps of what rounding leaves there."""


@pytest.mark.parametrize("model", ["cvae", "cgan"])
def test_two_processes_follow_one(model, make_run):
    changes = {"l2_budget": 1.02, "lambda_texture": 2.0, **CALM} if model == "cgan" else {}
    alone, together = (make_run(name, model, **changes) for name in ("alone", "together"))
    list(train(alone))
    train_together(together)
    one, other = read_history(alone), read_history(together)
    assert other["step"] == list(range(1, 21))
    for name in set(one) - {"seconds"}:
        assert other[name] == pytest.approx(one[name], rel=1e-5, abs=1e-5, nan_ok=True), name


def test_a_run_goes_on_with_another_number_of_processes(make_run):
    whole, moved = make_run("whole", "cvae"), make_run("moved", "cvae", steps=10)
    list(train(whole))
    train_together(moved)
    assert [path.name for path in moved.checkpoints()] == ["step-00000010"]
    list(train(change_run(moved, replace(moved.config, steps=20))))
    assert read_history(open_run(moved.folder))["step"] == list(range(1, 21))


def test_a_process_that_is_left_alone_says_so(make_run):
    run = make_run("left", "cvae", steps=100_000, checkpoint_every=5)
    left, killed = start_together(run)
    while not run.checkpoints() and left.poll() is None:
        Event().wait(0.05)
    killed.kill()
    killed.communicate()
    told = left.communicate(timeout=60)[0]
    assert left.returncode == 1, told
    state = read_state(run)
    assert (state.phase, state.details) == ("failed", "")
    assert "Another process of this training ended" in state.error


def test_a_batch_has_a_clip_for_every_process(monkeypatch, quick_config):
    monkeypatch.setenv("WORLD_SIZE", "8")
    with (
        pytest.raises(InputError, match="batch is 4, but 8 processes train"),
        join(quick_config("cvae", "motion")),
    ):
        pass
