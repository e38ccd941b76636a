"""What is asked of a training between two steps."""

from f2v_core.training.inbox import Inbox


def test_what_is_filed_is_taken_once_in_order():
    inbox = Inbox()
    for kind in ("save", "sample", "save"):
        inbox.file(kind)
    assert inbox.take() == ["save", "sample", "save"]
    assert inbox.take() == []
    assert not inbox.over


def test_the_last_ending_counts():
    inbox = Inbox()
    inbox.file("discard")
    assert (inbox.ending, inbox.over, inbox.keeps) == ("discard", True, False)
    inbox.file("pause")
    assert (inbox.ending, inbox.over, inbox.keeps) == ("pause", True, True)
    assert inbox.take() == []


def test_a_training_that_is_forsaken_keeps_nothing():
    inbox = Inbox()
    inbox.file("pause")
    inbox.forsake()
    assert (inbox.over, inbox.keeps) == (True, False)
