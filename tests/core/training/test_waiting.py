"""A full disk: training waits with all that it has, obeys, and goes on by itself."""

from errno import EACCES, EDQUOT, ENOSPC

import pytest
import torch
from safetensors.torch import load_file

from f2v_core.errors import RunError
from f2v_core.media import images
from f2v_core.messages import Notice
from f2v_core.runs import Run, create_run, history
from f2v_core.runs import events as events_module
from f2v_core.runs.events import read_events
from f2v_core.runs.history import read_history
from f2v_core.runs.state import RunState, read_state
from f2v_core.train_messages import DiskFull, TrainEvent
from f2v_core.training import checkpoints, waiting
from f2v_core.training.inbox import Inbox
from f2v_core.training.session import Session
from f2v_core.training.waiting import Patience

WRITERS = {
    "checkpoint": (checkpoints, "save_weights"),
    "samples": (images, "atomic_file"),
    "history": (history, "append_whole"),
    "events": (events_module, "append_whole"),
}


class FullDisk:
    """Refuses some writes from the `skip`-th on, as many as there are `refusals`."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, what: str, refusals: float = 3, skip: int = 0
    ) -> None:
        module, name = WRITERS[what]
        self.write, self.refusals, self.skip = getattr(module, name), refusals, skip
        monkeypatch.setattr(module, name, self)

    def __call__(self, *args: object) -> object:
        self.skip -= 1
        if self.skip < 0 and self.refusals > 0:
            self.refusals -= 1
            raise OSError(ENOSPC, "No space left on device")
        return self.write(*args)


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(waiting, "RETRY_S", 0.001)


@pytest.fixture
def make_run(tmp_path, squares_folder, quick_config):
    def make(name: str = "run", **changes) -> Run:
        wanted = {"steps": 4, "log_every": 1, "sample_every": 2, "checkpoint_every": 2, **changes}
        return create_run(tmp_path / name, quick_config("cvae", "motion", data=str(squares_folder), **wanted))

    return make


def watch(session: Session, at_full=None) -> list[tuple[TrainEvent, RunState]]:
    """Train; `at_full` is called when training waits for the third time."""
    seen = []
    for event in session.events():
        seen.append((event, read_state(session.run)))
        if at_full and sum(isinstance(each, DiskFull) for each, _ in seen) == 3:
            at_full()
    return seen


def waits(seen: list[tuple[TrainEvent, RunState]]) -> list[DiskFull]:
    return [event for event, _ in seen if isinstance(event, DiskFull)]


@pytest.mark.parametrize("what", ["checkpoint", "samples", "history"])
def test_training_waits_for_room_and_ends_as_if_it_had_had_it(what, make_run, monkeypatch):
    whole, short = make_run("whole"), make_run("short")
    list(Session(whole).events())
    with monkeypatch.context() as patch:
        FullDisk(patch, what, skip=1)
        seen = watch(Session(short))
    assert len(waits(seen)) == 3
    assert waits(seen)[0].waited_s == 0 < waits(seen)[1].waited_s
    told = [state for event, state in seen if isinstance(event, DiskFull)]
    assert {state.phase for state in told} == {"waiting"}
    assert str(short.folder) in told[0].error
    assert "goes on by itself" in told[0].remedy
    assert (read_state(short).phase, read_state(short).error) == ("finished", "")
    one, other = (load_file(run.model_folder() / "weights.safetensors") for run in (whole, short))
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert read_history(short)["loss"] == read_history(whole)["loss"]
    assert any("waited" in event.text for event in read_events(short))
    assert not list(short.folder.rglob(".*partial*"))


def test_events_that_find_no_room_are_told_later(make_run, monkeypatch):
    run = make_run()
    FullDisk(monkeypatch, "events", refusals=4)
    assert not waits(watch(Session(run)))
    assert [event.kind for event in read_events(run)][:2] == ["started", "sample"]


@pytest.mark.parametrize(("kind", "phase"), [("pause", "paused"), ("stop", "stopped")])
def test_an_ending_is_obeyed_and_says_what_is_kept(kind, phase, make_run, monkeypatch):
    run = make_run()
    session = Session(run)
    FullDisk(monkeypatch, "checkpoint", refusals=1e9, skip=1)
    seen = watch(session, lambda: session.ask(kind))
    state = read_state(run)
    assert (state.phase, state.step, state.saved, state.error) == (phase, 2, 2, "")
    words = "The disk has no room for a checkpoint of step 4: that of step 2 is the last one."
    assert seen[-1][0] == Notice(words)
    assert words in [event.text for event in read_events(run)]


def test_a_pause_before_the_first_checkpoint_says_that_nothing_is_kept(make_run, monkeypatch):
    run = make_run()
    session = Session(run)
    FullDisk(monkeypatch, "checkpoint", refusals=1e9)
    seen = watch(session, lambda: session.ask("pause"))
    assert "nothing of this run is kept" in seen[-1][0].text
    assert read_state(run).phase == "paused"


def test_a_run_that_waits_can_be_discarded(make_run, monkeypatch):
    run = make_run()
    session = Session(run)
    FullDisk(monkeypatch, "samples", refusals=1e9)
    watch(session, lambda: session.ask("discard"))
    assert not run.folder.exists()


def test_a_pause_that_finds_room_saves(make_run, monkeypatch):
    run = make_run(checkpoint_every=4)
    session = Session(run)
    disk = FullDisk(monkeypatch, "samples", refusals=1e9)
    watch(session, lambda: (setattr(disk, "refusals", 0), session.ask("pause")))
    assert (read_state(run).phase, read_state(run).saved) == ("paused", 2)


def test_closing_a_training_that_waits_is_a_failure_in_words(make_run, monkeypatch):
    run = make_run()
    FullDisk(monkeypatch, "checkpoint", refusals=1e9, skip=1)
    events = Session(run).events()
    next(event for event in events if isinstance(event, DiskFull))
    with pytest.raises(RunError, match="No space left"):
        events.close()
    state = read_state(run)
    assert (state.phase, state.saved) == ("failed", 2)


def test_a_save_that_is_asked_for_while_it_waits_is_made(make_run, monkeypatch):
    run = make_run(checkpoint_every=4)
    session = Session(run)
    FullDisk(monkeypatch, "samples", refusals=3)
    watch(session, lambda: session.ask("save"))
    assert [event.step for event in read_events(run) if event.kind == "checkpoint"] == [3, 4]


def test_other_refusals_are_no_reason_to_wait(make_run):
    def refuses() -> None:
        raise RunError("It cannot be written.") from OSError(EACCES, "Permission denied")

    with pytest.raises(RunError):
        list(Patience(make_run(), Inbox()).until_written(refuses, "A file", 1, lambda: None))


@pytest.mark.parametrize(("free", "words"), [(0, "only 0 kB are free"), (10**12, "your share of it")])
def test_a_used_up_share_is_not_told_as_a_full_disk(free, words, make_run, monkeypatch):
    inbox, usage = Inbox(), type("Usage", (), {"free": free})
    monkeypatch.setattr(waiting.shutil, "disk_usage", lambda _folder: usage)

    def refuses() -> None:
        raise RunError("It cannot be written.") from OSError(EDQUOT, "Disk quota exceeded")

    trying = Patience(make_run(), inbox).until_written(refuses, "A file", 2_000_000, lambda: None)
    event = next(trying)
    assert words in event.message
    assert "A file needs about 2 MB" in event.message
    inbox.file("stop")
    assert list(trying) == []
