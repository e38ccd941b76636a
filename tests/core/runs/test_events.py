"""What happened: a line each, that a kill may cut off."""

import pytest

from f2v_core.errors import RunError
from f2v_core.runs import Run
from f2v_core.runs.events import RunEvent, append_event, parse_event, read_events


def test_events_come_back_in_order(run: Run):
    assert read_events(run) == []
    append_event(run, 0, "started", host="here", pid=7)
    append_event(run, 5, "notice", "Größe\u2028 und mehr")
    first, second = read_events(run)
    assert (first.step, first.kind, first.text, first.facts) == (0, "started", "", {"host": "here", "pid": 7})
    assert (second.step, second.text) == (5, "Größe\u2028 und mehr")
    assert first.time <= second.time


def test_a_line_that_a_kill_cut_off_costs_only_itself(run: Run):
    append_event(run, 1, "checkpoint")
    with run.events_file.open("a") as file:
        file.write('{"time": "2026')
    assert [event.step for event in read_events(run)] == [1]
    append_event(run, 2, "checkpoint")
    assert [event.step for event in read_events(run)] == [1, 2]


@pytest.mark.parametrize("line", ["", "{", "[]", "3", "{}", '{"time": "t", "step": 1}', '"text"'])
def test_what_is_no_event_is_none(line: str):
    assert parse_event(line) is None


def test_an_event_of_a_newer_version_keeps_its_facts():
    event = parse_event('{"time": "t", "step": 1, "kind": "rolled back", "to": 5}')
    assert event == RunEvent("t", 1, "rolled back", "", {"to": 5})


def test_events_that_cannot_be_written_are_an_error_in_words(run: Run):
    run.events_file.mkdir()
    with pytest.raises(RunError, match=r"events\.jsonl cannot be written"):
        append_event(run, 1, "checkpoint")
