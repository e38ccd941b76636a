"""Checkpoints: whole or not at all, the newest ones kept, damage passed over."""

import os
import subprocess
import sys

import numpy as np
import pytest
import torch

from f2v_core.errors import RunError
from f2v_core.library import Figure, read_card
from f2v_core.media.images import read_image
from f2v_core.runs import create_run
from f2v_core.training.checkpoints import load_state, save_checkpoint
from f2v_core.training.samples import sample_sheet, write_samples

WEIGHTS = {"layer.weight": torch.arange(6.0).reshape(2, 3)}


@pytest.fixture
def run(tmp_path, small_config):
    return create_run(tmp_path / "run", small_config("cgan", "motion"))


def save(run, step: int, ratio: float | None = None):
    return save_checkpoint(
        run, step, WEIGHTS, {"generator": WEIGHTS, "ratio": ratio}, {"mean L2": 1.0}, ("a | CC0 | b",)
    )


def steps(run) -> list[int]:
    return [int(folder.name[-8:]) for folder in run.checkpoints()]


def test_state_and_random_numbers_come_back(run):
    save(run, 7)
    expected = torch.rand(3)
    state, damaged = load_state(run)
    assert not damaged
    assert state["step"] == 7
    assert torch.equal(state["generator"]["layer.weight"], WEIGHTS["layer.weight"])
    assert torch.equal(torch.rand(3), expected)


def test_the_model_folder_says_what_it_is(run):
    card = read_card(save(run, 7) / "model")
    assert (card.name, card.kind, card.steps, card.variation) == ("run", "cgan", 7, 1.0)
    assert card.data == ("a | CC0 | b",)
    assert card.licence == "Apache-2.0"
    assert card.metrics == {"mean L2": Figure(1.0)}


def test_the_model_folder_tells_how_it_was_trained(run):
    assert not list((save(run, 1) / "model").glob("*.csv"))
    run.history_file.write_text("step,loss\n1,2\n")
    clips = np.zeros((2, run.config.frames, 16, 16, 3), np.uint8)
    for step in (9, 10):
        write_samples(run, step, clips, clips + np.uint8(step))
    model = save(run, 10) / "model"
    assert (model / "history.csv").read_text() == "step,loss\n1,2\n"
    assert np.array_equal(read_image(model / "preview.png"), sample_sheet(run, 10))


def test_a_damaged_sample_costs_no_checkpoint(run):
    clips = np.zeros((2, run.config.frames, 16, 16, 3), np.uint8)
    write_samples(run, 9, clips, clips)
    run.sample_file(9).write_bytes(b"half a file")
    assert not (save(run, 10) / "model" / "preview.png").exists()
    assert steps(run) == [10]


def test_nothing_else_is_left_in_the_folder(run):
    for step in (1, 2, 3):
        save(run, step)
    assert sorted(p.name for p in (run.folder / "checkpoints").iterdir()) == [
        "step-00000002",
        "step-00000003",
    ]


def test_the_same_step_may_be_saved_again(run):
    save(run, 1)
    save(run, 1)
    assert steps(run) == [1]


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip_a_bit_of_the_weights(path):
    content, weights = bytearray(path.read_bytes()), WEIGHTS["layer.weight"].numpy().tobytes()
    content[content.index(weights) + 5] ^= 0x10
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [cut, flip_a_bit_of_the_weights, os.truncate, os.unlink])
def test_a_damaged_state_is_passed_over(run, damage):
    save(run, 1)
    state = save(run, 2) / "state.pt"
    damage(state, 0) if damage is os.truncate else damage(state)
    loaded, damaged = load_state(run)
    assert loaded["step"] == 1
    assert damaged == [run.checkpoint_folder(2)]


def test_no_good_checkpoint_is_an_error(run):
    (save(run, 1) / "state.pt").write_bytes(b"")
    with pytest.raises(RunError, match=r"No checkpoint of .*run can be read"):
        load_state(run)


def test_damaged_later_checkpoints_go_when_an_earlier_one_went_on(run):
    for step in (5, 6):
        (save(run, step) / "state.pt").write_bytes(b"")
    save(run, 2)
    assert steps(run) == [2]
    save(run, 3)
    assert steps(run) == [2, 3]


@pytest.mark.parametrize("room", [500, 3000])
def test_a_full_disk_leaves_the_earlier_checkpoint(run, room):
    """In a process of its own, whose files may not grow beyond `room` bytes: no writer is replaced."""
    save(run, 1)
    code = """
import resource, sys
from pathlib import Path
import torch
from f2v_core.errors import RunError
from f2v_core.runs import open_run
from f2v_core.training.checkpoints import save_checkpoint
run, room = open_run(Path(sys.argv[1])), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
state = {"generator": torch.zeros(9000), "ratio": None}
try:
    save_checkpoint(run, 2, {"a": torch.zeros(200 if room > 2000 else 2000)}, state, {}, ())
except RunError as error:
    print(error)
"""
    command = [sys.executable, "-c", code, str(run.folder), str(room)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "step-00000002 cannot be written" in done.stdout
    assert "File too large" in done.stdout
    assert [p.name for p in (run.folder / "checkpoints").iterdir()] == ["step-00000001"]


def test_the_best_checkpoint_is_kept_besides_the_newest(run):
    for step, ratio in enumerate((0.99, 0.95, 0.97, 0.98, 0.96), 1):
        save(run, step, ratio)
    assert steps(run) == [2, 4, 5]
    assert run.best_checkpoint() == run.checkpoint_folder(2)
    assert save(run, 6, 0.95).name == "step-00000006"
    assert steps(run) == [5, 6]
    assert run.best_checkpoint() == run.checkpoint_folder(6)


def test_a_checkpoint_of_an_earlier_version_has_no_hashes_and_is_read_all_the_same(run):
    save(run, 1)
    (save(run, 2) / "checkpoint.json").unlink()
    assert load_state(run)[0]["step"] == 2
    assert run.best_checkpoint() is None


def test_weights_that_are_not_finite_are_never_written(run):
    save(run, 1)
    with pytest.raises(RunError, match=r"weight layer\.weight is not finite"):
        save_checkpoint(run, 2, {"layer.weight": torch.tensor([1.0, torch.nan])}, {"ratio": None}, {}, ())
    assert steps(run) == [1]
