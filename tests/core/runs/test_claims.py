"""One trainer a run: locks, trainers elsewhere, folders that go."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError
from f2v_core.runs import LOCK, Run, claim_run
from f2v_core.runs import claims as claims_module
from f2v_core.runs.claims import delete_run, discard_run
from f2v_core.runs.state import HOST, read_state


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims_module, "LISTEN_S", 0.1)
    monkeypatch.setattr(claims_module, "PAUSE_S", 0.001)


def claim_twice(run: Run) -> None:
    with claim_run(run), claim_run(run):
        pass


def test_only_one_trains_a_run(run: Run):
    with pytest.raises(RunError, match=rf"being trained already by process {os.getpid()} on {HOST}\."):
        claim_twice(run)
    assert [path.name for path in run.folder.iterdir()] == ["run.json"]


def test_a_holder_that_cannot_be_named_is_not(run: Run):
    with claim_run(run):
        (run.folder / LOCK).write_text("{")
        with pytest.raises(RunError, match=r"being trained already\. Stop"):
            claim_twice(run)


def test_the_lock_of_a_killed_process_holds_nobody_up(run: Run):
    code = (
        "import os, sys, pathlib; from f2v_core.runs import claim_run, open_run\n"
        "with claim_run(open_run(pathlib.Path(sys.argv[1]))): os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(run.folder)], check=False).returncode != 0
    with claim_run(run):
        assert json.loads((run.folder / LOCK).read_text()) == {"host": HOST, "pid": os.getpid()}


def test_looking_does_not_hold_the_lock(run: Run, say):
    with claim_run(run) as claim:
        say("training")
        assert {read_state(run).phase for _ in range(20)} == {"training"}
        assert not claim.lost


def test_what_a_killed_trainer_left_half_written_goes(run: Run):
    run.checkpoint_folder(1).mkdir(parents=True)
    (run.folder / "samples").mkdir()
    half = [
        run.folder / "checkpoints" / ".step-00000002-77-partial",
        run.folder / "samples" / ".step-00000002-77-partial.png",
        run.folder / "samples" / ".real-77-partial.png",
        run.folder / ".state-77-partial.json",
    ]
    half[0].mkdir()
    for path in half[1:]:
        path.touch()
    with claim_run(run):
        assert not any(path.exists() for path in half)
        assert run.checkpoint_folder(1).exists()


def test_a_trainer_elsewhere_that_writes_is_respected(run: Run, say):
    say("training", host="elsewhere", pid=7)
    with pytest.raises(RunError, match=r"being trained already on elsewhere \(process 7\)"), claim_run(run):
        pass


def test_a_clock_that_is_wrong_does_not_make_a_writing_trainer_silent(
    run: Run, say, monkeypatch: pytest.MonkeyPatch
):
    say("training", host="elsewhere", pid=7, ago_s=1000)
    monkeypatch.setattr(claims_module, "sleep", lambda _s: say("training", host="elsewhere", ago_s=999))
    with pytest.raises(RunError, match="being trained already on elsewhere"), claim_run(run):
        pass


def test_a_silent_trainer_elsewhere_is_replaced_and_finds_out(run: Run, say):
    with claim_run(run) as asleep:
        say("training", host="elsewhere", ago_s=100)
        with claim_run(run) as claim:
            assert asleep.lost
            assert not claim.lost
            claim.check()
            with pytest.raises(RunError, match="taken over by another trainer"):
                asleep.check()
        assert not (run.folder / LOCK).exists()


def test_a_trainer_that_lost_its_run_leaves_the_lock_of_the_other(run: Run, say):
    asleep = claim_run(run)
    asleep.__enter__()
    say("training", host="elsewhere", ago_s=100)
    with claim_run(run) as claim:
        asleep.__exit__(None, None, None)
        assert not claim.lost


def test_a_trainer_elsewhere_that_ended_holds_nobody_up(run: Run, say):
    say("paused", host="elsewhere")
    with claim_run(run) as claim:
        assert not claim.lost


def test_a_deleted_folder_is_told_as_that(run: Run):
    with claim_run(run) as claim:
        shutil.rmtree(run.folder)
        with pytest.raises(RunError, match="was deleted while it was trained"):
            claim.check()
    assert not run.folder.exists()


def test_a_run_whose_folder_is_gone_cannot_be_claimed(tmp_path):
    with (
        pytest.raises(RunError, match="run cannot be written"),
        claim_run(Run(tmp_path / "run", TrainConfig())),
    ):
        pass


def test_a_discarded_run_leaves_nothing(run: Run):
    discard_run(run)
    assert list(run.folder.parent.iterdir()) == []


def test_a_run_that_is_trained_is_not_discarded(run: Run):
    with claim_run(run), pytest.raises(RunError, match="being trained already"):
        discard_run(run)
    assert run.folder.exists()


def test_a_run_that_cannot_be_deleted_is_an_error_in_words(run: Run):
    shutil.rmtree(run.folder)
    with pytest.raises(RunError, match="run cannot be deleted: No such file"):
        delete_run(run)
