"""What the operating system says about a dataset's folder, in words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from f2v_core.errors import DataError

FULL = {errno.ENOSPC, errno.EDQUOT}
READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Turn what goes wrong while `folder` is written into a DataError that says what to do."""
    try:
        yield
    except OSError as error:
        raise _in_words(folder, error.errno, error.strerror or str(error)) from error


def _in_words(folder: Path, number: int | None, reason: str) -> DataError:
    if number in FULL:
        return DataError(
            f"The disk is full: {folder} is not complete.",
            "Make room, then prepare it again: it goes on from here.",
        )
    if number in READ_ONLY:
        return DataError(
            f"{folder} cannot be written: {reason}.", "Allow writing there, or choose another folder."
        )
    return DataError(
        f"{folder} cannot be written: {reason}.", "Choose another folder, or try again: it goes on from here."
    )
