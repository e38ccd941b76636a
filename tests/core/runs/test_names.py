"""What a run may be called, and what comes along when it is renamed."""

import os
from pathlib import Path

import pytest

from f2v_core.errors import RunError
from f2v_core.runs import Run, claim_run, open_run
from f2v_core.runs.names import LONGEST, name_fault, rename_run
from f2v_core.runs.queue import queue_run, read_queue


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("fine name-2", ""), ("", "empty"), (".hidden", "odd"), ("a/b", "odd"), ("..", "odd"), ("a\\b", "odd"),
        (" a", "odd"), ("a\nb", "odd"), ("x" * (LONGEST + 1), "odd"), ("run", "taken"),
    ],
)  # fmt: skip
def test_a_name_is_one_of_a_folder_that_is_not_there(run: Run, name: str, fault: str):
    assert name_fault(run.folder.parent, name) == fault


def test_a_run_is_renamed_with_all_that_it_has(run: Run):
    queue_run(run)
    renamed = rename_run(run, "other")
    assert renamed == open_run(run.folder.with_name("other"))
    assert not run.folder.exists()
    assert read_queue(run.folder.parent).runs == (renamed,)
    assert not (renamed.folder / ".lock").exists()
    with claim_run(renamed):
        pass


@pytest.mark.parametrize("phase", ["training", "starting"])
def test_a_run_that_is_trained_keeps_its_name(run: Run, say, phase: str):
    with claim_run(run):
        say(phase)
        with pytest.raises(RunError, match="is being trained"):
            rename_run(run, "other")
    assert run.folder.is_dir()


def test_a_name_that_does_not_do_is_refused(run: Run):
    with pytest.raises(RunError, match="There is something called run already"):
        rename_run(run, "run")


def test_a_system_that_refuses_is_told(run: Run, monkeypatch: pytest.MonkeyPatch):
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(RunError, match="cannot be renamed: Permission denied"):
        rename_run(run, "other")
    assert not (run.folder / ".lock").exists()
