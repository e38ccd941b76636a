"""What a worker process sends back: a result, or the error that was raised, as bytes that any process can read."""

import pickle
import traceback
from collections.abc import Callable
from typing import Any


def answer(function: Callable[[Any], Any], task: Any) -> bytes:  # noqa: ANN401 - any task
    """Call the function in a worker; what comes of it is for `read_answer`.

    A result that cannot be pickled is an error like those that the function raises.
    """
    try:
        return pickle.dumps((False, function(task)))
    except Exception as error:  # noqa: BLE001 - it is raised again where the answer is read
        return _pickled(error)


def read_answer(data: bytes) -> Any:  # noqa: ANN401 - any result
    """What the function returned.

    Raises:
        Exception: what the function raised, with the worker's traceback as a note.
    """
    raised, value = pickle.loads(data)  # noqa: S301 - the bytes come from our own worker
    if raised:
        raise value
    return value


def _pickled(error: Exception) -> bytes:
    """The error; one that does not survive pickling becomes a RuntimeError of the same words."""
    error.add_note("In a worker process:\n" + traceback.format_exc())
    try:
        data = pickle.dumps((True, error))
        pickle.loads(data)  # noqa: S301 - just made; some errors fail only here
    except Exception:  # noqa: BLE001 - any class may fail in its own way
        return pickle.dumps((True, RuntimeError(f"{type(error).__name__}: {error}")))
    return data
