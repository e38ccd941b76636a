"""Errors a user can act on: what happened, and what to do about it.

::

    F2vError
    ├── InputError          a value that the user gave is wrong (usage: exit code 2 on the command line)
    ├── MediaError          a picture or a video cannot be read
    ├── ExportError         a file cannot be written
    ├── DataError           a folder of training videos is not usable
    ├── ModelError          a model folder is missing, damaged or of another kind
    ├── RunError            a training run cannot start or go on
    └── WorkerError         the worker process is gone or answered nonsense
"""

from collections.abc import Mapping

from typing_extensions import override


class F2vError(Exception):
    """An expected error with a text fit for users.

    Attributes:
        message: what happened, a full sentence that names the file or the value.
        remedy: what to do about it, a full sentence; may be empty.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    @override
    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class InputError(F2vError):
    """A value that the user gave is wrong."""


class MediaError(F2vError):
    """A picture or a video cannot be read."""


class ExportError(F2vError):
    """A file cannot be written."""


class DataError(F2vError):
    """A folder of training videos is not usable."""


class ModelError(F2vError):
    """A model folder is missing, damaged or of another kind."""


class RunError(F2vError):
    """A training run cannot start or go on.

    Attributes:
        offer: settings, by knob, with which it should.
    """

    def __init__(
        self, message: str, remedy: str = "", offer: Mapping[str, str | float] | None = None
    ) -> None:
        super().__init__(message, remedy)
        self.offer = dict(offer or {})


class NotFiniteError(RunError):
    """A loss or a gradient is no number any more.

    Attributes:
        network: whose, such as "CVAE" or "discriminator".
    """

    def __init__(self, network: str, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.network = network


class WorkerError(F2vError):
    """The worker process is gone or answered nonsense."""
