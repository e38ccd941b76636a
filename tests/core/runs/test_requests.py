"""Requests: files that a trainer takes, each once."""

import pytest

from f2v_core.errors import RunError
from f2v_core.runs import Run, claim_run
from f2v_core.runs.requests import send_request, take_requests


def test_requests_are_taken_once_in_order(run: Run, say):
    with claim_run(run):
        say("training")
        for kind in ("save", "sample", "save", "pause"):
            send_request(run, kind)
        assert take_requests(run) == ["save", "sample", "save", "pause"]
        assert take_requests(run) == []


def test_what_is_no_request_is_passed_over(run: Run):
    folder = run.folder / "requests"
    folder.mkdir()
    (folder / "0001-7-explode").touch()
    assert take_requests(run) == []
    assert not list(folder.iterdir())


@pytest.mark.parametrize("phase", ["paused", "finished", "training"])
def test_nobody_is_asked_when_nobody_trains(run: Run, say, phase: str):
    say(phase)
    with pytest.raises(RunError, match="Nobody trains") as caught:
        send_request(run, "pause")
    assert ("interrupted" if phase == "training" else phase) in str(caught.value)


def test_a_request_that_cannot_be_left_is_an_error_in_words(run: Run, say):
    (run.folder / "requests").touch()
    with claim_run(run):
        say("training")
        with pytest.raises(RunError, match="requests cannot be written"):
            send_request(run, "pause")
