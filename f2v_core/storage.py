"""Files and folders that appear whole or not at all (temporary name, fsync, rename), and locks between processes."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import IO, Any

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


FULL = frozenset({ENOSPC, EDQUOT})
"""Numbers of the errors that a full disk gives, or a used-up share of it."""


def is_full(error: BaseException) -> bool:
    """Whether a full disk is behind an error: itself, or what it was raised from.

    Libraries written in Rust tell the number in their text alone.
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in FULL:
            return True
        if any(f"(os error {number})" in str(cause) for number in FULL):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def append_whole(path: Path, content: bytes) -> None:
    """Add to a file all or nothing: what a full disk took a part of is cut off again.

    Raises:
        OSError: the disk refuses.
    """
    with path.open("ab", buffering=0) as file:
        end, rest = file.tell(), memoryview(content)
        try:
            while rest:
                rest = rest[file.write(rest) :]
        except OSError:
            file.truncate(end)
            raise


def temporary_beside(path: Path) -> Path:
    """A hidden name beside `path` with the same ending, for what is not yet whole."""
    return path.with_name(f".{path.stem}-{os.getpid()}-partial{path.suffix}")


def sync(path: Path) -> None:
    """Flush a file or a folder's entries to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Yield a temporary path to write to; on success it becomes `path`, on any error it is removed."""
    partial = temporary_beside(path)
    try:
        yield partial
        sync(partial)
        partial.replace(path)
        sync(path.parent)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def atomic_folder(path: Path) -> Iterator[Path]:
    """Yield a new temporary folder; on success it becomes `path` (replacing it), on any error it is removed."""
    partial = temporary_beside(path)
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
        for each in (partial, *partial.rglob("*")):
            sync(each)
        if path.exists():
            replaced = temporary_beside(path.with_name(path.name + "-old"))
            path.rename(replaced)
            partial.rename(path)
            shutil.rmtree(replaced)
        else:
            partial.rename(path)
        sync(path.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def delete_folder(path: Path) -> None:
    """Remove a folder in one step for all who look: it is renamed out of sight first."""
    gone = temporary_beside(path.with_name(path.name + "-old"))
    path.rename(gone)
    shutil.rmtree(gone)


def take_lock(path: Path) -> IO[str] | None:
    """Lock the file `path`, made if need be, for this process; None where another one holds it.

    The system lets go of it when the process dies, however it dies.

    Raises:
        OSError: the file cannot be made.
    """
    file = path.open("a", encoding="utf-8")
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if owns_lock(path, file):  # else its holder let go just now
            return file
    except OSError:
        pass
    file.close()
    return None


def owns_lock(path: Path, lock: IO[str]) -> bool:
    """Whether the file `path` is still the one that `take_lock` gave: another may have removed and made it anew."""
    try:
        return path.stat().st_ino == os.fstat(lock.fileno()).st_ino
    except FileNotFoundError:
        return False


def is_locked(path: Path) -> bool:
    """Whether some process holds the lock `path`.

    Looking makes no file, and those who look do not take each other for a holder. `take_lock` may fail meanwhile.
    """
    try:
        with path.open(encoding="utf-8") as file:
            return not _look(file)
    except FileNotFoundError:
        return False


def _look(file: IO[str]) -> bool:
    """Whether the file can be locked; it is let go of when it is closed."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def drop_lock(path: Path, lock: IO[str]) -> None:
    """Let go of what `take_lock` gave and remove the file, unless it is another's by now."""
    ours = owns_lock(path, lock)
    if sys.platform == "win32":  # there an open file cannot be removed
        lock.close()
    if ours:
        path.unlink(missing_ok=True)
    lock.close()


def write_json(path: Path, value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Write `value` as indented UTF-8 JSON, whole or not at all."""
    with atomic_file(path) as partial:
        partial.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
