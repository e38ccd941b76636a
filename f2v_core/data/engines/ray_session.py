"""The connection of this process to a Ray, one that it starts or one that is there.

`python -m f2v_core.data.engines.ray_session ADDRESS` only tries to join; it fails with the reason as its last line.
"""

import importlib
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

from f2v_core.errors import InputError, WorkerError

QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DEDUP_LOGS_SKIP_REGEX": "."}
"""No reports to Ray's makers, and none of its messages on the user's terminal; they are in Ray's own log files."""
STORE_BYTES = 100 << 20
"""Of shared memory: answers are small, and a container has little; Ray would take a third of all memory."""
PATIENCE_S = 15.0
"""For a cluster to answer; Ray by itself asks for two minutes, with messages, and then ends the program."""


def load_ray() -> Any:  # noqa: ANN401 - a module that may not be there has no type
    """The package `ray`.

    Raises:
        InputError: it is not installed.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)  # Ray reads them when it is loaded
    try:
        return importlib.import_module("ray")
    except ImportError as error:
        raise InputError("The engine ray needs Ray.", "Install it: pip install 'f2v[cluster]'") from error


@contextmanager
def own_ray(workers: int) -> Iterator[None]:
    """A Ray on this machine with so many CPUs, from its start to its end.

    Raises:
        WorkerError: it does not start.
    """
    folder = _short_temporary_folder()
    try:
        with _connected(
            address="local",
            num_cpus=workers,
            include_dashboard=False,
            object_store_memory=STORE_BYTES,
            _temp_dir=str(folder),
        ):
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # what a dying daemon still writes there is of no interest


def _short_temporary_folder() -> Path:
    """For Ray's sockets, whose paths may have about 100 characters; /tmp/ray may belong to another user."""
    short = None if sys.platform == "win32" else "/tmp"  # noqa: S108 - mkdtemp makes a private folder of a new name
    return Path(tempfile.mkdtemp(prefix="f2v-ray-", dir=short))


@contextmanager
def join_cluster(address: str) -> Iterator[None]:
    """The connection to a cluster, which stays when it ends.

    Raises:
        WorkerError: the cluster does not answer in time, or does not let us in.
    """
    _knock(address)
    with _connected(address=address):
        yield


def _knock(address: str) -> None:
    """Try to join in another process: one that can be ended, and whose messages nobody sees."""
    command = [sys.executable, "-m", __name__, address]
    try:
        knock = subprocess.run(command, stderr=subprocess.PIPE, timeout=PATIENCE_S, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        reason, said = f"no answer within {PATIENCE_S:.0f} s; ", error.stderr or b""
    else:
        if knock.returncode == 0:
            return
        reason, said = "", knock.stderr
    raise WorkerError(
        f"The Ray cluster at {address} cannot be joined: {reason}{_last_line(said)}",
        "Check the address with `ray status`. This machine must be a part of the cluster; "
        "one with a token wants RAY_AUTH_MODE=token.",
    )


def _last_line(said: bytes) -> str:
    """The last thing that Ray said, without the time and the place in its source that may stand before."""
    lines = said.decode(errors="replace").split("\n")
    last = next((each.strip() for each in reversed(lines) if each.strip()), "no word of why")
    return re.sub(r"^\[.*?\] \S+: ", "", last).rstrip(".") + "."


@contextmanager
def _connected(**how: object) -> Iterator[None]:
    """Ray as `how` says, and the signal handler that was there before Ray put up its own."""
    ray, handler = load_ray(), signal.getsignal(signal.SIGTERM)
    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **how)
    except (ray.exceptions.RayError, OSError, RuntimeError, ValueError) as error:
        raise WorkerError(f"Ray cannot be used: {in_short(error)}", "Try the engine local.") from error
    finally:
        if current_thread() is main_thread():
            signal.signal(signal.SIGTERM, handler)
    try:
        yield
    finally:
        ray.shutdown(wait_for_processes=True)


def in_short(error: BaseException) -> str:
    """What an error of Ray comes down to, in one line: its texts go on for pages."""
    while error.__cause__ is not None:
        error = error.__cause__
    text = " ".join(str(error).split())
    return text if len(text) < 300 else text[:300] + "..."


def try_to_join(address: str) -> int:
    """See the module."""
    try:
        with _connected(address=address):
            return 0
    except WorkerError as error:
        sys.stderr.write(in_short(error))
        return 1


if __name__ == "__main__":
    sys.exit(try_to_join(sys.argv[1]))
