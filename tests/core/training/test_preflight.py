"""The look at the disk before the first step."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from f2v_core.errors import RunError
from f2v_core.models.networks import build_networks
from f2v_core.runs import create_run
from f2v_core.training import preflight
from f2v_core.training.preflight import check_disk, checkpoint_bytes, run_bytes
from f2v_core.training.trainer import train


def free(monkeypatch, count: int) -> None:
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda _folder: SimpleNamespace(free=count))


@pytest.mark.parametrize("model", ["cvae", "cgan"])
def test_a_checkpoint_takes_what_was_reckoned(model, quick_config, squares_folder, tmp_path):
    config = quick_config(model, "motion", data=str(squares_folder), steps=1, train_mean=True)
    run = create_run(tmp_path / "run", config)
    list(train(run))
    (folder,) = run.checkpoints()
    written = sum((folder / name).stat().st_size for name in ("state.pt", "model/weights.safetensors"))
    assert written == pytest.approx(checkpoint_bytes(build_networks(config)), rel=0.15)


def test_kept_checkpoints_the_best_the_partial_one_and_samples_count(quick_config):
    config = replace(quick_config("cvae", "motion"), keep_checkpoints=3, steps=6, sample_every=3)
    networks = build_networks(config)
    assert run_bytes(config, networks, 10) == 5 * checkpoint_bytes(networks) + 4 * 10


def test_a_disk_that_is_just_large_enough_will_do(quick_config, tmp_path, monkeypatch):
    run = create_run(tmp_path / "run", quick_config("cvae", "motion"))
    networks = build_networks(run.config)
    free(monkeypatch, run_bytes(run.config, networks, 10))
    check_disk(run, networks, 10)


def test_a_full_disk_is_told_before_the_first_step(quick_config, squares_folder, tmp_path, monkeypatch):
    run = create_run(tmp_path / "run", quick_config("cvae", "motion", data=str(squares_folder)))
    free(monkeypatch, 1_000_000)
    with pytest.raises(RunError, match=r"The run needs \d+ MB in .*run, but 1 MB are free") as caught:
        list(train(run))
    assert "Make room" in caught.value.remedy
    assert not run.checkpoints()
