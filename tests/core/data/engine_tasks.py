"""Functions that engines run in the tests; they live in a module because worker processes import them by name."""

import os
import signal
import threading
from pathlib import Path

from f2v_core.errors import MediaError


def double(number: int) -> int:
    return 2 * number


def nothing(number: int) -> None:
    return None


def whoami(number: int) -> tuple[int, int, str, str, bool]:
    import cv2

    ctrl_c = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    return os.getpid(), os.nice(0), os.environ["OMP_NUM_THREADS"], str(cv2.getNumThreads()), ctrl_c


def hold(folder: Path) -> int:
    """Works for ever, deaf to polite signals, and leaves its process number in the folder."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    (folder / str(os.getpid())).touch()
    threading.Event().wait()
    return 0


def meet(door: tuple[Path, str]) -> int:
    """Opens a named pipe for "r" or "w", which blocks until another process opens it the other way."""
    path, mode = door
    path.open(mode).close()
    return os.getpid()


def die(number: int) -> int:
    """Odd numbers kill their process."""
    if number % 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(mark: Path) -> str:
    """Kills its process at the first try; tells of the second."""
    if mark.exists():
        return "second"
    mark.touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


def fail(number: int) -> int:
    raise MediaError(f"Number {number} cannot be read.", "Take another.")


class ProudError(Exception):
    """Cannot be pickled: it wants two arguments and says one."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def fail_proudly(number: int) -> int:
    raise ProudError("such", " pride")


def answer_with_a_lock(number: int) -> object:
    return threading.Lock()


def refuse_to_begin() -> None:
    os._exit(3)


class Untouchable:
    """A function whose arrival kills the process."""

    def __call__(self, number: int) -> int:
        return number

    def __reduce__(self):
        return refuse_to_begin, ()


def by_name(task: tuple[str, Path]) -> object:
    """One function for all, because an engine runs one function."""
    name, folder = task
    match name:
        case "double":
            return double(21)
        case "die":
            return die(1)
        case "die once":
            return die_once(folder / "mark")
        case "whoami":
            return whoami(0)
        case _:
            return hold(folder)
