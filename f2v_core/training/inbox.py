"""What was asked of a training that goes on: filed by one thread, taken by the loop between two steps."""

from threading import Event as Flag
from threading import Lock

from f2v_core.runs.requests import RequestKind

ENDINGS: frozenset[RequestKind] = frozenset({"pause", "stop", "discard"})
"""Requests after which training is over."""


class Inbox:
    """What is asked: how to end, and what to do before that. May be used by several threads."""

    def __init__(self) -> None:
        self._filed: list[RequestKind] = []
        self._ending: RequestKind | None = None
        self._forsaken = False
        self._lock = Lock()
        self._news = Flag()

    def file(self, kind: RequestKind) -> None:
        """File a request; of several endings the last one counts."""
        with self._lock:
            if kind in ENDINGS:
                self._ending = kind
            else:
                self._filed.append(kind)
        self._news.set()

    @property
    def ending(self) -> RequestKind | None:
        """How training is to end, if it is."""
        return self._ending

    def forsake(self) -> None:
        """End at once and write nothing: the run is another's."""
        self._forsaken = True
        self._news.set()

    def wait(self, seconds: float) -> None:
        """Wait so long, or until something is filed."""
        self._news.wait(seconds)
        self._news.clear()

    @property
    def over(self) -> bool:
        """Whether training is to end."""
        return self._forsaken or self._ending is not None

    @property
    def keeps(self) -> bool:
        """Whether what was trained is to be saved when it ends."""
        return not self._forsaken and self._ending != "discard"

    def take(self) -> list[RequestKind]:
        """What else is asked, once."""
        with self._lock:
            taken, self._filed = self._filed, []
        return taken
