"""What the window keeps for a bug report: a log in JSON lines, and errors that nobody expected."""

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import appdirs
from PySide6.QtCore import QObject, Signal
from typing_extensions import override

LOG = "window.log"
MOST_BYTES = 1_000_000
"""Of the log; the one before it is kept, too."""

log = logging.getLogger(__name__)


def log_folder() -> Path:
    """Where the log lies."""
    return Path(appdirs.user_log_dir("f2v", appauthor=False))


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and the traceback of an error."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


@contextmanager
def kept_log() -> Iterator[None]:
    """Write all that is logged within into the log; a folder that cannot be written is only warned of."""
    handler, root = _handler(), logging.getLogger()
    before = root.level
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        handler.close()


def _handler() -> logging.Handler:
    folder = log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / LOG, maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8")
    except OSError as error:
        log.warning("there will be no log: %s", error)
        return logging.NullHandler()
    handler.setFormatter(JsonLines())
    return handler


class Surprises(QObject):
    """Errors that reach Python's last resort, as from a slot: logged, printed and told.

    Signals:
        happened: the traceback.
    """

    happened = Signal(str)

    def watch(self) -> None:
        """Take Python's place from now on."""
        sys.excepthook = self._on_raised

    def leave(self) -> None:
        """Give it back."""
        sys.excepthook = sys.__excepthook__

    def _on_raised(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        sys.__excepthook__(kind, error, trace)
        if issubclass(kind, Exception):  # Ctrl+C is no surprise
            log.error("unexpected", exc_info=(kind, error, trace))
            self.happened.emit("".join(traceback.format_exception(kind, error, trace)))
