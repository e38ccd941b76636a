"""How quickly this machine multiplies matrices: by that, costs that were measured elsewhere are carried here."""

import time

import numpy as np

SIDE, TRIES = 512, 5


def matrix_rate() -> float:
    """GFLOP a second of all cores, float32: the best of some tries. For a thread: it takes some 0.1 s."""
    one = np.ones((SIDE, SIDE), np.float32)
    _seconds(one)  # the first one starts threads
    return 2 * SIDE**3 / 1e9 / min(_seconds(one) for _ in range(TRIES))


def _seconds(one: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> float:
    began = time.perf_counter()
    one @ one
    return time.perf_counter() - began
