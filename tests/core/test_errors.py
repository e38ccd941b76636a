"""F2vError: its text, its tree, its way through a pipe."""

import pickle

import pytest

from f2v_core import errors


@pytest.mark.parametrize("kind", errors.F2vError.__subclasses__())
def test_reads_as_message_and_remedy(kind: type[errors.F2vError]):
    error = kind("a.png is empty.", "Choose another file.")
    assert str(error) == "a.png is empty. Choose another file."
    assert (error.message, error.remedy) == ("a.png is empty.", "Choose another file.")


def test_without_a_remedy_the_text_is_the_message():
    assert str(errors.MediaError("a.png is empty.")) == "a.png is empty."


def test_survives_pickling():
    error = pickle.loads(pickle.dumps(errors.RunError("No run.", "Start one.")))
    assert isinstance(error, errors.RunError)
    assert (error.message, error.remedy) == ("No run.", "Start one.")


def test_the_docstring_draws_the_whole_tree():
    for kind in errors.F2vError.__subclasses__():
        assert kind.__name__ in errors.__doc__
