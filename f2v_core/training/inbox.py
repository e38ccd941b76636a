"""What was asked of a training that goes on: filed by one thread, taken by the loop between two steps."""

from threading import Lock

from f2v_core.runs.requests import RequestKind

ENDINGS: frozenset[RequestKind] = frozenset({"pause", "stop", "discard"})
"""Requests after which training is over."""


class Inbox:
    """Requests in the order in which they came."""

    def __init__(self) -> None:
        self._filed: list[RequestKind] = []
        self._ending: RequestKind | None = None
        self._lock = Lock()

    def file(self, kind: RequestKind) -> None:
        """File a request; of several endings the last one counts."""
        with self._lock:
            if kind in ENDINGS:
                self._ending = kind
            else:
                self._filed.append(kind)

    @property
    def ending(self) -> RequestKind | None:
        """How training is to end, if it is."""
        return self._ending

    def take(self) -> list[RequestKind]:
        """What else is asked, once."""
        with self._lock:
            taken, self._filed = self._filed, []
        return taken
